/** A library of composed music and clips of it, for tests of recognition. */
import { analyse } from '../../src/engine/clips/analyse.ts';
import { KERNEL_FORMAT, PRINT_RANK, FRAMES_PER_SECOND as rate } from '../../src/kernel/format.ts';
import { peaksOf } from '../../src/kernel/kernel.ts';
import { printOf } from '../../src/library/prints/pack-print.ts';
import type { Index } from '../../src/match/index-view.ts';
import { searchClip } from '../../src/match/search.ts';
import type { SearchOptions, SearchResult } from '../../src/match/search-model.ts';
import type { Pcm, Print } from '../../src/types.ts';
import { kernelModule } from './kernel.ts';

export const FRAMES_PER_SECOND = rate;

export function printOfSound(sound: Pcm): Print {
  const frameCount = Math.max(0, Math.ceil((sound.samples.length / sound.sampleRate) * FRAMES_PER_SECOND));
  return printOf(peaksOf(kernelModule, sound, { maxRank: PRINT_RANK }), frameCount, KERNEL_FORMAT);
}

export function clipOf({ samples, sampleRate }: Pcm, fromSeconds: number, seconds: number): Pcm {
  const from = Math.round(fromSeconds * sampleRate);
  return { samples: samples.slice(from, from + Math.round(seconds * sampleRate)), sampleRate };
}

/** Mixes both; the second is amplified by this many decibels. */
export function mixOf(one: Pcm, two: { samples: Float32Array }, db = 0): Pcm {
  const gain = 10 ** (db / 20);
  return { ...one, samples: one.samples.map((sample, i) => sample + gain * (two.samples[i] ?? 0)) };
}

/** Plays the sound `factor` times as fast, by linear interpolation. */
export function playedAt({ samples, sampleRate }: Pcm, factor: number): Pcm {
  const length = Math.floor((samples.length - 1) / factor);
  const played = Float32Array.from({ length }, (_, i) => {
    const at = Math.floor(i * factor);
    return samples[at] + (samples[at + 1] - samples[at]) * (i * factor - at);
  });
  return { samples: played, sampleRate };
}

export function rms(samples: Float32Array): number {
  return Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);
}

export function search(clip: Pcm, index: Index, options?: SearchOptions): Promise<SearchResult> {
  return searchClip(analyse(kernelModule, clip), index, options);
}

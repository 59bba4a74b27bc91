/** Plans the clips, cuts them from tracks and distorts them. */
import type { Pcm } from '../types.ts';
import { type Random, randomOf } from './random.ts';
import type { Condition } from './spoil/conditions.ts';
import { SPARE_SECONDS } from './spoil/spoil.ts';

/** A part of a track that a clip needs, with a second to spare at both ends. */
export interface Excerpt {
  track: string;
  seconds: number;
  /** Position, 0..1 of the part of the track that may be chosen. */
  place: number;
  /** Set when the track has been read. */
  sound?: { samples: Int16Array; sampleRate: number; fromSeconds: number };
}

export interface Plan {
  condition: Condition;
  seconds: number;
  number: number;
  excerpts: Excerpt[];
  random: Random;
}

/** Plans `clips` clips for each condition and length; tracks repeat as little as possible. */
export function planOf(
  conditions: Condition[],
  tracks: { learnt: string[]; absent: string[] },
  clips: number,
  seed: number,
): Plan[] {
  const plans: Plan[] = [];
  for (const condition of conditions) {
    for (const seconds of condition.seconds) {
      const key = `${seed}/${condition.name}/${seconds}`;
      const deck = condition.source === 'nothing' ? [] : shuffled(tracks[condition.source], randomOf(key));
      if (condition.source !== 'nothing' && deck.length === 0) continue;
      for (let number = 0; number < clips; number++) {
        const random = randomOf(`${key}/${number}`);
        const excerpt = (track: string): Excerpt => ({ track, seconds, place: random() });
        const excerpts = deck.length ? [excerpt(deck[number % deck.length])] : [];
        for (let other = 1; other <= Math.min(condition.others ?? 0, deck.length - 1); other++) {
          excerpts.push(excerpt(deck[(number + other) % deck.length]));
        }
        plans.push({ condition, seconds, number, excerpts, random });
      }
    }
  }
  return plans;
}

function shuffled<T>(items: T[], random: Random): T[] {
  const deck = [...items];
  for (let i = deck.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [deck[i], deck[j]] = [deck[j], deck[i]];
  }
  return deck;
}

/** Cuts the excerpt from its track, at least `padding` seconds from the ends if the track is long enough. */
export function take(excerpt: Excerpt, samples: Float32Array, sampleRate: number, padding: number): void {
  const total = samples.length / sampleRate;
  const edge = Math.max(SPARE_SECONDS, Math.min(padding, (total - excerpt.seconds) / 4));
  const fromSeconds = edge + excerpt.place * Math.max(0, total - 2 * edge - excerpt.seconds);
  const begin = Math.round((fromSeconds - SPARE_SECONDS) * sampleRate);
  const length = Math.round((excerpt.seconds + 2 * SPARE_SECONDS) * sampleRate);
  const piece = new Int16Array(length);
  for (let i = 0; i < length; i++) piece[i] = asInteger(samples[begin + i] ?? 0);
  excerpt.sound = { samples: piece, sampleRate, fromSeconds };
}

/** A sample of 16 bits. */
export const asInteger = (sample: number): number => Math.max(-32768, Math.min(32767, Math.round(32767 * sample)));

const QUIET_RATE = 44100;

/** Makes the clip. */
export function clipOf({ condition, seconds, excerpts, random }: Plan): Pcm {
  const sampleRate = excerpts[0]?.sound?.sampleRate ?? QUIET_RATE;
  const length = Math.round((seconds + 2 * SPARE_SECONDS) * sampleRate);
  const [first, ...others] = Array.from({ length: 1 + (condition.others ?? 0) }, (_, i) =>
    soundOf(excerpts[i]?.sound, length, sampleRate),
  );
  return middleOf(condition.spoil(first, sampleRate, random, others), seconds, sampleRate);
}

/** The clip without what was to spare at both ends, and no louder than full scale. */
export function middleOf(spoilt: Float32Array, seconds: number, sampleRate: number): Pcm {
  const begin = Math.round(SPARE_SECONDS * sampleRate);
  const clip = spoilt.slice(begin, begin + Math.round(seconds * sampleRate));
  const top = clip.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
  return { samples: top > 0.98 ? clip.map((sample) => (sample * 0.98) / top) : clip, sampleRate };
}

/** Sound as it is cut from a track. */
type Cut = NonNullable<Excerpt['sound']>;

/** Converts to floats. Another sample rate, which only the second track of a mix may need, is interpolated linearly. */
export function soundOf(
  sound: Pick<Cut, 'samples' | 'sampleRate'> | undefined,
  length: number,
  sampleRate: number,
): Float32Array {
  if (!sound) return new Float32Array(length);
  const step = sound.sampleRate / sampleRate;
  return Float32Array.from({ length }, (_, i) => {
    const at = Math.floor(i * step);
    const before = sound.samples[at] ?? 0;
    return (before + ((sound.samples[at + 1] ?? before) - before) * (i * step - at)) / 32768;
  });
}

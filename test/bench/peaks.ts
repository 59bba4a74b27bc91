/**
 * How firm peaks stand: which share of a sound's peaks is still there, in the very frame and bin, when the sound has been
 * changed. `npm run bench -- peaks [--music FOLDER] [--files 12]`; without a folder, composed pieces.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { UserError } from '../../src/errors.ts';
import { HOP_SAMPLES, KERNEL_RATE, PRINT_RANK } from '../../src/kernel/format.ts';
import { peaksOf } from '../../src/kernel/kernel.ts';
import { openSoundStream } from '../../src/node/decode/open-file.ts';
import type { Pcm, Peaks } from '../../src/types.ts';
import { atRate, louder, shelved } from '../support/changes.ts';
import { kernelModule, shareFound } from '../support/kernel.ts';
import { music } from '../support/music.ts';
import { type Measured, measured, type Row, rounded } from './table.ts';

const SECONDS = 20;
const peaks = (sound: Pcm) => peaksOf(kernelModule, sound, { maxRank: PRINT_RANK });

async function beginningOf(path: string): Promise<Pcm> {
  const { sampleRate, blocks } = await openSoundStream(path);
  const samples = new Float32Array(SECONDS * sampleRate);
  let filled = 0;
  for await (const block of blocks) {
    samples.set(block.subarray(0, samples.length - filled), filled);
    filled = Math.min(samples.length, filled + block.length);
    if (filled === samples.length) break;
  }
  return { samples: samples.subarray(0, filled), sampleRate };
}

/** What cannot be decoded here is left out. */
async function soundOf(load: () => Promise<Pcm>): Promise<Pcm | undefined> {
  try {
    const sound = await load();
    return sound.samples.length < 10 * sound.sampleRate ? undefined : sound;
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

/** Mean share over clips that begin `samples` behind a hop, of their peaks that are the song's, the ends left out. */
function shareAt(sound: Pcm, all: Peaks, offsets: number[], slack = 0): number {
  const shares = offsets.map((samples) => {
    const clip = { ...sound, samples: sound.samples.subarray(60 * HOP_SAMPLES + samples) };
    const found = peaks(clip);
    const moved = 60 + Math.round(samples / HOP_SAMPLES);
    const last = (clip.samples.length - 2048) / HOP_SAMPLES - 27;
    return shareFound(found, all, moved, (frame) => frame > 27 && frame < last, slack);
  });
  return shares.reduce((sum, share) => sum + share, 0) / shares.length;
}

const anywhere = Array.from({ length: 16 }, (_, i) => 16 * i + 8);

function sharesOf(sound: Pcm): Record<string, number> {
  const own = peaks(sound);
  const slow = atRate(sound, KERNEL_RATE);
  const all = peaks(slow);
  const after = (changed: Pcm) => shareFound(own, peaks(changed));
  const shares: Record<string, number> = {
    '40 dB softer': after(louder(sound, -40)),
    '6 dB more above 1 kHz': after(shelved(sound, 1000, 6)),
    '6 dB less above 1 kHz': after(shelved(sound, 1000, -6)),
    '9 dB more above 2 kHz': after(shelved(sound, 2000, 9)),
  };
  for (const rate of [48000, 32000, 22050, 96000]) shares[`at ${rate} Hz`] = after(atRate(sound, rate));
  shares['clip begins on a hop'] = shareAt(slow, all, [0]);
  shares['clip begins anywhere'] = shareAt(slow, all, anywhere);
  shares['  give or take a frame and a bin'] = shareAt(slow, all, anywhere, 1);
  return shares;
}

export async function run(args: string[]): Promise<Measured> {
  const { values } = parseArgs({
    args,
    options: { music: { type: 'string' }, files: { type: 'string', default: '12' } },
  });
  const names = values.music ? readdirSync(values.music) : [];
  const step = Math.max(1, Math.floor(names.length / Number(values.files)));
  const paths = names.filter((_, i) => i % step === 0).slice(0, Number(values.files));
  const sounds = values.music
    ? paths.map((name) => () => beginningOf(join(values.music!, name)))
    : [1, 2, 3].map((seed) => async () => music(SECONDS, 44100, seed));
  const found: Record<string, number>[] = [];
  let perSecond = 0;
  for (const load of sounds) {
    const sound = await soundOf(load);
    if (!sound) continue;
    perSecond += (peaks(sound).count * sound.sampleRate) / sound.samples.length;
    found.push(sharesOf(sound));
  }
  const rows: Row[] = [{ what: 'peaks of a print', value: rounded(perSecond / found.length), unit: 'a second' }];
  for (const what of Object.keys(found[0])) {
    const shares = found.map((one) => 100 * one[what]);
    const mean = shares.reduce((sum, share) => sum + share) / shares.length;
    rows.push({ what, value: rounded(mean), unit: '%', note: `least ${rounded(Math.min(...shares))}` });
  }
  return measured({ title: `Peaks that stay, in ${found.length} pieces of up to ${SECONDS} s`, rows });
}

/** Reads each track once: learns most of them, and cuts the parts from which clips are made. */
import { basename, extname } from 'node:path';
import { UserError } from '../errors.ts';
import { FRAMES_PER_SECOND, KERNEL_FORMAT, PRINT_RANK } from '../kernel/format.ts';
import { peaksOf } from '../kernel/kernel.ts';
import { packPrint, printOf } from '../library/prints/pack-print.ts';
import { hasFfmpeg } from '../node/decode/ffmpeg.ts';
import type { Learnt, Pcm } from '../types.ts';
import { type Plan, planOf, take } from './clips.ts';
import { randomOf } from './random.ts';
import { stretched, through } from './spoil/codec.ts';
import { conditionsOf } from './spoil/conditions.ts';
import { hardConditions } from './spoil/hard-conditions.ts';

export interface AccuracyOptions {
  kernel: WebAssembly.Module;
  /** Reads the sound of a file. */
  read(path: string): Promise<Pcm>;
  /** Paths of the music. */
  files: string[];
  version: string;
  /** Lengths of clips. */
  seconds?: number[];
  /** Signal-to-noise ratios in dB. */
  snrs?: number[];
  /** Clips per condition and length. */
  clips?: number;
  seed?: number;
  /** Seconds left out at both ends of a track. */
  padding?: number;
  /** One track in this many is left out. */
  absent?: number;
  /** Made-up tracks fill the library up to this number of tracks. */
  among?: number;
  /** The conditions of `hard-conditions.ts`, in place of the usual ones. */
  isHard?: boolean;
  /** Only conditions whose names contain one of these. */
  only?: string[];
  threshold?: number;
  progress?(text: string): void;
  /** Called with a message for each file that cannot be read; such files are left out. */
  note?(text: string): void;
}

/** Name of the track, by which truth and answers are compared. */
export const nameOf = (file: string) => basename(file, extname(file));

export function learntOf(kernel: WebAssembly.Module, file: string, pcm: Pcm): Learnt {
  const seconds = pcm.samples.length / pcm.sampleRate;
  const frameCount = Math.ceil(seconds * FRAMES_PER_SECOND);
  const print = printOf(peaksOf(kernel, pcm, { maxRank: PRINT_RANK }), frameCount, KERNEL_FORMAT);
  return {
    tags: { title: nameOf(file) },
    contentId: Buffer.from(file).toString('hex'),
    fileName: basename(file),
    seconds,
    learntSeconds: seconds,
    print: packPrint(print),
  };
}

/**
 * Plans the clips, passes the tracks to learn to `add`, and fills the plans with sound. `leftOut` gets half of the
 * tracks that are not learnt; no clips are cut from these.
 */
export async function prepare(
  options: AccuracyOptions,
  add: (learnt: Learnt) => Promise<unknown>,
  leftOut?: (learnt: Learnt) => void,
): Promise<Plan[]> {
  const { seconds = [1, 2, 3, 5, 10], snrs = [-6, -3, 0, 3, 6, 10], clips = 20, seed = 1, absent = 6 } = options;
  const { only, padding = 10, progress = () => {} } = options;
  const order = randomOf(`${seed}/absent`);
  const byPlace = [...options.files]
    .sort()
    .map((file) => ({ file, place: order() }))
    .sort((a, b) => a.place - b.place)
    .map(({ file }) => file);
  const unknown = byPlace.slice(0, Math.floor(byPlace.length / absent));
  // Made-up tracks need music of their own: a piece that is symmetric in time, played backwards, is that piece again.
  const material = new Set(leftOut ? unknown.filter((_, i) => i % 2 === 1) : []);
  const notLearnt = new Set(unknown);
  const learnt = byPlace.filter((file) => !notLearnt.has(file));
  const all = options.isHard
    ? hardConditions(hasFfmpeg() ? stretched : undefined)
    : conditionsOf(seconds, snrs, hasFfmpeg() ? through : undefined);
  const conditions = all.filter(({ name }) => !only || only.some((part) => name.includes(part)));
  const plans = planOf(conditions, { learnt, absent: unknown.filter((file) => !material.has(file)) }, clips, seed);
  for (const [i, file] of byPlace.entries()) {
    progress(`${i} of ${byPlace.length}  ${basename(file)}`);
    const pcm = await readOr(file, options);
    if (!pcm) continue;
    for (const { excerpts } of plans) {
      for (const excerpt of excerpts) if (excerpt.track === file) take(excerpt, pcm.samples, pcm.sampleRate, padding);
    }
    if (!notLearnt.has(file)) await add(learntOf(options.kernel, file, pcm));
    else if (material.has(file)) leftOut?.(learntOf(options.kernel, file, pcm));
  }
  return plans.filter(({ excerpts }) => excerpts.every(({ sound }) => sound));
}

/** The sound; undefined if the file cannot be read. */
export async function readOr(
  file: string,
  { read, note }: Pick<AccuracyOptions, 'read' | 'note'>,
): Promise<Pcm | undefined> {
  try {
    return await read(file);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    note?.(`${file}: ${error.message}`);
    return undefined;
  }
}

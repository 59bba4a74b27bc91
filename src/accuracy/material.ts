/** Music is read once: most of it is learnt, and the pieces are taken that clips are made of. */
import { basename, extname } from 'node:path';
import { UserError } from '../errors.ts';
import { FRAMES_PER_SECOND, KERNEL_FORMAT, PRINT_RANK } from '../kernel/format.ts';
import { peaksOf } from '../kernel/kernel.ts';
import { packPrint, printOf } from '../library/print.ts';
import { hasFfmpeg } from '../node/ffmpeg.ts';
import type { Learnt, Pcm } from '../types.ts';
import { type Plan, planOf, take } from './clips.ts';
import { conditionsOf } from './conditions.ts';
import { randomOf } from './random.ts';

export interface AccuracyOptions {
  kernel: WebAssembly.Module;
  /** Reads a file's sound whole. */
  read(path: string): Promise<Pcm>;
  /** The music. */
  files: string[];
  version: string;
  /** Lengths of clips. */
  seconds?: number[];
  /** Music to noise, dB. */
  snrs?: number[];
  /** Clips of each condition and length. */
  clips?: number;
  seed?: number;
  /** Seconds at both ends of a track from which no clip is cut. */
  padding?: number;
  /** One track in so many stays unknown. */
  absent?: number;
  /** Only conditions whose names contain one of these. */
  only?: string[];
  threshold?: number;
  progress?(text: string): void;
  /** Is told of files that cannot be read; they are left out. */
  note?(text: string): void;
}

/** The track's name, by which truth and answers are compared. */
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

/** Plans the clips, hands what is to be learnt to `add`, and fills the plans with sound. */
export async function prepare(options: AccuracyOptions, add: (learnt: Learnt) => Promise<unknown>): Promise<Plan[]> {
  const { seconds = [1, 2, 3, 5, 10], snrs = [-6, -3, 0, 3, 6, 10], clips = 20, seed = 1, absent = 6 } = options;
  const { only, padding = 10, progress = () => {} } = options;
  const order = randomOf(`${seed}/absent`);
  const byPlace = [...options.files]
    .sort()
    .map((file) => ({ file, place: order() }))
    .sort((a, b) => a.place - b.place)
    .map(({ file }) => file);
  const unknown = new Set(byPlace.slice(0, Math.floor(byPlace.length / absent)));
  const learnt = byPlace.filter((file) => !unknown.has(file));
  const conditions = conditionsOf(seconds, snrs).filter(
    ({ name, needsFfmpeg }) => (!only || only.some((part) => name.includes(part))) && (!needsFfmpeg || hasFfmpeg()),
  );
  const plans = planOf(conditions, { learnt, absent: [...unknown] }, clips, seed);
  for (const [i, file] of byPlace.entries()) {
    progress(`${i} of ${byPlace.length}  ${basename(file)}`);
    const pcm = await readOr(file, options);
    if (!pcm) continue;
    for (const { excerpts } of plans) {
      for (const excerpt of excerpts) if (excerpt.track === file) take(excerpt, pcm.samples, pcm.sampleRate, padding);
    }
    if (!unknown.has(file)) await add(learntOf(options.kernel, file, pcm));
  }
  return plans.filter(({ excerpts }) => excerpts.every(({ sound }) => sound));
}

/** The sound, or nothing when the file is at fault. */
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

/**
 * Made-up tracks, so that a library can be as large as wanted. In: prints of real music. Out: prints with the same statistics, whose
 * landmarks are distributed as in music but are not those of any real track.
 */

import { FRAMES_PER_SECOND } from '../kernel/format.ts';
import { packPrint } from '../library/prints/pack-print.ts';
import type { Learnt, Print } from '../types.ts';
import { type Random, randomOf } from './random.ts';

const LOWEST_BIN = 36;
const HIGHEST_BIN = 840;
/** Length of a made-up track. */
const TRACK_SECONDS = 240;
/** Bits of a bin in a cell. */
const BINS = 1024;

/** `count` tracks of four minutes. */
export async function* madeUpTracks(real: readonly Print[], count: number, seed: number): AsyncGenerator<Learnt> {
  for (let number = 0; number < count; number++) {
    const print = packPrint(printLike(real, randomOf(`${seed}/made up/${number}`), TRACK_SECONDS));
    const name = `made up ${number}`;
    const contentId = Buffer.from(name).toString('hex');
    const length = { seconds: TRACK_SECONDS, learntSeconds: TRACK_SECONDS };
    yield { tags: { title: name }, contentId, fileName: name, ...length, print };
  }
}

/** A part of a real print in a made-up one, in frames: `length` of it from `start` on, moved up by `up` bins. */
export interface Piece {
  print: Print;
  from: number;
  length: number;
  up: number;
  start: number;
}

/** Joins pieces of one to four seconds, played backwards and moved in pitch; a third of their peaks is moved a little. */
export function printLike(
  real: readonly Print[],
  random: Random,
  seconds: number,
  tell: (piece: Piece) => void = () => {},
): Print {
  const frameCount = Math.round(seconds * FRAMES_PER_SECOND);
  const levels = new Map<number, number>();
  for (let start = 0; start < frameCount; ) {
    const print = real[Math.floor(random() * real.length)];
    const length = Math.round((1 + 3 * random()) * FRAMES_PER_SECOND);
    const { from, up } = addPiece(levels, print, { start, length, frameCount }, random);
    tell({ print, from, length, up, start });
    start += length;
  }
  const cells = [...levels.keys()].sort((a, b) => a - b);
  return {
    format: real[0].format,
    frameCount,
    count: cells.length,
    frames: Uint32Array.from(cells, (cell) => Math.floor(cell / BINS)),
    bins: Uint16Array.from(cells, (cell) => cell % BINS),
    levels: Uint8Array.from(cells, (cell) => levels.get(cell)!),
  };
}

function addPiece(
  levels: Map<number, number>,
  print: Print,
  { start, length, frameCount }: { start: number; length: number; frameCount: number },
  random: Random,
): { from: number; up: number } {
  const from = Math.floor(random() * Math.max(1, print.frameCount - length));
  const up = Math.round((random() - 0.5) * 60);
  const jitter = () => (random() < 0.3 ? Math.round(2 * random() - 1) : 0);
  const first = print.frames.findIndex((frame) => frame >= from);
  if (first < 0) return { from, up };
  for (let i = first; i < print.count && print.frames[i] < from + length; i++) {
    const frame = start + from + length - print.frames[i] + jitter();
    const bin = print.bins[i] + up + jitter();
    if (frame < 0 || frame >= frameCount || bin < LOWEST_BIN || bin > HIGHEST_BIN) continue;
    const cell = frame * BINS + bin;
    if (!levels.has(cell)) levels.set(cell, print.levels[i]);
  }
  return { from, up };
}

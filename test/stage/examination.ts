/** What the lab shows of a clip of silent music. */
import type { Examination, ExaminedCandidate, Pairs } from '../../src/engine/api.ts';
import { BIN_COUNT } from '../../src/kernel/format.ts';
import { pictureOf } from './engine.ts';
import { chance, songOf } from './songs.ts';

const FRAMES = 215;
const PARTS = 360;
const REACH = 32;

export function posedExamination(): Examination {
  const { rows, peakFrames, peakBins } = pictureOf(0, FRAMES);
  const peaks = { frames: Float32Array.from(peakFrames), bins: Float32Array.from(peakBins) };
  const pairs = pairsOf(peaks);
  return {
    candidates: [1, 2, 3].map((song) => candidateOf(song, peaks, pairs)),
    heardSeconds: 5,
    step: 1,
    totalMs: 38,
    frameCount: FRAMES,
    rows,
    peaks,
    pairs,
    votes: { most: Float32Array.from({ length: PARTS }, (_, i) => (i === 99 ? 60 : 8 * chance(i))), count: 4120 },
    tones: Float32Array.from({ length: BIN_COUNT }, (_, bin) => chance(bin >> 3) ** 4),
  };
}

function candidateOf(song: number, peaks: Examination['peaks'], pairs: Pairs): ExaminedCandidate {
  const isNamed = song === 1;
  const some = <T extends Float32Array>(values: T) => values.filter((_, i) => chance(i * song) > 0.4);
  const print = { frames: some(peaks.frames), bins: some(peaks.bins) };
  return {
    track: songOf(song),
    offsetSeconds: 70 * song,
    confidence: isNamed ? 0.9962 : 0.02 / song,
    speed: 1,
    pitch: 1,
    isNamed,
    tapeShare: (99.5 + 40 * (song - 1)) / PARTS,
    print,
    isSeen: Uint8Array.from(print.frames, (_, i) => Number(isNamed || i % 3 === 0)),
    agreeing: {
      frames: some(pairs.frames),
      bins: some(pairs.bins),
      toFrames: some(pairs.toFrames),
      toBins: some(pairs.toBins),
    },
    fits: Float32Array.from({ length: 2 * REACH + 1 }, (_, i) => (isNamed && i === REACH ? 30 : 2 * chance(i))),
    votesNear: Float32Array.from({ length: 2 * REACH + 1 }, (_, i) => (isNamed && i === REACH ? 60 : 4 * chance(i))),
    tones: Float32Array.from({ length: BIN_COUNT }, (_, bin) => chance(bin >> 3) ** 5 / 20),
    terms: {
      contrast: isNamed ? 12.1 : 2.2,
      steady: isNamed ? 9.4 : 1.1,
      tones: 2.1,
      clip: -12,
      warp: 0,
      library: -0.4,
    },
  };
}

function pairsOf({ frames, bins }: Examination['peaks']): Pairs {
  const to = (i: number) => Math.min(frames.length - 1, i + 1 + (i % 3));
  return {
    frames,
    bins,
    toFrames: Float32Array.from(frames, (_, i) => frames[to(i)]),
    toBins: Float32Array.from(bins, (_, i) => bins[to(i)]),
  };
}

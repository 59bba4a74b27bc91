import { expect, test } from 'vitest';
import type { Warp } from '../../src/match/judge/align.ts';
import { HASH_BITS, type Landmarks, landmarksOf, REACH_FRAMES, unpack } from '../../src/match/landmarks.ts';
import { RANGES, warpsAt } from '../../src/match/speeds/speeds.ts';
import { queryLandmarks } from '../../src/match/speeds/warp.ts';
import type { Peaks, Print } from '../../src/types.ts';
import { peaksAt } from '../support/played-print.ts';
import { somePrint } from '../support/prints.ts';
import { random } from '../support/random.ts';

const AS_LEARNT = { tempo: 1, pitch: 1 };
const RANKS = 30;
const FAN = 6;
const track = somePrint(3, { seconds: 20 });
const original = keysOf(landmarksOf(track, FAN));

function keysOf({ count, hashes, frames }: Landmarks): number[] {
  return Array.from({ length: count }, (_, i) => frames[i] * 2 ** HASH_BITS + hashes[i]);
}

/** The peaks of a clip that plays the whole track so, in an analysis that begins `late` frames into it. */
function played({ count, frames, bins }: Print, { tempo, pitch }: Warp, late = 0): Peaks {
  return peaksAt(Array.from({ length: count }, (_, i) => ({ frame: frames[i] / tempo - late, bin: bins[i] * pitch })));
}

/** Which share of the track's own landmarks is among these. */
function shareFound(asked: Landmarks): number {
  const found = new Set(keysOf(asked));
  return original.filter((key) => found.has(key)).length / original.length;
}

test('at normal speed and pitch a clip is asked for with the landmarks of its own peaks', () => {
  const [asked] = queryLandmarks([played(track, AS_LEARNT)], RANKS, FAN, AS_LEARNT);
  expect(keysOf(asked)).toEqual(original);
});

test('peaks of a rank that is not asked for are left out', () => {
  const peaks = played(track, AS_LEARNT);
  const next = random(4);
  const ranks = peaks.ranks.map(() => Math.floor(60 * next()));
  const left = Array.from(ranks, (_, i) => i).filter((i) => ranks[i] < RANKS);
  const constellation = {
    count: left.length,
    frames: left.map((i) => peaks.frames[i]),
    bins: left.map((i) => peaks.bins[i]),
  };
  const [asked] = queryLandmarks([{ ...peaks, ranks }], RANKS, FAN, AS_LEARNT);
  expect(keysOf(asked)).toEqual(keysOf(landmarksOf(constellation, FAN)));
});

const warps: Warp[] = [
  { tempo: 1.1, pitch: 1.1 },
  { tempo: 0.9, pitch: 0.9 },
  { tempo: 1.08, pitch: 1 },
  { tempo: 0.92, pitch: 1 },
  { tempo: 1, pitch: 1.07 },
  { tempo: 1, pitch: 0.93 },
  { tempo: 1.03, pitch: 0.97 },
];

test.each(warps)(
  'a clip at $tempo of the tempo and $pitch of the pitch is asked for with the landmarks of the track',
  (warp) => {
    const [asked] = queryLandmarks([played(track, warp)], RANKS, FAN, warp);
    expect(shareFound(asked)).toBeGreaterThan(0.97);
    const [unwarped] = queryLandmarks([played(track, warp)], RANKS, FAN, AS_LEARNT);
    expect(shareFound(unwarped)).toBeLessThan(0.2);
  },
);

test('analyses that begin a part of a frame later ask for the same landmarks', () => {
  const warp = { tempo: 0.95, pitch: 0.95 };
  const shifts = [0, 1, 2, 3].map((quarter) => played(track, warp, quarter / 4));
  for (const asked of queryLandmarks(shifts, RANKS, FAN, warp)) expect(shareFound(asked)).toBeGreaterThan(0.97);
});

test.each(warps)('every landmark asked for at $tempo, $pitch is one that a track can have', (warp) => {
  const next = random(5);
  const places = Array.from({ length: 2000 }, () => ({ frame: 400 * next(), bin: 40 + 800 * next() }));
  const [{ count, hashes, frames }] = queryLandmarks([peaksAt(places)], RANKS, FAN, warp);
  expect(count).toBeGreaterThan(5000);
  expect(frames).toEqual(frames.slice().sort());
  const impossible = Array.from(hashes.subarray(0, count)).filter((hash) => {
    const { frameDifference } = unpack(hash);
    return hash >= 2 ** HASH_BITS || frameDifference < 1 || frameDifference > REACH_FRAMES;
  });
  expect(impossible).toEqual([]);
});

test('a peak half a frame before the clip counts as one of its first frame', () => {
  const peaks = peaksAt([
    { frame: -0.5, bin: 100 },
    { frame: 20, bin: 110 },
  ]);
  const [asked] = queryLandmarks([peaks], RANKS, FAN, { tempo: 1.1, pitch: 1 });
  expect(keysOf(asked)).toEqual(keysOf(landmarksOf({ count: 2, frames: [0, 22], bins: [100, 110] }, FAN)));
});

const asked = [AS_LEARNT, ...RANGES.flatMap((range) => range.pitches.flatMap((pitch) => warpsAt(pitch, range)))];

test('every warp is tried once', () => {
  expect(new Set(asked.map(({ tempo, pitch }) => `${tempo.toFixed(4)} ${pitch.toFixed(4)}`)).size).toBe(asked.length);
});

test.each([
  ['speed', 0.29, (change: number) => ({ tempo: 1 + change, pitch: 1 + change }), 0.0044],
  ['pitch', 0.29, (change: number) => ({ tempo: 1, pitch: 1 + change }), 0.0044],
  ['tempo', 0.3, (change: number) => ({ tempo: 1 + change, pitch: 1 }), 0.01],
])('every change of %s up to %d lies near one that is tried', (_, most, warpOf, nearest) => {
  for (let change = -most; change <= most; change += 0.001) {
    const { tempo, pitch } = warpOf(change);
    const distances = asked.map((warp) => Math.max(Math.abs(warp.tempo - tempo), Math.abs(warp.pitch - pitch)));
    expect(Math.min(...distances), `${change}`).toBeLessThan(nearest + 1e-9);
  }
});

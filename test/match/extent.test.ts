import { expect, test } from 'vitest';
import { FIRST_BIN } from '../../src/kernel/format.ts';
import { extentOf } from '../../src/match/extent.ts';
import { type Field, MARGIN } from '../../src/match/field/field.ts';
import { AS_LEARNT, type Warp } from '../../src/match/judge/align.ts';
import type { Print } from '../../src/types.ts';
import { fieldPlaying, type Playing } from '../support/played-print.ts';
import { FRAME_RATE, somePrint } from '../support/prints.ts';

// A few bins are enough to be told apart by.
const BINS = 160;
const trackOf = (seed: number): Print => {
  const print = somePrint(seed, { seconds: 30 });
  return { ...print, bins: print.bins.map((bin) => FIRST_BIN + (bin % BINS)) };
};
const track = trackOf(6);
const frameCount = Math.round(12 * FRAME_RATE);
const playing = (parts: Partial<Playing>, print = track) =>
  fieldPlaying(print, { start: START, frameCount, binCount: BINS, ...parts });
const START = 300;
/** The track has a peak every two frames or so; where it sounds is known no better than to some of them. */
const NEAR = FRAME_RATE / 3;

const parts: [from: number, to: number][] = [
  [0, frameCount],
  [0, 200],
  [260, frameCount],
  [130, 330],
];

test.each(parts)('a track that is heard from frame %i to %i of a clip is said to be', (from, to) => {
  const extent = extentOf(track, playing({ from, to }), START, AS_LEARNT);
  expect(Math.abs(extent.from - from)).toBeLessThan(NEAR);
  expect(Math.abs(extent.to - to)).toBeLessThan(NEAR);
});

test.each<Warp>([
  { tempo: 1.06, pitch: 1.06 },
  { tempo: 0.94, pitch: 0.94 },
  { tempo: 1.05, pitch: 1 },
  { tempo: 1, pitch: 0.95 },
])('frames are those of the clip also at tempo $tempo and pitch $pitch', (warp) => {
  const field = playing({ warp, from: 130, to: 330 });
  const extent = extentOf(track, field, START, warp);
  expect(Math.abs(extent.from - 130)).toBeLessThan(NEAR);
  expect(Math.abs(extent.to - 330)).toBeLessThan(NEAR);
});

test('a clip that begins before the track does, or goes on after it, holds it where it sounds', () => {
  const before = extentOf(track, playing({ start: -150 }), -150, AS_LEARNT);
  expect(Math.abs(before.from - 150)).toBeLessThan(NEAR);
  expect(Math.abs(before.to - frameCount)).toBeLessThan(NEAR);
  const late = track.frameCount - 200;
  const after = extentOf(track, playing({ start: late }), late, AS_LEARNT);
  expect(after.from).toBeLessThan(NEAR);
  expect(Math.abs(after.to - 200)).toBeLessThan(NEAR);
});

/** Of all stretches that begin and end at a peak, the one in which the peaks stand highest above half their mean. */
function plainExtent({ frames, bins, count }: Print, field: Field, start: number) {
  const places = Array.from({ length: count }, (_, i) => ({ frame: frames[i] - start, bin: bins[i] - field.firstBin }))
    .filter(({ frame, bin }) => frame >= 0 && frame < field.frameCount && bin >= 0 && bin < field.binCount)
    .map(({ frame, bin }) => ({ frame, value: field.values[bin * field.stride + MARGIN + frame] }));
  const bias = places.reduce((sum, { value }) => sum + value, 0) / places.length / 2;
  let best = { from: 0, to: field.frameCount, sum: 0 };
  for (let i = 0; i < places.length; i++) {
    for (let j = i, sum = 0; j < places.length; j++) {
      sum += places[j].value - bias;
      if (sum > best.sum + 1e-6) best = { from: places[i].frame, to: places[j].frame + 1, sum };
    }
  }
  return { from: best.from, to: best.to };
}

test.each([1, 2, 3, 4, 5])('it is the best of all stretches that there are: seed %i', (seed) => {
  const print = trackOf(seed);
  const field = playing({ from: 60 * seed, to: 60 * seed + 150, seed }, print);
  expect(extentOf(print, field, START, AS_LEARNT)).toEqual(plainExtent(print, field, START));
  // Where the track does not lie, too: there the field is noise.
  expect(extentOf(print, field, 0, AS_LEARNT)).toEqual(plainExtent(print, field, 0));
});

test('a track that lies elsewhere on its own time is heard at the same place', () => {
  const field = playing({ from: 130, to: 330 });
  const later = { ...track, frames: track.frames.map((frame) => frame + 5000) };
  expect(extentOf(later, field, START + 5000, AS_LEARNT)).toEqual(extentOf(track, field, START, AS_LEARNT));
});

test('a track without peaks in a clip is taken to span it', () => {
  const field = playing({});
  const whole = { from: 0, to: frameCount };
  expect(extentOf(track, field, track.frameCount + 1, AS_LEARNT)).toEqual(whole);
  expect(extentOf(track, field, -frameCount - 1, AS_LEARNT)).toEqual(whole);
  expect(extentOf({ ...track, count: 0 }, field, START, AS_LEARNT)).toEqual(whole);
});

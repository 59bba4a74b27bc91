import { expect, test } from 'vitest';
import { fieldOf } from '../../src/match/field.ts';
import { verify } from '../../src/match/verify.ts';
import type { Peaks, Print } from '../../src/types.ts';
import { random } from '../support/random.ts';

const FRAMES = 200;
const FIRST_BIN = 36;
const BINS = 128;
const LOUD = 15;
const FAINT = 5;

/** A noisy clip in which every tenth frame stands out at one place of its lower half; where, tells `heard`. */
function clip(levelOf: (bin: number) => number) {
  const next = random(1);
  const rows = Uint8Array.from({ length: FRAMES * BINS }, () => 38 + Math.floor(20 * next()));
  const heard = Array.from({ length: FRAMES / 10 }, (_, i) => ({
    frame: 10 * i,
    bin: Math.floor((next() * BINS) / 2),
  }));
  for (const { frame, bin } of heard) rows[frame * BINS + bin] = 140;
  const count = BINS;
  const bins = Uint16Array.from({ length: count }, (_, i) => FIRST_BIN + i);
  const peaks: Peaks = {
    count,
    bins,
    frames: Uint32Array.from(bins, () => Math.floor(next() * FRAMES)).sort(),
    levels: Uint16Array.from(bins, (bin) => levelOf(bin - FIRST_BIN)),
    ranks: new Uint8Array(count),
    frameFractions: new Int8Array(count),
    binFractions: new Int8Array(count),
  };
  return { field: fieldOf({ firstBin: FIRST_BIN, binCount: BINS, frameCount: FRAMES, rows }, peaks), heard };
}

/** A track of the peaks that are heard, and as many others in the upper half. */
function trackOf(heard: { frame: number; bin: number }[], heardLevel: number, otherLevel: number): Print {
  const next = random(2);
  const peaks = heard.flatMap(({ frame, bin }) => [
    { frame, bin, level: heardLevel },
    { frame: frame + 5, bin: Math.floor(((1 + next()) * BINS) / 2), level: otherLevel },
  ]);
  return {
    format: 1,
    frameCount: FRAMES,
    count: peaks.length,
    frames: Uint32Array.from(peaks, ({ frame }) => frame),
    bins: Uint16Array.from(peaks, ({ bin }) => FIRST_BIN + bin),
    levels: Uint8Array.from(peaks, ({ level }) => level),
  };
}

test('that the loud peaks of a track are heard proves more than that its faint ones are', () => {
  const { field, heard } = clip(() => 8000);
  const loud = verify(trackOf(heard, LOUD, FAINT), field, 0);
  const equal = verify(trackOf(heard, LOUD, LOUD), field, 0);
  const faint = verify(trackOf(heard, FAINT, LOUD), field, 0);
  expect(loud.start).toBe(0);
  expect(loud.contrast).toBeGreaterThan(1.2 * equal.contrast);
  expect(equal.contrast).toBeGreaterThan(1.2 * faint.contrast);
  expect(loud.steady).toBeGreaterThan(equal.steady);
  expect(equal.steady).toBeGreaterThan(faint.steady);
});

test('where the clip is loud, what is not heard there counts less', () => {
  const evenly = clip(() => 8000);
  const above = clip((bin) => (bin < BINS / 2 ? 8000 : 9000));
  const fit = ({ field, heard }: typeof evenly) => verify(trackOf(heard, LOUD, LOUD), field, 0).contrast;
  expect(fit(above)).toBeGreaterThan(1.1 * fit(evenly));
});

test('how loud the clip is as a whole does not matter, nor how loud the track', () => {
  const [soft, loud] = [clip((bin) => 5000 + 10 * bin), clip((bin) => 9000 + 10 * bin)];
  const fit = ({ field, heard }: typeof soft, level: number) => verify(trackOf(heard, level, level), field, 0).contrast;
  expect(fit(loud, LOUD)).toBeCloseTo(fit(soft, LOUD), 4);
  expect(fit(soft, FAINT)).toBeCloseTo(fit(soft, LOUD), 4);
});

test('where a clip holds next to nothing, no peak counts for many: a loudspeaker may not have passed the music either', () => {
  const { field } = clip((bin) => (bin < BINS / 2 ? 9000 : 1000));
  expect(Math.min(...field.weights)).toBeLessThan(0.2);
  expect(Math.max(...field.weights)).toBeGreaterThan(1.5);
  expect(Math.max(...field.weights)).toBeLessThan(2);
});

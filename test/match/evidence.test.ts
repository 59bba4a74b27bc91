import { expect, test } from 'vitest';
import { MAP_ZERO } from '../../src/kernel/format.ts';
import { withoutTrack } from '../../src/match/explain.ts';
import { fieldOf, MARGIN } from '../../src/match/field/field.ts';
import { AS_LEARNT } from '../../src/match/judge/align.ts';
import { ordinaryTonesOf } from '../../src/match/judge/decide.ts';
import { evidenceAt } from '../../src/match/judge/evidence.ts';
import { fitsAround } from '../../src/match/judge/fits-around.ts';
import type { Peaks, Print } from '../../src/types.ts';
import { random } from '../support/random.ts';
import { randomField, randomPrint } from '../support/random-field.ts';

const FRAMES = 200;
const FIRST_BIN = 36;
const BINS = 128;
const LOUD = 15;
const FAINT = 5;

/** A noisy clip in which every tenth frame stands out at one place of its lower half; where, tells `heard`. */
function clip(levelOf: (bin: number) => number, tones: number[] = [], silentFrom = FRAMES) {
  const next = random(1);
  const rows = Uint8Array.from({ length: FRAMES * BINS }, () => 38 + Math.floor(20 * next()));
  for (const bin of tones) for (let frame = 0; frame < FRAMES; frame++) rows[frame * BINS + bin] += 4;
  const heard = Array.from({ length: FRAMES / 10 }, (_, i) => ({
    frame: 10 * i,
    bin: Math.floor((next() * BINS) / 2),
  }));
  for (const { frame, bin } of heard) rows[frame * BINS + bin] = 140;
  rows.fill(MAP_ZERO, silentFrom * BINS);
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
  const loud = evidenceAt(trackOf(heard, LOUD, FAINT), field, 0);
  const equal = evidenceAt(trackOf(heard, LOUD, LOUD), field, 0);
  const faint = evidenceAt(trackOf(heard, FAINT, LOUD), field, 0);
  expect(loud.start).toBe(0);
  expect(loud.contrast).toBeGreaterThan(1.2 * equal.contrast);
  expect(equal.contrast).toBeGreaterThan(1.2 * faint.contrast);
  expect(loud.steady).toBeGreaterThan(equal.steady);
  expect(equal.steady).toBeGreaterThan(faint.steady);
});

test('where the clip is loud, what is not heard there counts less', () => {
  const evenly = clip(() => 8000);
  const above = clip((bin) => (bin < BINS / 2 ? 8000 : 9000));
  const fit = ({ field, heard }: typeof evenly) => evidenceAt(trackOf(heard, LOUD, LOUD), field, 0).contrast;
  expect(fit(above)).toBeGreaterThan(1.1 * fit(evenly));
});

test('how loud the clip is as a whole does not matter, nor how loud the track', () => {
  const [soft, loud] = [clip((bin) => 5000 + 10 * bin), clip((bin) => 9000 + 10 * bin)];
  const fit = ({ field, heard }: typeof soft, level: number) =>
    evidenceAt(trackOf(heard, level, level), field, 0).contrast;
  expect(fit(loud, LOUD)).toBeCloseTo(fit(soft, LOUD), 4);
  expect(fit(soft, FAINT)).toBeCloseTo(fit(soft, LOUD), 4);
});

test('where a clip holds next to nothing, no peak counts for many: a loudspeaker may not have passed the music either', () => {
  const { field } = clip((bin) => (bin < BINS / 2 ? 9000 : 1000));
  expect(Math.min(...field.weights)).toBeLessThan(0.2);
  expect(Math.max(...field.weights)).toBeGreaterThan(1.5);
  expect(Math.max(...field.weights)).toBeLessThan(2);
});

/** A track that sounds these bins, at moments of its own. */
function trackOfTones(tones: number[], seed: number): Print {
  const next = random(seed);
  return trackOf(
    Array.from({ length: 60 }, (_, i) => ({ frame: 3 * i, bin: tones[Math.floor(next() * tones.length)] })),
    LOUD,
    FAINT,
  );
}

const CHORD = [10, 22, 34, 41, 57];
const OTHER_CHORD = [13, 19, 37, 46, 52];

test('tones that sound through the clip, far below its noise, tell the tracks that have them from others', () => {
  const { field } = clip(() => 8000, CHORD);
  const [own, other] = [trackOfTones(CHORD, 3), trackOfTones(OTHER_CHORD, 3)].map((track) =>
    evidenceAt(track, field, 0),
  );
  expect(own.tones).toBeGreaterThan(4);
  expect(other.tones).toBeLessThan(1);
  expect(Math.abs(own.contrast - other.contrast)).toBeLessThan(2);
  expect(own.tonality).toBeGreaterThan(clip(() => 8000).field.tonality + 1);
});

test('tones that one track explains are no more evidence for the next', () => {
  const { field } = clip(() => 8000, [...CHORD, ...OTHER_CHORD]);
  const [one, two, third] = [trackOfTones(CHORD, 3), trackOfTones(OTHER_CHORD, 3), trackOfTones(CHORD, 4)];
  const left = withoutTrack(one, field, 0, AS_LEARNT);
  expect(evidenceAt(one, left, 0).tones).toBeCloseTo(0, 5);
  expect(evidenceAt(third, left, 0).tones).toBeLessThan(0.4 * evidenceAt(third, field, 0).tones);
  expect(evidenceAt(two, left, 0).tones).toBeGreaterThan(0.8 * evidenceAt(two, field, 0).tones);
});

test('what is ordinary is told by the candidates, and by what is usual when they are few', () => {
  const evidence = evidenceAt(trackOfTones(CHORD, 3), clip(() => 8000, CHORD).field, 0);
  const fitting = (tones: number, count: number) => Array.from({ length: count }, () => ({ ...evidence, tones }));
  const usual = ordinaryTonesOf([]);
  expect(usual).toBeGreaterThan(0);
  expect(ordinaryTonesOf(fitting(usual, 3))).toBeCloseTo(usual, 10);
  expect(ordinaryTonesOf(fitting(usual + 6, 1))).toBeLessThan(usual + 1.5);
  expect(ordinaryTonesOf(fitting(usual + 6, 100))).toBeGreaterThan(usual + 5);
});

test('silence in which nothing is sent makes a clip no noisier', () => {
  const tonality = (tones: number[], silentFrom?: number) => clip(() => 8000, tones, silentFrom).field.tonality;
  expect(Math.abs(tonality(CHORD, FRAMES / 4) - tonality(CHORD))).toBeLessThan(0.5);
  expect(tonality(CHORD, 0)).toBe(0);
});

test('how far the fit stands out is measured against all offsets that are not near the best one', () => {
  const field = randomField(FRAMES, 5);
  const print = randomPrint(3 * FRAMES, 6);
  const { start } = evidenceAt(print, field, FRAMES);
  const evidence = evidenceAt(print, field, start);
  const fits = fitsAround(print, field, evidence.start, AS_LEARNT);
  expect(evidence.start).toBe(start);
  expect(evidence.contrast).toBeCloseTo(fits[MARGIN], 4);
  const away = fits.filter((_, at) => Math.abs(at - MARGIN) > 6);
  expect(away.reduce((sum, fit) => sum + fit, 0)).toBeCloseTo(0, 4);
  expect(Math.max(...away.map(Math.abs))).toBeGreaterThan(0.5);
});

import { expect, test } from 'vitest';
import { exactly } from '../../src/match/answer-places.ts';
import type { Field } from '../../src/match/field/field.ts';
import { AS_LEARNT, type Warp } from '../../src/match/judge/align.ts';
import { LEAST_WARPED_GAIN, scoreOf } from '../../src/match/judge/decide.ts';
import { evidenceAt } from '../../src/match/judge/evidence.ts';
import { atBestTempo } from '../../src/match/speeds/answer-tempo.ts';
import { placesAtOtherTempos } from '../../src/match/speeds/other-tempos.ts';
import { refine } from '../../src/match/speeds/refine.ts';
import { fieldPlaying } from '../support/played-print.ts';
import { FRAME_RATE, somePrint } from '../support/prints.ts';

const track = somePrint(8, { seconds: 40 });
const stranger = somePrint(9, { seconds: 40 });
const frameCount = Math.round(8 * FRAME_RATE);
const START = 400;

/** The place seen from a warp that was found roughly: the middle of the clip is where it is, its beginning is not. */
const startAt = (rough: Warp, exact: Warp) => START + (frameCount / 2) * (exact.tempo - rough.tempo);
const foundAt = (field: Field, start: number, warp: Warp, print = track) => ({
  evidence: evidenceAt(print, field, start, warp),
  warp,
});

const speeds: [name: string, exact: Warp, rough: Warp][] = [
  ['faster than thought', { tempo: 1.034, pitch: 1.034 }, { tempo: 1.03, pitch: 1.03 }],
  ['slower than thought', { tempo: 0.956, pitch: 0.956 }, { tempo: 0.96, pitch: 0.96 }],
  ['faster by little than thought', { tempo: 1.0325, pitch: 1.0325 }, { tempo: 1.03, pitch: 1.03 }],
  ['at another tempo only', { tempo: 1.044, pitch: 1 }, { tempo: 1.02, pitch: 1 }],
  ['at another pitch only', { tempo: 1, pitch: 0.966 }, { tempo: 1, pitch: 0.97 }],
  ['by little at another speed', { tempo: 1.005, pitch: 1.005 }, AS_LEARNT],
];

test.each(speeds)(
  'a clip that plays %s is found to within a frame at its ends and a thousandth in pitch',
  (_, exact, rough) => {
    const field = fieldPlaying(track, { start: START, warp: exact, frameCount });
    const from = foundAt(field, startAt(rough, exact), rough);
    const { warp, evidence } = refine(track, field, from);
    expect((frameCount / 2) * Math.abs(warp.tempo - exact.tempo)).toBeLessThan(1);
    expect(Math.abs(warp.pitch - exact.pitch)).toBeLessThan(0.001);
    expect(Math.abs(evidence.start - START)).toBeLessThan(2);
    expect(evidence).toEqual(evidenceAt(track, field, evidence.start, warp));
  },
);

test('what is exact already stays as it is', () => {
  for (const warp of [AS_LEARNT, { tempo: 1.04, pitch: 1.04 }, { tempo: 1, pitch: 0.95 }]) {
    const field = fieldPlaying(track, { start: START, warp, frameCount });
    const from = foundAt(field, START, warp);
    expect(refine(track, field, from)).toEqual(from);
  }
});

test('a step is taken only for a gain that is worth it, wherever it starts from', () => {
  const exact = { tempo: 1.034, pitch: 1.034 };
  const field = fieldPlaying(track, { start: START, warp: exact, frameCount });
  let moved = 0;
  for (const print of [track, stranger]) {
    for (let tempo = 0.92; tempo <= 1.08; tempo += 0.02) {
      const from = foundAt(field, START, { tempo, pitch: tempo }, print);
      const to = refine(print, field, from);
      if (to.warp === from.warp) continue;
      moved++;
      expect(scoreOf(to.evidence)).toBeGreaterThan(scoreOf(from.evidence) + LEAST_WARPED_GAIN);
    }
  }
  expect(moved).toBeGreaterThan(0);
});

test('the middle of the clip stays near its place in the track', () => {
  const field = fieldPlaying(track, { start: START, warp: { tempo: 1.034, pitch: 1.034 }, frameCount });
  const middleOf = ({ evidence, warp }: ReturnType<typeof refine>) => evidence.start + (frameCount / 2) * warp.tempo;
  const from = foundAt(field, startAt({ tempo: 1.03, pitch: 1.03 }, { tempo: 1.034, pitch: 1.034 }), {
    tempo: 1.03,
    pitch: 1.03,
  });
  const to = refine(track, field, from);
  expect(to.warp).not.toEqual(from.warp);
  expect(Math.abs(middleOf(to) - middleOf(from))).toBeLessThan(5);
});

test.each([0.04, -0.04, 0.095])(
  'at another tempo by %d, what fits for a moment only leads to the right one',
  (change) => {
    const exact = { tempo: 1 + change, pitch: 1 };
    const field = fieldPlaying(track, { start: START, warp: exact, frameCount });
    // The end of the clip fits at the print's own tempo.
    const from = foundAt(field, START + (frameCount - 40) * change, AS_LEARNT);
    const judged = { track: 1, start: from.evidence.start, isWarped: false, ...from };
    const [place] = placesAtOtherTempos([judged], () => track, field);
    expect(Math.abs(place.warp.tempo - exact.tempo)).toBeLessThan(0.006);
    expect(Math.abs(place.start - START)).toBeLessThan(3);
    expect(placesAtOtherTempos([judged], () => stranger, field)).toEqual([]);
  },
);

test.each([
  ['its beginning', 20, 1],
  ['its middle', frameCount / 2, 1.004],
  ['its end', frameCount - 20, 0.997],
])('an answer that is right in %s only gets its tempo and place', (_, frame, tempo) => {
  for (const exact of [
    { tempo: 1.04, pitch: 1 },
    { tempo: 0.957, pitch: 1.02 },
  ]) {
    const field = fieldPlaying(track, { start: START, warp: exact, frameCount });
    const from = foundAt(field, START + frame * (exact.tempo - tempo), { tempo, pitch: exact.pitch });
    const { warp, evidence } = exactly(track, field, atBestTempo(track, field, from));
    expect(Math.abs(warp.tempo - exact.tempo)).toBeLessThan(0.002);
    expect(Math.abs(evidence.start - START)).toBeLessThan(2);
  }
});

test.each([1.035, 1.0245, 0.9655, 0.955])(
  'a tempo of %d between those tried first is found from one nearby',
  (tempo) => {
    const exact = { tempo, pitch: 1 };
    const field = fieldPlaying(track, { start: START, warp: exact, frameCount });
    for (const off of [0.012, -0.012]) {
      const rough = { tempo: tempo + off, pitch: 1 };
      const from = foundAt(field, START - (frameCount - 20) * off, rough);
      const { warp, evidence } = atBestTempo(track, field, from);
      expect(Math.abs(warp.tempo - tempo)).toBeLessThan(0.003);
      expect(Math.abs(evidence.start - START)).toBeLessThan(2);
    }
  },
);

test('an answer at its right tempo keeps it', () => {
  for (const warp of [AS_LEARNT, { tempo: 1.034, pitch: 1.034 }]) {
    const field = fieldPlaying(track, { start: START, warp, frameCount });
    const from = foundAt(field, START, warp);
    expect(atBestTempo(track, field, from)).toBe(from);
  }
});

test('an answer at another speed gets its exact speed and place', () => {
  for (const exact of [
    { tempo: 1.0433, pitch: 1.0433 },
    { tempo: 0.9612, pitch: 1 },
    { tempo: 1, pitch: 1.0287 },
  ]) {
    const field = fieldPlaying(track, { start: START, warp: exact, frameCount });
    const rough = {
      tempo: exact.tempo === 1 ? 1 : exact.tempo + 0.003,
      pitch: exact.pitch === 1 ? 1 : exact.pitch + 0.001,
    };
    const { warp, evidence } = exactly(track, field, foundAt(field, startAt(rough, exact), rough));
    expect(Math.abs(warp.tempo - exact.tempo)).toBeLessThan(0.002);
    expect(Math.abs(warp.pitch - exact.pitch)).toBeLessThan(0.001);
    expect(Math.abs(evidence.start - START)).toBeLessThan(1);
  }
});

test('an answer as learnt stays as it is', () => {
  const answer = foundAt(fieldPlaying(track, { start: START, warp: AS_LEARNT, frameCount }), START, AS_LEARNT);
  expect(exactly(track, fieldPlaying(track, { start: START, frameCount }), answer)).toBe(answer);
});

test('it never goes farther than a third from normal', () => {
  // Farther than any speed that is looked for, and near enough to draw the search on.
  for (const exact of [
    { tempo: 1.326, pitch: 1.326 },
    { tempo: 0.674, pitch: 0.674 },
  ]) {
    const rough = { tempo: exact.tempo > 1 ? 1.319 : 0.681, pitch: exact.tempo > 1 ? 1.319 : 0.681 };
    const field = fieldPlaying(track, { start: START, warp: exact, frameCount });
    const { warp } = refine(track, field, foundAt(field, startAt(rough, exact), rough));
    expect(Math.abs(warp.tempo - 1)).toBeLessThanOrEqual(0.32);
    expect(Math.abs(warp.pitch - 1)).toBeLessThanOrEqual(0.32);
  }
});

/**
 * Where exactly an answer is, and where else its track fits the clip as well: music repeats itself. In: a print, the clip and an
 * answer. Out: places, best first. A clip cannot tell them apart, but what follows it may (`live/repeats.ts`).
 */
import { BIN_COUNT, FIRST_BIN } from '../kernel/format.ts';
import type { Print } from '../types.ts';
import type { Field } from './field/field.ts';
import type { Warp } from './judge/align.ts';
import type { Candidate } from './judge/candidates.ts';
import { scoreOf } from './judge/decide.ts';
import { type Evidence, evidenceAt } from './judge/evidence.ts';
import type { Scanner } from './scan/scan.ts';
import type { Answer } from './search-model.ts';
import { atBestTempo } from './speeds/answer-tempo.ts';
import { climb, DIRECTIONS, type Warped } from './speeds/refine.ts';

interface Placed {
  start: number;
  warp: Warp;
  evidence: Evidence;
}

/** The first and the smallest step in speed. */
const EXACT_WIDEST = 0.002;
const EXACT_FINEST = 0.0002;
/** Places whose score is lower by up to this fit as well. */
const AS_WELL = 1.5;
/** How many of them to look for, their least fit in a scan, and frames between two of them (half a second). */
const MOST = 8;
const LEAST_FIT = 3;
const APART = 22;

/** The answers at their exact places, with the other places where they fit as well. Without its print an answer stays as it is. */
export function answersAt(
  matches: Candidate[],
  prints: readonly (Print | undefined)[],
  field: Field,
  scanner: Scanner,
): Answer[] {
  return matches.map((match, i) => {
    const print = prints[i];
    if (!print) return { ...match, otherStarts: [] };
    const [{ start, warp }, ...others] = answerPlaces(print, field, match, scanner);
    return { ...match, start, warp, otherStarts: others.map((other) => other.start) };
  });
}

export function answerPlaces(print: Print, field: Field, answer: Placed, scanner: Scanner): Placed[] {
  const { warp, evidence } = exactly(print, field, atBestTempo(print, field, answer));
  const places: Placed[] = [{ start: evidence.start, warp, evidence }];
  const scanned = scanner.scan(warped(print, warp), LEAST_FIT).sort((a, b) => b.fit - a.fit);
  for (const { start } of scanned) {
    if (places.length > MOST) break;
    const evidence = evidenceAt(print, field, start * warp.tempo, warp);
    const isNew = places.every((place) => Math.abs(place.start - evidence.start) >= APART);
    if (isNew) places.push({ start: evidence.start, warp, evidence });
  }
  places.sort((a, b) => scoreOf(b.evidence) - scoreOf(a.evidence));
  const least = scoreOf(places[0].evidence) - AS_WELL;
  return places.filter((place) => scoreOf(place.evidence) >= least);
}

/**
 * For an answer that plays at another speed: the exact speed, and so the exact place. Every better fit counts, however little: this
 * changes where the track is placed, not how sure the answer is.
 */
export function exactly(print: Print, field: Field, answer: Warped): Warped {
  const { tempo, pitch } = answer.warp;
  if (tempo === 1 && pitch === 1) return answer;
  const directions = DIRECTIONS.filter(
    (step) => (tempo !== 1 || step.tempo === 0) && (pitch !== 1 || step.pitch === 0),
  );
  return climb(print, field, answer, { widest: EXACT_WIDEST, finest: EXACT_FINEST, gain: 0, directions });
}

/** The print as the clip plays it. */
function warped(print: Print, { tempo, pitch }: Warp): Print {
  if (tempo === 1 && pitch === 1) return print;
  const bins = print.bins.map((bin) => Math.round(bin * pitch));
  const kept = Array.from(bins.keys()).filter((i) => bins[i] >= FIRST_BIN && bins[i] < FIRST_BIN + BIN_COUNT);
  return {
    ...print,
    count: kept.length,
    frameCount: Math.ceil(print.frameCount / tempo),
    frames: Uint32Array.from(kept, (i) => Math.round(print.frames[i] / tempo)),
    bins: Uint16Array.from(kept, (i) => bins[i]),
    levels: Uint8Array.from(kept, (i) => print.levels[i]),
  };
}

/**
 * Finds where a track begins and ends in a recording, to the peak. Where the track is heard, the field's values at its peaks have a
 * positive mean; elsewhere their mean is 0. So a share of that mean is subtracted from each value, and the edge is where the sum is
 * greatest.
 */
import type { ExpectedPeak } from './line.ts';

/** Half would be best for a track that stops at once; where it fades, or someone talks over it, its values are lower. */
const SUBTRACTED_SHARE = 0.35;

/** Weighted mean of the values. */
export function meanOf(peaks: readonly ExpectedPeak[]): number {
  let sum = 0;
  let weights = 0;
  for (const { value, weight } of peaks) {
    sum += weight * value;
    weights += weight;
  }
  return weights > 0 ? sum / weights : 0;
}

/** The first frame in which the track is heard; the last of the peaks must belong to it. */
export function beginning(peaks: readonly ExpectedPeak[], mean: number, otherwise: number): number {
  return edge([...peaks].reverse(), mean) ?? otherwise;
}

/** The frame after the last one in which the track is heard; the first of the peaks must belong to it. */
export function ending(peaks: readonly ExpectedPeak[], mean: number, otherwise: number): number {
  const last = edge(peaks, mean);
  return last === undefined ? otherwise : last + 1;
}

/** The frame of the peak at which the prefix sum is greatest. */
function edge(peaks: readonly ExpectedPeak[], mean: number): number | undefined {
  let sum = 0;
  let most = Number.NEGATIVE_INFINITY;
  let at: number | undefined;
  for (const { frame, value, weight } of peaks) {
    sum += weight * (value - SUBTRACTED_SHARE * mean);
    if (sum >= most) [most, at] = [sum, frame];
  }
  return at;
}

interface Span {
  fromFrame: number;
  toFrame: number;
}

/**
 * Where a song fades into the next, both are heard for some seconds; the boundary is put in the middle. Songs with a longer overlap
 * are not changed, because they play at the same time.
 */
export function withoutFades(spans: readonly Span[], longest: number): Span[] {
  const cut = spans.map(({ fromFrame, toFrame }) => ({ fromFrame, toFrame }));
  const order = cut.map((_, i) => i).sort((a, b) => spans[a].fromFrame - spans[b].fromFrame);
  for (let i = 1; i < order.length; i++) {
    const [before, after] = [cut[order[i - 1]], cut[order[i]]];
    const overlap = before.toFrame - after.fromFrame;
    if (overlap <= 0 || overlap > longest || after.toFrame <= before.toFrame) continue;
    const middle = Math.round((before.toFrame + after.fromFrame) / 2);
    before.toFrame = middle;
    after.fromFrame = middle;
  }
  return cut;
}

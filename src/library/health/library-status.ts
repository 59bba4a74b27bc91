/** The library's size and health, in numbers. */
import type { Contents } from '../contents.ts';

export interface LibraryStatus {
  trackCount: number;
  seconds: number;
  peakCount: number;
  postingCount: number;
  bytes: { prints: number; index: number; tracks: number; covers: number };
  /** Tracks that are not in a segment yet. */
  unsealed: number;
  /** Of these, the ones not in memory either, which cannot be recognised yet. */
  pending: number;
  segments: number;
  /** Damage that could not be repaired, as sentences. */
  damaged: string[];
}

/** `trouble` is the error that stopped the background work. */
export function statusOf({ shelf, tracks, index, losses }: Contents, trouble?: string): LibraryStatus {
  const { totals, tape, rowBytes } = tracks;
  const { segments, newestStart } = index;
  const sealedBelow = (end: number) =>
    segments.reduce((sum, { header: { tapeStart, tapeEnd } }) => {
      return sum + tape.livingCount(Math.min(tapeStart, end), Math.min(tapeEnd, end));
    }, 0);
  return {
    trackCount: totals.tracks,
    seconds: totals.seconds,
    peakCount: totals.peaks,
    postingCount: index.postingCount,
    bytes: {
      prints: totals.printBytes,
      index: segments.reduce((total, { bytes }) => total + bytes, 0),
      tracks: rowBytes,
      covers: totals.coverBytes,
    },
    unsealed: totals.tracks - sealedBelow(Infinity),
    pending: tape.livingCount(0, newestStart) - sealedBelow(newestStart),
    segments: segments.length,
    damaged: [...(shelf.damaged ?? []), ...losses.sentences, ...(trouble ? [trouble] : [])],
  };
}

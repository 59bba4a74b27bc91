/** Pairs of songs that a person wants to keep, both of them, and not be asked about again. */
import type { Track } from '../../../types.ts';
import { keep, localStore, readKept } from '../../parts/kept.ts';

const NAME = 'kept-pairs';

const keyOf = (track: Track, other: Track) => [track.contentId, other.contentId].sort().join(' ');

function keptPairs(): Set<string> {
  const kept = readKept(localStore, NAME);
  return new Set(Array.isArray(kept) ? kept.filter((key) => typeof key === 'string') : []);
}

export const isKeptPair = (track: Track, other: Track): boolean => keptPairs().has(keyOf(track, other));

export function keepPair(track: Track, other: Track): void {
  keep(localStore, NAME, [...keptPairs().add(keyOf(track, other))]);
}

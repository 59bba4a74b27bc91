import type { Library } from '../library/library.ts';
import type { Index } from '../match/index-view.ts';
import type { TrackId } from '../types.ts';
import type { KnownRefusals } from './known-refusals.ts';

/** A library as matching sees it. `refusals` gives those of this moment, if there are any. */
export const indexOf = (library: Library, refusals: () => KnownRefusals | undefined): Index => {
  const contentOf = (track: TrackId) => library.track(track)?.contentId ?? '';
  return {
    lookup: (hashes) => library.lookup(hashes),
    stretches: () => library.stretches(),
    prints: (tracks) => library.prints(tracks),
    packedPrints: (tracks) => library.packedPrints(tracks),
    sketches: (tracks) => library.sketches(tracks),
    isRefused: (track, ...sound) => refusals()?.isRefused(contentOf(track), ...sound) ?? false,
    refusedSounds: (track) => refusals()?.of(contentOf(track)) ?? [],
  };
};

/** Opens the engine with kernel, library and matching; the same in a worker and in Node. */
import type { OpenMirror } from '../library/index/pages/page-cache.ts';
import { type Library, openLibrary } from '../library/library.ts';
import type { OtherWriters } from '../library/shelf/other-writers.ts';
import type { Shelf } from '../library/shelf/shelf.ts';
import { GAP_FRAMES } from '../match/index-view.ts';
import { HASH_BITS, LANDMARK_FORMAT, landmarksOf } from '../match/landmarks.ts';
import { sketchOf } from '../match/sketch/sketch.ts';
import type { Engine } from './api.ts';
import { gated } from './gated-engine.ts';
import { type EngineHost, LocalEngine } from './local-engine.ts';

interface Stored {
  shelf: Shelf;
  /** Coordination with other tabs that have the library open. */
  others?: OtherWriters;
  openMirror?: OpenMirror;
}

/** When the page has been drawn, and what people do first has been answered. */
const READ_AHEAD_AFTER_MS = 1500;

/** Opens the library on a shelf and returns an engine for it. With `readsAhead`, it prepares for searches soon after. */
export async function openEngine({
  readsAhead,
  ...host
}: Stored & EngineHost & { readsAhead?: true }): Promise<Engine> {
  const library = await libraryOn(host);
  // If it is closed or lost meanwhile, calls report that.
  if (readsAhead) setTimeout(() => library.readAhead().catch(() => {}), READ_AHEAD_AFTER_MS);
  return engineOf(library, host);
}

/** The library on a shelf, with all that matching asks of it. */
export const libraryOn = ({ shelf, others, openMirror }: Stored): Promise<Library> =>
  openLibrary(shelf, {
    landmarksOf,
    landmarkFormat: LANDMARK_FORMAT,
    sketchOf,
    hashBits: HASH_BITS,
    gapFrames: GAP_FRAMES,
    others,
    openMirror,
  });

export const engineOf = (library: Library, host: EngineHost): Engine => gated(new LocalEngine(library, host));

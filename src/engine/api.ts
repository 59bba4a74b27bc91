/**
 * The interface of the engine, for the page and the command line. Everything is plain data, so it works the same across a worker
 * boundary and within Node. Callbacks and abort signals are separate arguments (see `crossing.ts`).
 */

import type { Catalogues } from '../catalogue/catalogue-model.ts';
import type { Fault } from '../errors.ts';
import type { BundlePreview } from '../library/bundle/preview-bundle.ts';
import type { BundleOptions, Progress } from '../library/bundle/write-bundle.ts';
import type { LibraryStatus } from '../library/health/library-status.ts';
import type { TrackGroup } from '../library/tracks/track-groups.ts';
import type { TrackPage, TrackQuery } from '../library/tracks/track-search.ts';
import type { LibraryChange } from '../library/writer.ts';
import type { Sessions } from '../sessions/session-model.ts';
import type { Learnt, Pcm, Recognition, Tags, Track, TrackId } from '../types.ts';
import type { RecognizeOptions } from './clips/recognize-options.ts';
import type { Duplicate } from './duplicates/find-duplicates.ts';
import type { Examination } from './examine/examination.ts';
import type {
  AnalyseOptions,
  AnalyseProgress,
  Analysing,
  Heard,
  Listening,
  ListenOptions,
} from './sessions/hearing-model.ts';

export type * from '../catalogue/catalogue-model.ts';
export type { BundlePreview } from '../library/bundle/preview-bundle.ts';
export type { BundleOptions, Progress } from '../library/bundle/write-bundle.ts';
export type { LibraryStatus } from '../library/health/library-status.ts';
export type { TrackGroup } from '../library/tracks/track-groups.ts';
export type { SortKey, TrackPage, TrackQuery } from '../library/tracks/track-search.ts';
export type * from '../sessions/session-model.ts';
export type { RecognizeOptions } from './clips/recognize-options.ts';
export type { Duplicate } from './duplicates/find-duplicates.ts';
export type { SharedStretch } from './duplicates/shared-stretches.ts';
export type * from './examine/examination.ts';
export type * from './sessions/hearing-model.ts';
export { GIVE_UP_SECONDS } from './sessions/hearing-model.ts';

/**
 * Events of the library: its tracks or its status changed; it became inaccessible; or it cannot be opened yet. The last two say why.
 */
export type EngineChange = LibraryChange | { kind: 'lost' | 'waiting'; fault: Fault };

/**
 * `known`: the library already has these bytes. `similar`: it seems to have the same recording from another file (`same`), or
 * one that contains the new one (`excerpt`) or is contained in it (`contains`).
 */
export type Added =
  | { state: 'added'; track: Track }
  | { state: 'known'; track: Track }
  | { state: 'similar'; track: Track; confidence: number; kind?: 'same' | 'excerpt' | 'contains' };

/** Confidence from which an answer is called certain. */
export const CERTAIN = 0.99;
const LIKELY = 0.9;

export function surenessOf(confidence: number): 'certain' | 'likely' | 'perhaps' {
  if (confidence >= CERTAIN) return 'certain';
  return confidence >= LIKELY ? 'likely' : 'perhaps';
}

/** A tag set to undefined is deleted. */
export interface TrackEdit {
  id: TrackId;
  changes: Partial<Tags> & { enabled?: boolean; added?: number };
}

export interface Engine {
  /** The stored sessions; see `sessions/session-model.ts`. */
  sessions: Sessions;
  /** The published catalogues that this library subscribes to. */
  catalogues: Catalogues;
  status(): Promise<LibraryStatus>;
  /** Exact matches; if there are none, similar ones. */
  tracks(query: TrackQuery): Promise<TrackPage>;
  /** Of all tracks that match, whatever `offset` and `limit`. */
  trackIds(query: TrackQuery): Promise<TrackId[]>;
  /** Someone is about to search: makes the first answer as fast as the later ones. */
  prepareSearch(): Promise<void>;
  /** All artists or all albums. */
  groups(by: 'artist' | 'album', search?: string): Promise<TrackGroup[]>;
  track(id: TrackId): Promise<Track | undefined>;
  cover(id: TrackId): Promise<Blob | undefined>;
  /** Replaces the cover of a track, a small picture, or removes it. */
  setCover(id: TrackId, cover: Blob | undefined): Promise<void>;
  /** The lyrics of a track, LRC or plain: see `lyrics/parse-lyrics.ts`. */
  lyrics(id: TrackId): Promise<string | undefined>;
  /** Replaces the lyrics of a track, or removes them. */
  setLyrics(id: TrackId, text: string | undefined): Promise<void>;
  /** The peaks of a track, for drawing. */
  constellation(id: TrackId): Promise<{ frames: Uint32Array; bins: Uint16Array; frameCount: number } | undefined>;
  /** The track that was learnt from these bytes. */
  known(contentId: string): Promise<Track | undefined>;
  add(learnt: Learnt, options?: { evenIfSimilar?: boolean }): Promise<Added>;
  edit(id: TrackId, changes: TrackEdit['changes']): Promise<void>;
  /** All of them or none. */
  editMany(edits: TrackEdit[]): Promise<void>;
  /** Removes tracks; `restore` brings them back until the engine closes or `forget` is called. */
  remove(ids: TrackId[]): Promise<void>;
  restore(ids: TrackId[]): Promise<void>;

  /** Never again names this track for this sound, at most half a minute of it. The number takes it back: see `allow`. */
  refuse(sound: Pcm, track: TrackId): Promise<number>;
  allow(refusal: number): Promise<void>;

  recognize(sound: Pcm, options?: RecognizeOptions, signal?: AbortSignal): Promise<Recognition>;
  /** The same for a clip that was analysed elsewhere: `clip` is what `packClip` made of it, see `clip-bytes.ts`. */
  recognizePeaks(clip: Uint8Array, options?: RecognizeOptions, signal?: AbortSignal): Promise<Recognition>;
  /** Recognises a clip and says what led to the answer; for the lab. */
  examine(sound: Pcm, options?: { threshold?: number }, signal?: AbortSignal): Promise<Examination>;
  listen(sampleRate: number, options: ListenOptions, heard: (heard: Heard) => void): Promise<Listening>;
  /** Finds all tracks in a recording, with their times. */
  analyse(
    sampleRate: number,
    options?: AnalyseOptions,
    progress?: (progress: AnalyseProgress) => void,
  ): Promise<Analysing>;

  exportBundle(
    options: BundleOptions,
    write: (bytes: Uint8Array) => Promise<void>,
    progress?: (p: Progress) => void,
  ): Promise<void>;
  previewBundle(bundle: Blob): Promise<BundlePreview>;
  importBundle(
    bundle: Blob,
    mode: 'merge' | 'replace',
    progress?: (p: Progress) => void,
    signal?: AbortSignal,
  ): Promise<{ added: number; known: number }>;

  /** Pairs of tracks that share sound, over the whole library, the most similar first. */
  findDuplicates(progress?: (p: Progress) => void, signal?: AbortSignal): Promise<Duplicate[]>;
  /** The user wants to keep both: `findDuplicates` never again returns this pair. */
  keepPair(track: TrackId, other: TrackId): Promise<void>;

  /** Checks every checksum and repairs what can be rebuilt from prints. */
  verify(progress?: (p: Progress) => void): Promise<{ repaired: string[]; lost: string[] }>;
  /**
   * Calls back when this or another tab changes the library; returns a function that unsubscribes. Takes effect at once, even
   * before the library is open.
   */
  watch(changed: (change: EngineChange) => void): Promise<() => void>;
  close(): Promise<void>;
}

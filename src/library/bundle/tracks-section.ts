/** The JSON parts of a bundle, its header and its list of tracks: writes them, and validates them when reading. */
import type { Tags, Track } from '../../types.ts';
import { damaged } from './sections.ts';

/** The header of a bundle. */
export interface BundleHead {
  name: string;
  /** Milliseconds since 1970. */
  made: number;
  /** FORMAT of the kernel that made the prints. */
  kernel: number;
  tracks: number;
  seconds: number;
  /** How many sessions follow the tracks. Only in backups. */
  sessions?: number;
  /** How many refusals follow the sessions. Only in backups. */
  refusals?: number;
  /** Subscriptions, as `catalogue/catalogue-backup.ts` reads them. Only in backups. */
  catalogues?: unknown[];
}

/** A track in the list of a bundle: everything but print and cover. */
export interface BundleEntry {
  contentId: string;
  seconds: number;
  learntSeconds: number;
  title?: string;
  artist?: string;
  album?: string;
  year?: number;
  trackNumber?: number;
  fileName?: string;
  cover?: string;
  /** Its lyrics follow its print and cover. */
  lyrics?: true;
  /** The catalogue that it came with, and its piece. Only in backups. */
  catalogue?: number;
  piece?: string;
}

export const COVER_TYPES = ['image/webp', 'image/jpeg', 'image/png'];

/** Control characters and those that change the writing direction; no title needs them. */
const UNWANTED = /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\p{Surrogate}]/gu;
const LONGEST_TEXT = 500;

/** Cleans a text from elsewhere. Cleaning it again changes nothing. */
export const cleaned = (text: string) => text.slice(0, LONGEST_TEXT).replace(UNWANTED, '').trim();

/** Fields in a fixed order, without empty ones, so that the same track always gives the same bytes. */
export function entryOf(
  track: Track,
  wanted: { tags: boolean; fileNames: boolean },
  coverType: string | undefined,
  hasLyrics = false,
): BundleEntry {
  const entry: BundleEntry = {
    contentId: track.contentId,
    seconds: track.seconds,
    learntSeconds: track.learntSeconds,
  };
  if (wanted.tags) {
    entry.title = cleaned(track.title);
    if (track.artist && cleaned(track.artist)) entry.artist = cleaned(track.artist);
    if (track.album && cleaned(track.album)) entry.album = cleaned(track.album);
    if (isCount(track.year)) entry.year = track.year;
    if (isCount(track.trackNumber)) entry.trackNumber = track.trackNumber;
  }
  if (wanted.fileNames && cleaned(track.fileName)) entry.fileName = cleaned(track.fileName);
  if (coverType) entry.cover = coverType;
  if (hasLyrics) entry.lyrics = true;
  return entry;
}

const isCount = (value: unknown): value is number =>
  Number.isInteger(value) && Number(value) >= 0 && Number(value) < 1e5;
const isSpan = (value: unknown): value is number => Number.isFinite(value) && Number(value) >= 0 && Number(value) < 1e8;
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export function checkedHead(value: unknown): BundleHead {
  if (!isObject(value)) throw damaged('it has no header');
  const { name, made, kernel, tracks, seconds, sessions = 0, refusals = 0, catalogues = [] } = value;
  const isSane =
    typeof name === 'string' &&
    isCount(kernel) &&
    [made, tracks, sessions, refusals].every((number) => Number.isSafeInteger(number)) &&
    Number(sessions) >= 0 &&
    Number(refusals) >= 0 &&
    Array.isArray(catalogues);
  if (!isSane || Number(tracks) < 0 || !Number.isFinite(seconds) || Number(seconds) < 0) {
    throw damaged('its header is invalid');
  }
  const head = { name: cleaned(name), made: Number(made), kernel, tracks: Number(tracks), seconds: Number(seconds) };
  return {
    ...head,
    ...(Number(sessions) > 0 && { sessions: Number(sessions) }),
    ...(Number(refusals) > 0 && { refusals: Number(refusals) }),
    ...((catalogues as unknown[]).length > 0 && { catalogues: catalogues as unknown[] }),
  };
}

export function checkedEntry(value: unknown): BundleEntry {
  if (!isObject(value)) throw damaged('a track in its list is invalid');
  const { contentId, seconds, learntSeconds, title, artist, album, year, trackNumber, fileName, cover, lyrics } = value;
  const isText = (text: unknown) => text === undefined || typeof text === 'string';
  const isSane =
    typeof contentId === 'string' &&
    /^[0-9a-f]{32,128}$/.test(contentId) &&
    isSpan(seconds) &&
    isSpan(learntSeconds) &&
    [title, artist, album, fileName].every(isText) &&
    [year, trackNumber].every((count) => count === undefined || isCount(count)) &&
    (cover === undefined || COVER_TYPES.includes(String(cover))) &&
    (lyrics === undefined || lyrics === true) &&
    (value.catalogue === undefined || Number.isSafeInteger(value.catalogue)) &&
    (value.piece === undefined || /^[0-9a-f]{16}$/.test(String(value.piece)));
  if (!isSane) throw damaged('a track in its list is invalid');
  return value as unknown as BundleEntry; // every field was checked above
}

/** The tags to show for a track. There is always a title. */
export function tagsOf({ contentId, title, artist, album, year, trackNumber, fileName }: BundleEntry): Tags {
  const tags: Tags = {
    title: cleaned(title ?? '') || cleaned(fileName ?? '').replace(/\.[^.]*$/, '') || `Track ${contentId.slice(0, 8)}`,
  };
  if (artist && cleaned(artist)) tags.artist = cleaned(artist);
  if (album && cleaned(album)) tags.album = cleaned(album);
  if (year !== undefined) tags.year = year;
  if (trackNumber !== undefined) tags.trackNumber = trackNumber;
  return tags;
}

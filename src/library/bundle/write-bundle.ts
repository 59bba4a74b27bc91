/**
 * Writes a bundle: a library, or part of it, in one file, without the music. Bundles are written and read one track at a time, so
 * their size does not matter. The same tracks give the same bytes everywhere. Nothing in them is compressed: gzip would shorten
 * prints by only 1 %, covers are compressed already, and a reader need not fear decompression bombs.
 */
import { UserError } from '../../errors.ts';
import type { Track, TrackId } from '../../types.ts';
import { printHeader } from '../prints/print.ts';
import type { Row } from '../shelf/shelf.ts';
import { BUNDLE_VERSION, json, LISTED_AT_ONCE, PLAIN_VERSION, section, startBytes } from './sections.ts';
import { type BundleEntry, type BundleHead, COVER_TYPES, cleaned, entryOf } from './tracks-section.ts';

export interface BundleOptions {
  name?: string;
  /** Milliseconds since 1970. Default: now. */
  made?: number;
  /** Default: all tracks. */
  tracks?: TrackId[];
  /** Which of tags, file names and covers to include. Default: tags and covers. */
  tags?: boolean;
  covers?: boolean;
  fileNames?: boolean;
  /** Include lyrics. Default: no, because they are usually not one's own. */
  lyrics?: boolean;
  /** Include all sessions and refusals: for a backup, not for sharing. Default: no. */
  sessions?: boolean;
}

export interface Progress {
  done: number;
  total: number;
}

/** What a bundle needs from a library. */
interface BundleSource {
  track(id: TrackId): Track | undefined;
  ids(): TrackId[];
  packedPrints(ids: TrackId[]): Promise<(Row | undefined)[]>;
  cover(id: TrackId): Promise<Blob | undefined>;
  /** Whether the track is still stored: another program may have removed it. */
  isStored(id: TrackId): Promise<boolean>;
}

/** Size of the writes to the stream. */
const WRITTEN_BYTES = 2 ** 20;
const PRINTS_AT_ONCE = 32;

/** What was listened to, for a backup. */
export interface BundledSession {
  /** UTF-8 of a JSON object; `hasStrip` says whether a strip follows. */
  json: Uint8Array;
  strip?: Uint8Array;
}

export interface BundledSessions {
  count: number;
  rows: AsyncIterable<BundledSession>;
}

/** The subscriptions of a library, for a backup. */
export interface BundledCatalogues {
  rows: object[];
  /** Where a track came from. */
  of(id: TrackId): { catalogue?: number; piece?: string };
}

/** What a bundle may hold besides tracks, prints and covers. */
export interface BundleExtras {
  lyrics?: { has(id: TrackId): boolean; of(id: TrackId): Promise<string | undefined> };
  sessions?: BundledSessions;
  /** Rows of refusals. */
  refusals?: Uint8Array[];
  catalogues?: BundledCatalogues;
}

export async function writeBundle(
  library: BundleSource,
  kernel: number,
  options: BundleOptions,
  write: (bytes: Uint8Array) => Promise<void>,
  progress: (p: Progress) => void = () => {},
  { lyrics, sessions, refusals = [], catalogues }: BundleExtras = {},
): Promise<void> {
  const { name = '', made = Date.now(), tracks: ids = library.ids() } = options;
  const { tags = true, covers = true, fileNames = false } = options;
  const tracks = inOrder(ids.flatMap((id) => library.track(id) ?? []));
  const out = new Gathered(write);
  const seconds = tracks.reduce((sum, track) => sum + track.learntSeconds, 0);
  const head: BundleHead = { name: cleaned(name), made, kernel, tracks: tracks.length, seconds };
  if (sessions) head.sessions = sessions.count;
  if (refusals.length > 0) head.refusals = refusals.length;
  if (catalogues) head.catalogues = catalogues.rows;
  const hasLyrics = ({ id }: Track) => lyrics?.has(id) === true;
  const isPlain = !sessions && refusals.length === 0 && !tracks.some(hasLyrics);
  await out.add(startBytes(isPlain ? PLAIN_VERSION : BUNDLE_VERSION));
  await out.add(section('HEAD', json(head)));

  const coverOf = async ({ id, hasCover }: Track) => (covers && hasCover ? library.cover(id) : undefined);
  for (let start = 0; start < tracks.length; start += LISTED_AT_ONCE) {
    const listed = tracks.slice(start, start + LISTED_AT_ONCE);
    const entries: BundleEntry[] = [];
    for (const track of listed)
      entries.push({
        ...entryOf(track, { tags, fileNames }, knownType(await coverOf(track)), hasLyrics(track)),
        ...catalogues?.of(track.id),
      });
    await out.add(section('LIST', json(entries)));
  }

  for (let start = 0; start < tracks.length; start += PRINTS_AT_ONCE) {
    const some = tracks.slice(start, start + PRINTS_AT_ONCE);
    const prints = await library.packedPrints(some.map(({ id }) => id));
    for (const [i, track] of some.entries()) {
      const print = prints[i];
      if (!print || printHeader(print).format !== kernel) {
        throw await printFault(library, track);
      }
      await out.add(section('PRNT', print));
      const cover = await coverOf(track);
      if (cover && knownType(cover)) await out.add(section('COVR', new Uint8Array(await cover.arrayBuffer())));
      if (hasLyrics(track)) {
        await out.add(section('LYRC', new TextEncoder().encode((await lyrics?.of(track.id)) ?? '')));
      }
    }
    progress({ done: start + some.length, total: tracks.length });
  }
  for await (const { json: session, strip } of sessions?.rows ?? []) {
    await out.add(section('SESS', session));
    if (strip) await out.add(section('STRP', strip));
  }
  for (const refusal of refusals) await out.add(section('REFU', refusal));
  await out.add(section('END', new Uint8Array(0)));
  await out.flush();
}

/** Why a print cannot be read. */
async function printFault(library: BundleSource, { id, title }: Track): Promise<UserError> {
  return (await library.isStored(id))
    ? new UserError('LibraryDamaged', `The print of “${title}” is damaged. Learn its file again.`)
    : new UserError('LibraryBusy', `“${title}” was removed while the bundle was written. Write it again.`);
}

/** Sorts by content id and drops duplicates, so that a bundle does not depend on the order in which tracks were added. */
function inOrder(tracks: Track[]): Track[] {
  const byContent = new Map(tracks.map((track) => [track.contentId, track]));
  return [...byContent.values()].sort((a, b) => (a.contentId < b.contentId ? -1 : 1));
}

/** Leaves out covers of unusual media types. */
const knownType = (cover: Blob | undefined) => COVER_TYPES.find((type) => type === cover?.type);

/** Gathers small pieces into larger writes. */
class Gathered {
  private pieces: Uint8Array[] = [];
  private bytes = 0;

  constructor(private readonly write: (bytes: Uint8Array) => Promise<void>) {}

  async add(piece: Uint8Array): Promise<void> {
    this.pieces.push(piece);
    this.bytes += piece.length;
    if (this.bytes >= WRITTEN_BYTES) await this.flush();
  }

  async flush(): Promise<void> {
    const whole = new Uint8Array(this.bytes);
    let at = 0;
    for (const piece of this.pieces) {
      whole.set(piece, at);
      at += piece.length;
    }
    this.pieces = [];
    this.bytes = 0;
    await this.write(whole);
  }
}

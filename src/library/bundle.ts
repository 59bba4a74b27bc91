/**
 * Bundles: a library, or some of it, in one file, without the music. Written and read a track at a time, so that its size
 * does not matter; the same tracks give the same bytes everywhere. Nothing in it is compressed: prints are as short as
 * their entropy (gzip takes off 1 %), covers are compressed already, and what does not unfold cannot explode.
 */
import { UserError } from '../errors.ts';
import type { Tags, Track, TrackId } from '../types.ts';
import {
  type BundleEntry,
  type BundleHead,
  BundleReader,
  COVER_TYPES,
  checkedEntry,
  checkedHead,
  checkStart,
  cleaned,
  damaged,
  entryOf,
  json,
  LISTED_AT_ONCE,
  START_BYTES,
  section,
  startBytes,
} from './bundle-parts.ts';
import type { Incoming } from './intake.ts';
import { printHeader, unpackPrint } from './print.ts';
import type { Row } from './shelf.ts';

export interface BundleOptions {
  name?: string;
  /** Milliseconds since 1970; now, if not said. */
  made?: number;
  /** All, if not said. */
  tracks?: TrackId[];
  /** Whether titles, artists and so on go along; so do file names and covers. Default: tags and covers. */
  tags?: boolean;
  covers?: boolean;
  fileNames?: boolean;
}

export interface BundlePreview {
  name: string;
  /** Milliseconds since 1970. */
  made: number;
  trackCount: number;
  seconds: number;
  bytes: number;
  newCount: number;
  knownCount: number;
  /** Of the first hundred tracks. */
  titles: string[];
}

export interface Progress {
  done: number;
  total: number;
}

/** What a bundle needs of a library. */
export interface BundleSource {
  track(id: TrackId): Track | undefined;
  ids(): TrackId[];
  packedPrints(ids: TrackId[]): Promise<(Row | undefined)[]>;
  cover(id: TrackId): Promise<Blob | undefined>;
}

/** Written at once, so that a stream is not asked too often. */
const WRITTEN_BYTES = 2 ** 20;
const PRINTS_AT_ONCE = 32;
const TITLES_SHOWN = 100;
/** Twice as many as kernels have had so far: longer prints would waste the tape. */
const MOST_FRAMES_PER_SECOND = 100;

export async function writeBundle(
  library: BundleSource,
  kernel: number,
  options: BundleOptions,
  write: (bytes: Uint8Array) => Promise<void>,
  progress: (p: Progress) => void = () => {},
): Promise<void> {
  const { name = '', made = Date.now(), tracks: ids = library.ids() } = options;
  const { tags = true, covers = true, fileNames = false } = options;
  const tracks = inOrder(ids.flatMap((id) => library.track(id) ?? []));
  const out = new Gathered(write);
  const seconds = tracks.reduce((sum, track) => sum + track.learntSeconds, 0);
  const head: BundleHead = { name: cleaned(name), made, kernel, tracks: tracks.length, seconds };
  await out.add(startBytes());
  await out.add(section('HEAD', json(head)));

  const coverOf = async ({ id, hasCover }: Track) => (covers && hasCover ? library.cover(id) : undefined);
  for (let start = 0; start < tracks.length; start += LISTED_AT_ONCE) {
    const listed = tracks.slice(start, start + LISTED_AT_ONCE);
    const entries: BundleEntry[] = [];
    for (const track of listed) entries.push(entryOf(track, { tags, fileNames }, knownType(await coverOf(track))));
    await out.add(section('LIST', json(entries)));
  }

  for (let start = 0; start < tracks.length; start += PRINTS_AT_ONCE) {
    const some = tracks.slice(start, start + PRINTS_AT_ONCE);
    const prints = await library.packedPrints(some.map(({ id }) => id));
    for (const [i, track] of some.entries()) {
      const print = prints[i];
      if (!print || printHeader(print).format !== kernel) {
        throw new UserError('LibraryDamaged', `The print of “${track.title}” is damaged. Learn its file again.`);
      }
      await out.add(section('PRNT', print));
      const cover = await coverOf(track);
      if (cover && knownType(cover)) await out.add(section('COVR', new Uint8Array(await cover.arrayBuffer())));
      progress({ done: start + i + 1, total: tracks.length });
    }
  }
  await out.add(section('END', new Uint8Array(0)));
  await out.flush();
}

export async function previewBundle(
  bundle: Blob,
  kernel: number,
  isKnown: (contentId: string) => boolean,
): Promise<BundlePreview> {
  const { head, entries } = await opened(bundle, kernel);
  const knownCount = entries.filter(({ contentId }) => isKnown(contentId)).length;
  return {
    name: head.name,
    made: head.made,
    trackCount: entries.length,
    seconds: head.seconds,
    bytes: bundle.size,
    newCount: entries.length - knownCount,
    knownCount,
    titles: entries.slice(0, TITLES_SHOWN).map((entry) => tagsOf(entry).title),
  };
}

/** The tracks of a bundle. It ends without a fault only if all of the bundle proved sound. */
export async function* readBundle(
  bundle: Blob,
  kernel: number,
  progress: (p: Progress) => void = () => {},
  signal?: AbortSignal,
): AsyncGenerator<Incoming> {
  const { reader, entries } = await opened(bundle, kernel);
  for (const [i, entry] of entries.entries()) {
    signal?.throwIfAborted();
    const { payload: print } = await reader.section('PRNT');
    const { format, frameCount } = unpackPrint(print, 'BundleDamaged');
    if (format !== kernel || frameCount > (entry.learntSeconds + 10) * MOST_FRAMES_PER_SECOND) {
      throw damaged('a print is not that of its track');
    }
    const cover = entry.cover && new Blob([(await reader.section('COVR')).payload.slice()], { type: entry.cover });
    yield {
      tags: tagsOf(entry),
      contentId: entry.contentId,
      fileName: cleaned(entry.fileName ?? ''),
      seconds: entry.seconds,
      learntSeconds: entry.learntSeconds,
      print,
      ...(cover ? { cover } : {}),
    };
    progress({ done: i + 1, total: entries.length });
  }
  await reader.section('END');
  if (reader.left > 0) throw damaged('something follows its end');
}

/** Ordered by content id, each once: so a bundle does not tell how a library came about, and is the same every time. */
function inOrder(tracks: Track[]): Track[] {
  const byContent = new Map(tracks.map((track) => [track.contentId, track]));
  return [...byContent.values()].sort((a, b) => (a.contentId < b.contentId ? -1 : 1));
}

/** A cover of a type that nobody should have to show is left out. */
const knownType = (cover: Blob | undefined) => COVER_TYPES.find((type) => type === cover?.type);

function tagsOf({ contentId, title, artist, album, year, trackNumber, fileName }: BundleEntry): Tags {
  const tags: Tags = {
    title: cleaned(title ?? '') || cleaned(fileName ?? '').replace(/\.[^.]*$/, '') || `Track ${contentId.slice(0, 8)}`,
  };
  if (artist && cleaned(artist)) tags.artist = cleaned(artist);
  if (album && cleaned(album)) tags.album = cleaned(album);
  if (year !== undefined) tags.year = year;
  if (trackNumber !== undefined) tags.trackNumber = trackNumber;
  return tags;
}

/** Head and list, checked; the reader stands before the first print. */
async function opened(
  bundle: Blob,
  kernel: number,
): Promise<{ reader: BundleReader; head: BundleHead; entries: BundleEntry[] }> {
  const reader = new BundleReader(bundle);
  checkStart(await reader.take(START_BYTES));
  const head = checkedHead(await reader.json('HEAD'));
  if (head.kernel !== kernel) {
    const advice = head.kernel < kernel ? 'Learn the music again and make a new bundle.' : 'Update Entendu to open it.';
    throw new UserError(
      'BundleOtherKernel',
      `The prints in this bundle are of format ${head.kernel}, and this version hears in format ${kernel}. ${advice}`,
    );
  }
  const entries: BundleEntry[] = [];
  while (entries.length < head.tracks) {
    const listed = await reader.json('LIST');
    if (!Array.isArray(listed) || listed.length === 0 || listed.length > LISTED_AT_ONCE) {
      throw damaged('its list makes no sense');
    }
    for (const value of listed) {
      const entry = checkedEntry(value);
      const last = entries.at(-1);
      if (last && last.contentId >= entry.contentId) throw damaged('its list is out of order');
      entries.push(entry);
    }
  }
  if (entries.length !== head.tracks) throw damaged('its list is too long');
  return { reader, head, entries };
}

/** Small pieces on their way to a stream. */
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

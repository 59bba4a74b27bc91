/**
 * Reads bundles one track at a time, so their size does not matter. Everything is validated before it is used; see `FORMAT.md`.
 */
import { UserError } from '../../errors.ts';
import { unpackNewPrint } from '../prints/print.ts';
import type { Incoming } from '../tracks/new-rows.ts';
import { BundleReader, checkStart, damaged, LISTED_AT_ONCE, START_BYTES } from './sections.ts';
import { type BundleEntry, type BundleHead, checkedEntry, checkedHead, cleaned, tagsOf } from './tracks-section.ts';
import type { BundledSession, Progress } from './write-bundle.ts';

export interface BundlePreview {
  name: string;
  /** Milliseconds since 1970. */
  made: number;
  trackCount: number;
  seconds: number;
  bytes: number;
  newCount: number;
  knownCount: number;
  /** From the first hundred tracks. */
  titles: string[];
  /** Sessions in a backup. */
  sessionCount: number;
}

/** The sections of a track: its print, and what else it has. */
const sectionsOf = ({ cover, lyrics }: BundleEntry): string[] => [
  'PRNT',
  ...(cover ? ['COVR'] : []),
  ...(lyrics ? ['LYRC'] : []),
];

const TITLES_SHOWN = 100;
/** Tracks between two progress reports: thousands are read per second. */
const TOLD_AFTER = 32;
/** Twice the frame rate of any kernel so far. Prints with more frames per second would waste the tape. */
const MOST_FRAMES_PER_SECOND = 100;

export async function previewBundle(
  bundle: Blob,
  kernel: number,
  isKnown: (contentId: string) => boolean,
): Promise<BundlePreview> {
  const { head, reader } = await opened(bundle, kernel);
  const titles: string[] = [];
  const sections: string[] = [];
  let knownCount = 0;
  for await (const entry of listed(reader, head)) {
    if (isKnown(entry.contentId)) knownCount++;
    if (titles.length < TITLES_SHOWN) titles.push(tagsOf(entry).title);
    sections.push(...sectionsOf(entry));
  }
  await checkLength(reader, sections, head);
  return {
    name: head.name,
    made: head.made,
    trackCount: head.tracks,
    seconds: head.seconds,
    bytes: bundle.size,
    newCount: head.tracks - knownCount,
    knownCount,
    titles,
    sessionCount: head.sessions ?? 0,
  };
}

/** The tracks of a bundle. The iteration ends without an error only if the whole bundle is valid. */
export async function* readBundle(
  bundle: Blob,
  kernel: number,
  progress: (p: Progress) => void = () => {},
): AsyncGenerator<Incoming> {
  // The list comes before the prints and may be too long for memory. So one reader skips it to reach the prints, while a second one
  // reads the list in step with them.
  const { head, reader } = await opened(bundle, kernel);
  for await (const _ of listed(reader, head));
  const list = listed((await opened(bundle, kernel)).reader, head);
  let done = 0;
  for await (const entry of list) {
    const { payload: print } = await reader.section('PRNT');
    const { format, frameCount } = unpackNewPrint(print, 'BundleDamaged');
    if (format !== kernel || frameCount > (entry.learntSeconds + 10) * MOST_FRAMES_PER_SECOND) {
      throw damaged('a print does not belong to its track');
    }
    const cover = entry.cover && new Blob([(await reader.section('COVR')).payload.slice()], { type: entry.cover });
    const lyrics = entry.lyrics && textOf((await reader.section('LYRC')).payload);
    yield {
      tags: tagsOf(entry),
      contentId: entry.contentId,
      fileName: cleaned(entry.fileName ?? ''),
      seconds: entry.seconds,
      learntSeconds: entry.learntSeconds,
      print,
      ...(cover ? { cover } : {}),
      ...(lyrics ? { lyrics } : {}),
      ...(entry.catalogue !== undefined && { catalogue: entry.catalogue, piece: entry.piece }),
    };
    if (++done % TOLD_AFTER === 0 || done === head.tracks) progress({ done, total: head.tracks });
  }
  await skipSessions(reader, head);
  for (let i = 0; i < (head.refusals ?? 0); i++) await reader.section('REFU');
  await atEnd(reader);
}

/** The subscriptions of a backup, not checked yet. */
export async function readCatalogues(bundle: Blob, kernel: number): Promise<unknown[]> {
  return (await opened(bundle, kernel)).head.catalogues ?? [];
}

/** The sessions of a backup, in the order in which they were written. The tracks before them are skipped. */
export async function* readSessions(bundle: Blob, kernel: number): AsyncGenerator<BundledSession> {
  const { head, reader } = await opened(bundle, kernel);
  if (!head.sessions) return;
  await skipTracks(reader, head);
  yield* sessionsIn(reader, head);
}

/** The refusals of a backup, as rows. */
export async function* readRefusals(bundle: Blob, kernel: number): AsyncGenerator<Uint8Array> {
  const { head, reader } = await opened(bundle, kernel);
  if (!head.refusals) return;
  await skipTracks(reader, head);
  await skipSessions(reader, head);
  for (let i = 0; i < head.refusals; i++) yield (await reader.section('REFU')).payload;
}

async function skipTracks(reader: BundleReader, head: BundleHead): Promise<void> {
  const sections: string[] = [];
  for await (const entry of listed(reader, head)) sections.push(...sectionsOf(entry));
  for (const section of sections) await reader.skip(section);
}

async function skipSessions(reader: BundleReader, head: BundleHead): Promise<void> {
  for await (const _ of sessionsIn(reader, head));
}

async function* sessionsIn(
  reader: BundleReader,
  { sessions = 0 }: Pick<BundleHead, 'sessions'>,
): AsyncGenerator<BundledSession> {
  for (let i = 0; i < sessions; i++) {
    const { payload: json } = await reader.section('SESS');
    const strip = hasStrip(json) ? (await reader.section('STRP')).payload : undefined;
    yield { json, ...(strip && { strip }) };
  }
}

function hasStrip(json: Uint8Array): boolean {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(json)).hasStrip === true;
  } catch (error) {
    throw new UserError('BundleDamaged', 'This bundle is damaged: a session in it cannot be read.', { cause: error });
  }
}

/** Checks that the bundle is complete, before the user agrees to open it. The content of its sections is checked later, on reading. */
async function checkLength(reader: BundleReader, sections: string[], head: BundleHead): Promise<void> {
  for (const section of sections) await reader.skip(section);
  await skipSessions(reader, head);
  for (let i = 0; i < (head.refusals ?? 0); i++) await reader.skip('REFU');
  await atEnd(reader);
}

/** Lyrics, cleaned of what no text needs. */
function textOf(bytes: Uint8Array): string {
  const text = new TextDecoder().decode(bytes);
  return text.replace(/(?![\t\n])[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, '').trim();
}

async function atEnd(reader: BundleReader): Promise<void> {
  await reader.section('END');
  if (reader.left > 0) throw damaged('there is data after its end');
}

/** Reads and validates start and header; the reader is then at the start of the list. */
async function opened(bundle: Blob, kernel: number): Promise<{ reader: BundleReader; head: BundleHead }> {
  const reader = new BundleReader(bundle);
  checkStart(await reader.take(START_BYTES));
  const head = checkedHead(await reader.json('HEAD'));
  if (head.kernel !== kernel) {
    const advice = head.kernel < kernel ? 'Learn the music again and make a new bundle.' : 'Update Entendu to open it.';
    throw new UserError(
      'BundleOtherKernel',
      `The prints in this bundle have format ${head.kernel}, but this version of Entendu uses format ${kernel}. ${advice}`,
    );
  }
  return { reader, head };
}

/** Reads and validates the list, section by section; the reader is then at the first print. */
async function* listed(reader: BundleReader, head: BundleHead): AsyncGenerator<BundleEntry> {
  let last = '';
  for (let count = 0; count < head.tracks; ) {
    const values = await reader.json('LIST');
    if (!Array.isArray(values) || values.length === 0 || values.length > LISTED_AT_ONCE) {
      throw damaged('its list of tracks is invalid');
    }
    count += values.length;
    if (count > head.tracks) throw damaged('its list has too many tracks');
    for (const value of values) {
      const entry = checkedEntry(value);
      if (last >= entry.contentId) throw damaged('its list is out of order');
      last = entry.contentId;
      yield entry;
    }
  }
}

/**
 * Bundles are read a track at a time, whatever their size, and nothing in them is believed before it is checked: see
 * `FORMAT.md`.
 */
import { UserError } from '../../errors.ts';
import { unpackNewPrint } from '../print.ts';
import type { Incoming } from '../tracks/new-rows.ts';
import { BundleReader, checkStart, damaged, LISTED_AT_ONCE, START_BYTES } from './sections.ts';
import { type BundleEntry, type BundleHead, checkedEntry, checkedHead, cleaned, tagsOf } from './tracks-section.ts';
import type { Progress } from './write-bundle.ts';

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

const TITLES_SHOWN = 100;
/** Tracks from one word of progress to the next: there are thousands a second. */
const TOLD_AFTER = 32;
/** Twice as many as kernels have had so far: longer prints would waste the tape. */
const MOST_FRAMES_PER_SECOND = 100;

export async function previewBundle(
  bundle: Blob,
  kernel: number,
  isKnown: (contentId: string) => boolean,
): Promise<BundlePreview> {
  const { head, reader } = await opened(bundle, kernel);
  const titles: string[] = [];
  const hasCover: boolean[] = [];
  let knownCount = 0;
  for await (const entry of listed(reader, head)) {
    if (isKnown(entry.contentId)) knownCount++;
    if (titles.length < TITLES_SHOWN) titles.push(tagsOf(entry).title);
    hasCover.push(Boolean(entry.cover));
  }
  await checkLength(reader, hasCover);
  return {
    name: head.name,
    made: head.made,
    trackCount: head.tracks,
    seconds: head.seconds,
    bytes: bundle.size,
    newCount: head.tracks - knownCount,
    knownCount,
    titles,
  };
}

/** The tracks of a bundle. It ends without a fault only if all of the bundle proved sound. */
export async function* readBundle(
  bundle: Blob,
  kernel: number,
  progress: (p: Progress) => void = () => {},
): AsyncGenerator<Incoming> {
  // The list lies before the prints and may be long: one reader goes on to its end, another reads it along with them.
  const { head, reader } = await opened(bundle, kernel);
  for await (const _ of listed(reader, head));
  const list = listed((await opened(bundle, kernel)).reader, head);
  let done = 0;
  for await (const entry of list) {
    const { payload: print } = await reader.section('PRNT');
    const { format, frameCount } = unpackNewPrint(print, 'BundleDamaged');
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
    if (++done % TOLD_AFTER === 0 || done === head.tracks) progress({ done, total: head.tracks });
  }
  await atEnd(reader);
}

/** Finds a bundle cut short before anyone agrees to open it; what its parts hold is checked when they are read. */
async function checkLength(reader: BundleReader, hasCover: boolean[]): Promise<void> {
  for (const isPictured of hasCover) {
    await reader.skip('PRNT');
    if (isPictured) await reader.skip('COVR');
  }
  await atEnd(reader);
}

async function atEnd(reader: BundleReader): Promise<void> {
  await reader.section('END');
  if (reader.left > 0) throw damaged('something follows its end');
}

/** Beginning and head, checked; the reader stands before the list. */
async function opened(bundle: Blob, kernel: number): Promise<{ reader: BundleReader; head: BundleHead }> {
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
  return { reader, head };
}

/** The list, checked, a section at a time; the reader then stands before the first print. */
async function* listed(reader: BundleReader, head: BundleHead): AsyncGenerator<BundleEntry> {
  let last = '';
  for (let count = 0; count < head.tracks; ) {
    const values = await reader.json('LIST');
    if (!Array.isArray(values) || values.length === 0 || values.length > LISTED_AT_ONCE) {
      throw damaged('its list makes no sense');
    }
    count += values.length;
    if (count > head.tracks) throw damaged('its list is too long');
    for (const value of values) {
      const entry = checkedEntry(value);
      if (last >= entry.contentId) throw damaged('its list is out of order');
      last = entry.contentId;
      yield entry;
    }
  }
}

/**
 * Reads bundles one track at a time, so their size does not matter. Everything is validated before it is used; see `FORMAT.md`.
 */
import { unpackNewPrint } from '../prints/print.ts';
import type { Incoming } from '../tracks/new-rows.ts';
import { BundleWalk } from './bundle-walk.ts';
import { damaged } from './sections.ts';
import { cleaned, tagsOf } from './tracks-section.ts';
import type { BundledSession, Progress } from './write-bundle.ts';

/** Tracks between two progress reports: thousands are read per second. */
const TOLD_AFTER = 32;
/** Twice the frame rate of any kernel so far. Prints with more frames per second would waste the tape. */
const MOST_FRAMES_PER_SECOND = 100;

/** The tracks of a bundle. The iteration ends without an error only if the whole bundle is valid. */
export async function* readBundle(
  bundle: Blob,
  kernel: number,
  progress: (p: Progress) => void = () => {},
): AsyncGenerator<Incoming> {
  // The list comes before the prints and may be too long for memory. So one walk skips it to reach the prints, while a second one
  // reads the list in step with them.
  const walk = await BundleWalk.begin(bundle, kernel);
  const { head } = walk;
  for await (const _ of walk.list());
  const list = (await BundleWalk.begin(bundle, kernel)).list();
  let done = 0;
  for await (const entry of list) {
    const print = await walk.section('PRNT');
    const { format, frameCount } = unpackNewPrint(print, 'BundleDamaged');
    if (format !== kernel || frameCount > (entry.learntSeconds + 10) * MOST_FRAMES_PER_SECOND) {
      throw damaged('a print does not belong to its track');
    }
    const cover = entry.cover && new Blob([(await walk.section('COVR')).slice()], { type: entry.cover });
    const lyrics = entry.lyrics && textOf(await walk.section('LYRC'));
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
  await walk.skipSessions();
  for (let i = 0; i < (head.refusals ?? 0); i++) await walk.section('REFU');
  await walk.end();
}

/** The subscriptions of a backup, not checked yet. */
export async function readCatalogues(bundle: Blob, kernel: number): Promise<unknown[]> {
  return (await BundleWalk.begin(bundle, kernel)).head.catalogues ?? [];
}

/** The sessions of a backup, in the order in which they were written. The tracks before them are skipped. */
export async function* readSessions(bundle: Blob, kernel: number): AsyncGenerator<BundledSession> {
  const walk = await BundleWalk.begin(bundle, kernel);
  if (!walk.head.sessions) return;
  await walk.skipTracks();
  yield* walk.sessions();
}

/** The refusals of a backup, as rows. */
export async function* readRefusals(bundle: Blob, kernel: number): AsyncGenerator<Uint8Array> {
  const walk = await BundleWalk.begin(bundle, kernel);
  if (!walk.head.refusals) return;
  await walk.skipTracks();
  await walk.skipSessions();
  for (let i = 0; i < walk.head.refusals; i++) yield walk.section('REFU');
}

/** Lyrics, cleaned of what no text needs. */
function textOf(bytes: Uint8Array): string {
  const text = new TextDecoder().decode(bytes);
  return text.replace(/(?![\t\n])[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, '').trim();
}

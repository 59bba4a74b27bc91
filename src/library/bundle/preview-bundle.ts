/** Says what is in a bundle, before the user agrees to take it in. */
import { BundleWalk, sectionsOf } from './bundle-walk.ts';
import { tagsOf } from './tracks-section.ts';

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

const TITLES_SHOWN = 100;

export async function previewBundle(
  bundle: Blob,
  kernel: number,
  isKnown: (contentId: string) => boolean,
): Promise<BundlePreview> {
  const walk = await BundleWalk.begin(bundle, kernel);
  const { head } = walk;
  const titles: string[] = [];
  const sections: string[] = [];
  let knownCount = 0;
  for await (const entry of walk.list()) {
    if (isKnown(entry.contentId)) knownCount++;
    if (titles.length < TITLES_SHOWN) titles.push(tagsOf(entry).title);
    sections.push(...sectionsOf(entry));
  }
  await checkLength(walk, sections);
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

/** Checks that the bundle is complete. The content of its sections is checked later, on reading. */
async function checkLength(walk: BundleWalk, sections: string[]): Promise<void> {
  for (const section of sections) await walk.skip(section);
  await walk.skipSessions();
  for (let i = 0; i < (walk.head.refusals ?? 0); i++) await walk.skip('REFU');
  await walk.end();
}

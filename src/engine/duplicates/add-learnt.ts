/** Adds a learnt track to the library, unless the same recording is there already, perhaps from another file. */
import type { Library } from '../../library/library.ts';
import { unpackPrint } from '../../library/prints/print.ts';
import type { Learnt } from '../../types.ts';
import type { Added } from '../api.ts';

export async function addLearnt(
  library: Library,
  learnt: Learnt,
  { evenIfSimilar = false }: { evenIfSimilar?: boolean } = {},
): Promise<Added> {
  for (;;) {
    const { addedCount } = library;
    const similar = evenIfSimilar ? undefined : await similarTo(learnt, library);
    if (similar) return similar;
    // The library decides, under its lock, whether the bytes are known or other tracks were added during the comparison.
    const added = await library.addIfNew(learnt, evenIfSimilar ? undefined : addedCount);
    if (added.state !== 'changed') return added;
  }
}

async function similarTo(learnt: Learnt, library: Library): Promise<Added | undefined> {
  if (library.known(learnt.contentId)) return undefined;
  const { findSimilar } = await import('./similar.ts');
  const similar = await findSimilar(unpackPrint(learnt.print), library);
  const track = similar && library.track(similar.track);
  return track && { state: 'similar', track, confidence: similar.confidence, kind: similar.kind };
}

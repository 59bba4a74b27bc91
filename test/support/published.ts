/** Publishes made-up songs in a folder, as `entendu publish` does. */
import { KERNEL_FORMAT } from '../../src/kernel/format.ts';
import { writeBundle } from '../../src/library/bundle/write-bundle.ts';
import { type Library, openLibrary } from '../../src/library/library.ts';
import { openMemory } from '../../src/library/shelf/memory.ts';
import { type Published, type PublishOptions, publishCatalogue } from '../../src/node/publish/publish-catalogue.ts';
import type { Learnt } from '../../src/types.ts';
import { matching } from './matching.ts';

export async function libraryOf(songs: Iterable<Learnt> | AsyncIterable<Learnt>): Promise<Library> {
  const library = await openLibrary(openMemory(), matching);
  async function* source() {
    yield* songs;
  }
  await library.addAll(source());
  return library;
}

export function publishSongs(library: Library, folder: string, options: PublishOptions = {}): Promise<Published> {
  const source: Parameters<typeof publishCatalogue>[0] = {
    tracks: (query) => library.tracks(query),
    exportBundle: (wanted, write) => writeBundle(library, KERNEL_FORMAT, wanted, write),
  };
  return publishCatalogue(source, folder, options);
}

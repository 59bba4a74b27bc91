/** In place of the engine's worker: searches the same tracks with and without search threads, which are its own workers. */
import { expose } from 'comlink';
import { analyse } from '../../src/engine/clips/analyse.ts';
import { SearchThreads } from '../../src/engine/search-threads/search-threads.ts';
import { searchWorkers } from '../../src/engine/search-threads/start-search-worker.ts';
import { compileKernel } from '../../src/kernel/kernel.ts';
import { kernelUrl } from '../../src/kernel/url.ts';
import type { Index } from '../../src/match/index-view.ts';
import { searchClip } from '../../src/match/search.ts';
import type { SearchResult } from '../../src/match/search-model.ts';
import { memoryIndex } from '../support/memory-index.ts';
import { music } from '../support/music.ts';
import { somePrint } from '../support/prints.ts';

const TRACKS = 400;

interface Compared {
  /** How many tracks each worker compared. */
  shares: number[];
  alone: SearchResult;
  together: SearchResult;
}

/** Searches for music that is not there, for which everything is tried. */
async function compare(cores: number): Promise<Compared> {
  const kernel = await fetch(kernelUrl).then(compileKernel);
  const alone = memoryIndex(new Map(Array.from({ length: TRACKS }, (_, i) => [i + 1, somePrint(i, { seconds: 30 })])));
  const tracks = [...alone.stretches().tracks];
  const { stretches, sketches } = alone;
  const threads = new SearchThreads({ watch: () => () => {}, stretches, sketches }, searchWorkers(cores), 1);
  for (let search = 0; search < 2; search++) threads.elsewhere(tracks);
  await threads.copied();
  const shares = threads.elsewhere(tracks).map(({ positions }) => positions.length);
  const index: Index = { ...alone, elsewhere: async (asked) => threads.elsewhere(asked) };
  const clip = analyse(kernel, music(5, 11025, 105));
  const found = { shares, alone: await searchClip(clip, alone), together: await searchClip(clip, index) };
  threads.close();
  return found;
}

export const searching = { compare };
expose(searching);

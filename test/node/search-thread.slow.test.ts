/** Real threads of Node that search a part of a library. */
import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'vite';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { analyse } from '../../src/engine/clips/analyse.ts';
import type { StartedThread } from '../../src/engine/search-threads/held-elsewhere.ts';
import { SearchThreads } from '../../src/engine/search-threads/search-threads.ts';
import type { Index } from '../../src/match/index-view.ts';
import { searchClip } from '../../src/match/search.ts';
import { startSearchThread } from '../../src/node/start-search-thread.ts';
import type { Print, TrackId } from '../../src/types.ts';
import { clipOf } from '../support/clips.ts';
import { kernelModule } from '../support/kernel.ts';
import { memoryIndex } from '../support/memory-index.ts';
import { music } from '../support/music.ts';
import { somePrint } from '../support/prints.ts';

const programs = join(resolve(import.meta.dirname, '../..'), 'dist', `test-${process.pid}-search`);
const program = pathToFileURL(join(programs, 'search-thread.js'));
const prints = new Map<TrackId, Print>();
let alone: Index;
const open: SearchThreads[] = [];

beforeAll(async () => {
  const made = { ssr: 'src/node/search-thread.ts', outDir: programs };
  await build({ configFile: false, logLevel: 'error', build: made, ssr: { noExternal: ['comlink'] } });
  for (let track = 1; track <= 500; track++) prints.set(track, somePrint(track, { seconds: 30 }));
  alone = memoryIndex(prints);
});
afterEach(() => {
  for (const threads of open.splice(0)) threads.close();
});
afterAll(() => rmSync(programs, { recursive: true, force: true }));

async function together(start: () => StartedThread) {
  const { stretches, sketches } = alone;
  const threads = new SearchThreads({ watch: () => () => {}, stretches, sketches }, { most: 2, start }, 1);
  open.push(threads);
  for (let search = 0; search < 2; search++) threads.elsewhere([...prints.keys()]);
  await threads.copied();
  const index: Index = { ...alone, elsewhere: async (tracks) => threads.elsewhere(tracks) };
  return { index, threads };
}

const clips = [101, 102, 103, 104].map((seed) =>
  analyse(kernelModule, clipOf(music(10, 11025, seed), 1.3, 3 + (seed % 4))),
);

test('threads find what one thread finds', async () => {
  const { index, threads } = await together(() => startSearchThread(program));
  expect(threads.elsewhere([...prints.keys()]).map(({ positions }) => positions.length > 100)).toEqual([true, true]);
  for (const clip of clips) expect(await searchClip(clip, index)).toEqual(await searchClip(clip, alone));
});

test('if they come to an end during a search, the answer is the same', async () => {
  const started: StartedThread[] = [];
  const { index, threads } = await together(() => {
    const thread = startSearchThread(program);
    started.push(thread);
    return thread;
  });
  const expected = await searchClip(clips[0], alone);
  const answer = searchClip(clips[0], index);
  for (const thread of started) thread.end();
  expect(await answer).toEqual(expected);
  expect(threads.elsewhere([...prints.keys()])).toEqual([]);
});

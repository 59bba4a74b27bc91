/** Tabs that share a library, where reading and writing take their time. */
import { expect, test } from 'vitest';
import { openEngine } from '../../src/engine/engine.ts';
import { openLibrary } from '../../src/library/library.ts';
import { openMemory } from '../../src/library/shelf/memory.ts';
import type { Shelf } from '../../src/library/shelf/shelf.ts';
import { learnt } from '../support/engine.ts';
import { kernelModule } from '../support/kernel.ts';
import { matching } from '../support/matching.ts';
import { music } from '../support/music.ts';
import { someLearnt } from '../support/prints.ts';
import { slowShelf } from '../support/slow-shelf.ts';
import { tabs } from '../support/tabs.ts';

const seeds = Array.from({ length: 5 }, (_, seed) => seed);

const songs = Array.from({ length: 4 }, (_, i) => {
  const sound = music(12, 11025, 60 + i);
  const quiet = { ...sound, samples: sound.samples.map((sample) => sample * 0.6) };
  return [learnt(sound, `loud ${i}`), learnt(quiet, `quiet ${i}`)];
});

test.each(seeds)('what four tabs learn at once is there once, whichever file it came from (seed %i)', async (seed) => {
  const shelf = openMemory();
  const enter = tabs();
  const engines = await Promise.all(
    Array.from({ length: 4 }, (_, tab) =>
      openEngine({ shelf: slowShelf(shelf, seed * 10 + tab, 3), kernel: kernelModule, others: enter() }),
    ),
  );
  const added = await Promise.all(
    engines.flatMap((engine, tab) => {
      const files = tab % 2 ? songs.flat() : songs.flat().reverse();
      // Two learners in each tab.
      return [0, 1].map(async (learner) => {
        const states: string[] = [];
        for (const file of files.slice(learner * 4, learner * 4 + 4)) states.push((await engine.add(file)).state);
        return states;
      });
    }),
  );
  expect(added.flat().filter((state) => state === 'added')).toHaveLength(songs.length);
  const library = await openLibrary(shelf, matching);
  expect(library.ids()).toHaveLength(songs.length);
});

/** Calls that have read wait until `goOn` is called. */
function held<A extends unknown[], R>(call: (...args: A) => Promise<R>) {
  let goOn = () => {};
  const isToGoOn = new Promise<void>((resolve) => (goOn = resolve));
  const slowly = async (...args: A) => {
    const result = await call(...args);
    await isToGoOn;
    return result;
  };
  return { slowly, goOn };
}

const aMoment = () => new Promise((resolve) => setTimeout(resolve, 10));

test('a recording is compared with one that this tab has heard of and not read yet', async () => {
  const shelf = openMemory();
  const enter = tabs();
  const { slowly: read, goOn } = held((...args: Parameters<Shelf['read']>) => shelf.read(...args));
  const slow: Shelf = { ...shelf, read: (store, keys) => (store === 'prints' ? read : shelf.read)(store, keys) };
  const here = await openEngine({ shelf: slow, kernel: kernelModule, others: enter() });
  const there = await openEngine({ shelf, kernel: kernelModule, others: enter() });
  const [loud, quiet] = songs[0];
  await there.add(loud);
  await aMoment();
  const adding = here.add(quiet);
  await aMoment();
  goOn();
  expect((await adding).state).toBe('similar');
});

test('a tab that opens while another writes misses nothing', async () => {
  const shelf = openMemory();
  const enter = tabs();
  const there = await openLibrary(shelf, { ...matching, others: enter() });
  await there.add(someLearnt(1));
  const { slowly: list, goOn } = held((...args: Parameters<Shelf['list']>) => shelf.list(...args));
  const opening = openLibrary({ ...shelf, list }, { ...matching, others: enter() });
  await aMoment();
  await there.add(someLearnt(2));
  await aMoment();
  goOn();
  const here = await opening;
  expect(here.ids()).toEqual([1, 2]);
  await here.add(someLearnt(2));
  expect(here.ids()).toEqual([1, 2]);
});

test('a tab that could not read what another wrote reads it the next time', async () => {
  const shelf = openMemory();
  const enter = tabs();
  let isFailing = false;
  const read: Shelf['read'] = async (store, keys) => {
    if (isFailing && store === 'tracks') throw new Error('cannot be read just now');
    return shelf.read(store, keys);
  };
  const here = await openLibrary({ ...shelf, read }, { ...matching, others: enter() });
  const there = await openLibrary(shelf, { ...matching, others: enter() });
  isFailing = true;
  await there.add(someLearnt(1));
  await expect(here.add(someLearnt(2))).rejects.toThrow('cannot be read just now');
  isFailing = false;
  await here.add(someLearnt(1));
  await here.add(someLearnt(3));
  expect(here.ids()).toEqual([1, 2]);
});

import { expect, test } from 'vitest';
import { LiveSearch } from '../../../src/match/live/live-search.ts';
import { hearAll, index, minutes, partsOf, songs, sound, stranger } from '../../support/heard-parts.ts';

test('a song is found and followed; a search is due only until then', async () => {
  const live = new LiveSearch(index, sound);
  const states = await hearAll(live, partsOf(songs[1], minutes(0.2)));
  expect(states.at(-1)).toMatchObject({ state: 'found', match: { track: 2 } });
  expect(live.search()).toBeUndefined();
});

test('sound goes on while a search is on, and what it sights is judged by all of it', async () => {
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const live = new LiveSearch(index, sound, { pause: () => held });
  const parts = partsOf(stranger, minutes(0.2));
  let search: Promise<boolean> | undefined;
  while (!search) {
    await live.hear(parts.next().value!);
    search = live.search();
  }
  for (const part of parts) {
    expect((await live.hear(part)).state).toBe('listening');
    expect(live.search()).toBeUndefined();
  }
  release();
  expect(await search).toBe(true);
  expect((await live.judge()).state).toBe('listening');
});

test('a search that is stopped comes to nothing, and another may follow', async () => {
  const live = new LiveSearch(index, sound, { pause: () => Promise.resolve() });
  const parts = partsOf(stranger, minutes(0.2));
  let search: Promise<boolean> | undefined;
  while (!search) {
    await live.hear(parts.next().value!);
    search = live.search();
  }
  live.stopSearching();
  expect(await search).toBe(false);
  for (const part of parts) await live.hear(part);
  expect(await live.search()).toBe(true);
});

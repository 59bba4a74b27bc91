import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import { toCsv, toJson } from '../../src/ui/history/export-entries.ts';
import { type Entry, openHistory } from '../../src/ui/history/store.ts';

const answer = {
  trackId: 7,
  contentId: 'ab',
  title: 'Low Tide',
  artist: 'The Fixtures',
  positionSeconds: 71.25,
  confidence: 0.98765,
  speed: 1.02,
};
let names = 0;
const history = () => openHistory(`history-${++names}`);

test('entries come back newest first, and tell of each change', async () => {
  const store = history();
  await store.add({ at: 1000, source: 'microphone' });
  await store.add({ at: 3000, source: 'tab', answer });
  await store.add({ at: 2000, source: 'microphone', answer });
  expect((await store.list()).map(({ at }) => at)).toEqual([3000, 2000, 1000]);
  expect(store.version.value).toBe(3);
});

test('what was removed can be put back as it was', async () => {
  const store = history();
  const id = await store.add({ at: 1000, source: 'microphone', answer });
  await store.change(id, { note: 'By the sea' });
  const before = await store.list();
  await store.remove([id]);
  expect(await store.list()).toEqual([]);
  await store.restore(before);
  expect(await store.list()).toEqual(before);
});

test('an entry that is gone is not brought back by a change', async () => {
  const store = history();
  const id = await store.add({ at: 1000, source: 'microphone', answer });
  await store.remove([id]);
  await store.change(id, { note: 'too late' });
  expect(await store.list()).toEqual([]);
});

const entry = (changes: Partial<Entry>): Entry => ({ id: 1, at: 0, source: 'microphone', ...changes });

test('a comma, a quote or a line break in a field does not break the table', () => {
  const [, row] = toCsv([entry({ answer: { ...answer, title: 'Rain, "Snow"\nand Hail' } })]).split('\r\n');
  expect(row).toContain('"Rain, ""Snow""\nand Hail"');
});

test.each(['=1+1', '+1', '@here', '-x', '\tx'])('a title like %j is no formula to a spreadsheet', (title) => {
  const [, row] = toCsv([entry({ answer: { ...answer, title } })]).split('\r\n');
  expect(row.split(',')[1]).toBe(`'${title}`);
});

test('entries are written as JSON whole', () => {
  const entries = [entry({ answer, note: 'n' }), entry({ id: 2 })];
  expect(JSON.parse(toJson(entries))).toEqual(entries);
});

import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import { entryFrom, openHistory } from '../../src/ui/history/store.ts';
import { keep, readKept } from '../../src/ui/parts/kept.ts';
import { settingsFrom } from '../../src/ui/settings/settings.ts';
import { random } from '../support/random.ts';

const defaults = { answers: 'balanced', keepsUnknown: false, limitMinutes: 0, look: 'auto', language: 'auto' };

test.each([
  [{ language: 'constructor' }, {}],
  [{ language: '__proto__', look: 'blue' }, {}],
  [{ language: 'de', look: 7, limitMinutes: -3 }, { language: 'de' }],
  [{ answers: 'certain', keepsUnknown: 'yes', limitMinutes: Number.NaN }, { answers: 'certain' }],
  [{ microphone: { toString: 'x' } }, {}],
  ['[]', {}],
  [null, {}],
  [42, {}],
])('of settings %j only what makes sense is taken', (kept, taken) => {
  expect(settingsFrom(kept)).toEqual({ ...defaults, microphone: undefined, ...taken });
});

/** Anything that JSON can hold, with the names that matter among the keys. */
function garbage(next: () => number, names: string[], depth = 0): unknown {
  const pick = <T>(items: T[]): T => items[Math.floor(next() * items.length)];
  const leaf = [null, true, 0, -1, 1e308, '', 'de', 'constructor', '__proto__', 'certain', '\ud800'];
  if (depth > 2 || next() < 0.3) return pick<unknown>(leaf);
  if (next() < 0.3) return Array.from({ length: 3 }, () => garbage(next, names, depth + 1));
  return Object.fromEntries(names.filter(() => next() < 0.7).map((name) => [name, garbage(next, names, depth + 1)]));
}

test('whatever is kept, settings and history entries are whole or not there', () => {
  const next = random(5);
  const names = ['language', 'look', 'answers', 'limitMinutes', 'keepsUnknown', 'microphone'];
  const fields = ['at', 'source', 'fileName', 'answer', 'seconds', 'note', 'title', 'confidence', 'trackId'];
  let entries = 0;
  for (let i = 0; i < 2000; i++) {
    const { look, answers, limitMinutes } = settingsFrom(garbage(next, names));
    expect(['auto', 'dark', 'light']).toContain(look);
    expect(['certain', 'balanced', 'guess']).toContain(answers);
    expect(Number.isInteger(limitMinutes)).toBe(true);
    const entry = entryFrom({ at: 1e12 * next(), ...(garbage(next, fields) as object), id: i });
    if (!entry) continue;
    entries++;
    expect(new Date(entry.at).toISOString()).toMatch(/T/);
    if (entry.answer) expect(typeof entry.answer.title).toBe('string');
  }
  expect(entries).toBeGreaterThan(50);
});

test('an entry that makes no sense does not hide the others', async () => {
  const history = openHistory('garbage');
  await history.add({ at: 1000, source: 'microphone', answer: undefined });
  await history.add({ at: 2000, source: 'nowhere' as 'tab', answer: { title: 7 } as never });
  await history.add({ at: [3] as never, source: 'tab' });
  expect((await history.list()).map(({ at, source, answer }) => [at, source, answer])).toEqual([
    [2000, 'microphone', undefined],
    [1000, 'microphone', undefined],
  ]);
});

test('text that is no JSON, and storage that refuses, are as if nothing were kept', () => {
  const torn = { getItem: () => '{"look":', setItem: () => {} } as unknown as Storage;
  expect(readKept(() => torn, 'settings')).toBeUndefined();
  const refuse = (): Storage => {
    throw new DOMException('no', 'SecurityError');
  };
  expect(readKept(refuse, 'settings')).toBeUndefined();
  expect(() => keep(refuse, 'settings', {})).not.toThrow();
});

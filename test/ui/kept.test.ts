import { expect, test } from 'vitest';
import { keep, readKept } from '../../src/ui/parts/state/kept.ts';
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

test('whatever is kept, settings are whole', () => {
  const next = random(5);
  const names = ['language', 'look', 'answers', 'limitMinutes', 'keepsUnknown', 'microphone'];
  for (let i = 0; i < 2000; i++) {
    const { look, answers, limitMinutes } = settingsFrom(garbage(next, names));
    expect(['auto', 'dark', 'light']).toContain(look);
    expect(['certain', 'balanced', 'guess']).toContain(answers);
    expect(Number.isInteger(limitMinutes)).toBe(true);
  }
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

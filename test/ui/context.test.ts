/** Translators find something about every text; see `docs/translating.md`. */
import { expect, test } from 'vitest';
import { gaps, notes, places } from '../../src/ui/messages/context.ts';
import { loadLanguage } from '../../src/ui/messages/messages.ts';

const { table } = await loadLanguage('en');
const keys = Object.keys(table);

test('it is said where every text appears', () => {
  const lost = keys.filter((key) => !Object.keys(places).some((beginning) => key.startsWith(beginning)));
  expect(lost).toEqual([]);
});

test('every gap is explained, and no other', () => {
  const texts = Object.values(table).map((message) => (typeof message === 'string' ? message : message.other));
  const used = new Set(texts.flatMap((text) => [...text.matchAll(/\{(\w+)\}/g)].map(([, gap]) => gap)));
  expect(Object.keys(gaps).sort()).toEqual([...used].sort());
});

test('nothing is said about texts that are no longer there', () => {
  expect(Object.keys(notes).filter((key) => !keys.includes(key))).toEqual([]);
  const unused = Object.keys(places).filter((beginning) => !keys.some((key) => key.startsWith(beginning)));
  expect(unused).toEqual([]);
});

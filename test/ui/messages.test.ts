import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { languages, loadLanguage, type Message, phrase, preferredLanguage } from '../../src/ui/messages/messages.ts';

const source = ['ui', 'extension']
  .map((folder) => join(import.meta.dirname, '../../src', folder))
  .flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)))
  .filter((path) => /\.tsx?$/.test(path) && !path.includes('messages/'))
  .map((path) => readFileSync(path, 'utf8'))
  .join('\n');
const used = new Set([...source.matchAll(/'([a-z]\w*(?:\.\w+)+)'/g)].map(([, key]) => key));
/** Keys put together from a beginning and something else: `place.${name}`. */
const begun = [...source.matchAll(/`([a-z]\w*(?:\.\w+)*\.)\$\{/g)].map(([, beginning]) => beginning);

const tableOf = async (code: string) => (await loadLanguage(code)).table;
const english = await tableOf('en');
const forms = (message: Message) => (typeof message === 'string' ? { other: message } : message);
const gaps = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();

test('every message is used somewhere', () => {
  const unused = Object.keys(english).filter(
    (key) => !used.has(key) && !begun.some((beginning) => key.startsWith(beginning)),
  );
  expect(unused).toEqual([]);
});

describe.each(languages)('%s', (code) => {
  test('has every message of the English table and no other', async () => {
    expect(Object.keys(await tableOf(code)).sort()).toEqual(Object.keys(english).sort());
  });

  test('names Firefox where it names Chrome: it reads the same files', async () => {
    const told = Object.values(await tableOf(code)).flatMap((message) => Object.values(forms(message)));
    const named = told.filter((text) => /\bChrome\b/.test(text));
    expect(named.length).toBeGreaterThan(0);
    expect(named.filter((text) => !text.includes('Firefox'))).toEqual([]);
  });

  test('fills the same gaps as English', async () => {
    const table = await tableOf(code);
    const different = Object.entries(table).filter(([key, message]) => {
      const wanted = gaps(forms(english[key as keyof typeof english]).other);
      // A form for one, two or none may leave the number out: its words say it.
      return Object.entries(forms(message)).some(([rule, text]) => {
        const missing = wanted.filter((gap) => !gaps(text).includes(gap));
        const strange = gaps(text).filter((gap) => !wanted.includes(gap));
        return strange.length > 0 || missing.some((gap) => gap !== 'count' || rule === 'other');
      });
    });
    expect(different.map(([key]) => key)).toEqual([]);
  });

  test('has exactly the forms of its numbers', async () => {
    const { pluralCategories } = new Intl.PluralRules(code).resolvedOptions();
    const formsOf = (message: object) => Object.keys(message).sort().join();
    const wrong = Object.entries(await tableOf(code)).filter(
      ([, message]) => typeof message !== 'string' && formsOf(message) !== [...pluralCategories].sort().join(),
    );
    expect(wrong.map(([key]) => key)).toEqual([]);
  });
});

test('the first language that a person asks for and we speak is taken', () => {
  expect(preferredLanguage(['sv', 'de-AT', 'en'])).toBe('de');
  expect(preferredLanguage(['pt-BR', 'en'])).toBe('pt');
  expect(preferredLanguage(['zh-Hans-CN', 'en'])).toBe('zh');
  expect(preferredLanguage(['sv', 'fi'])).toBe('en');
});

test('numbers are written and counted as the language does', () => {
  const message = { one: '{count} song', other: '{count} songs' };
  const english = new Intl.PluralRules('en');
  expect(phrase(message, { count: 1 }, english, 'en')).toBe('1 song');
  expect(phrase(message, { count: 1204 }, english, 'en')).toBe('1,204 songs');
  expect(phrase('{name} waits', { name: '<b>x</b>' }, english, 'en')).toBe('<b>x</b> waits');
});

test('a name in the other direction stays in one piece within a sentence', () => {
  const arabic = new Intl.PluralRules('ar');
  const text = (name: string, locale: string) => phrase('[{name}]', { name }, arabic, locale);
  expect(text('01 - Low Tide.mp3', 'ar')).toBe('[\u206801 - Low Tide.mp3\u2069]');
  expect(text('أغنية.mp3', 'ar')).toBe('[أغنية.mp3]');
  expect(text('أغنية.mp3', 'en')).toBe('[\u2068أغنية.mp3\u2069]');
  expect(text('1:23', 'ar')).toBe('[1:23]');
});

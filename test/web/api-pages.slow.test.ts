import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { apiPages } from '../../.setup/api-pages.mjs';

const pages = apiPages();

test('docs/api has these pages and no other', () => {
  expect(readdirSync('docs/api').sort()).toEqual([...pages.keys()].sort());
});

test.each([...pages])('docs/api/%s says what the types say: if not, npm run api-pages', (file, text) => {
  expect(readFileSync(`docs/api/${file}`, 'utf8')).toBe(text);
});

test('a page names what is exported and what that uses, without private members', () => {
  const web = pages.get('web.md')!;
  for (const name of ['Recognizer', 'createRecognizer', 'Heard', 'Track', 'FaultName'])
    expect(web).toContain(`\n## ${name}\n`);
  const element = pages.get('web-listen.md')!;
  expect(element).toContain('listen(): Promise<void>;');
  expect(element).not.toContain('private');
});

/** Imports point one way: `src/README.md` has the table, and it is read from there. Files that pages name are there. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { expect, test } from 'vitest';

const source = resolve(import.meta.dirname, '../src');
const readme = readFileSync(join(source, 'README.md'), 'utf8');

/** Lines such as `kernel, match <- types, errors` in the code block after "Which folder imports what". */
const [, table] = /## Which folder imports what[\s\S]*?\n((?: {4}.*\n)+)/.exec(readme)!;
const allowed = new Map<string, string[]>();
for (const line of table.trim().split('\n')) {
  const [folders, from] = line.split('<-').map((side) => side.split(',').map((name) => name.trim()));
  for (const folder of folders) allowed.set(folder, [...(allowed.get(folder) ?? []), ...from]);
}

const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((name) => /\.tsx?$/.test(name));
const imports = (file: string) =>
  [...readFileSync(join(source, file), 'utf8').matchAll(/(?:from|import)\s*\(?\s*'(\.[^'?]+)/g)].map((match) =>
    relative(source, resolve(source, dirname(file), match[1])),
  );

test('the table names every folder', () => {
  const folders = readdirSync(source, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect([...allowed.keys()].sort()).toEqual(folders.map(({ name }) => name).sort());
});

test.each(files.filter((name) => name.includes('/')))('%s imports only what its folder may', (file) => {
  const [folder] = file.split('/');
  const strangers = imports(file).filter(
    (target) =>
      target.split('/')[0] !== folder &&
      !/^(types|errors)\.ts$|(package\.json|CHANGELOG\.md)$/.test(target) &&
      !allowed.get(folder)?.some((name) => target === `${name}.ts` || target.startsWith(`${name}/`)),
  );
  expect(strangers).toEqual([]);
});

test('no two files have the same name', () => {
  const names = files
    .filter((name) => !name.startsWith('ui/messages'))
    .map((name) => basename(name).replace(/\.tsx?$/, ''));
  expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
});

const root = resolve(source, '..');
const pages = ['src', 'test', 'assembly', 'docs'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(folder, name)),
);
/** Files are named from the root, from `src/`, or from the page's folder. */
const isThere = (page: string, file: string) =>
  [root, source, join(root, dirname(page))].some((from) => existsSync(join(from, file)));

test.each(pages)('files that %s names are there', (page) => {
  const named = [...readFileSync(join(root, page), 'utf8').matchAll(/`([\w.-]+\/[\w./-]+\.(?:tsx?|mjs))`/g)];
  expect(named.map(([, file]) => file).filter((file) => !isThere(page, file))).toEqual([]);
});

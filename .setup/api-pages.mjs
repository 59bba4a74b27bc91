// Writes docs/api: a page for each entry of the package, from the declarations that TypeScript makes of the source.
// `npm run api-pages`; a test tells when a page is out of date.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { statementsOf } from './declarations.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

const pages = [
  { file: 'web.md', name: 'entendu/web', guide: '../web.md', project: 'src/web', entry: 'web/recognizer' },
  {
    file: 'web-listen.md',
    name: 'entendu/web/listen',
    guide: '../web.md',
    project: 'src/web',
    entry: 'web/listen-element',
  },
  { file: 'node.md', name: 'entendu', guide: '../../README.md', project: 'src/node', entry: 'node/package' },
  {
    file: 'client.md',
    name: 'entendu/client',
    guide: '../serve.md',
    project: 'src/node',
    entry: 'server/client/client',
  },
];

/** The text of each page, by the name of its file. */
export function apiPages() {
  const folder = mkdtempSync(join(tmpdir(), 'entendu-api-'));
  try {
    for (const project of new Set(pages.map((page) => page.project))) declare(project, join(folder, project));
    return new Map(pages.map((page) => [page.file, formatted(page.file, pageOf(page, join(folder, page.project)))]));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function declare(project, outDir) {
  const compiler = join(root, 'node_modules/typescript/bin/tsc');
  const args = [compiler, '-p', join(root, project), '--outDir', outDir];
  const { status, stdout } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`The declarations of ${project} cannot be made:\n${stdout}`);
}

/** As the project's formatter writes it. */
function formatted(file, text) {
  const formatter = join(root, 'node_modules/@biomejs/biome/bin/biome');
  const args = [formatter, 'format', `--stdin-file-path=docs/api/${file}`];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { input: text, cwd: root, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${file} cannot be formatted:\n${stderr}`);
  return stdout;
}

function pageOf({ name, guide, entry }, folder) {
  const found = reachable(join(folder, `${entry}.d.ts`));
  const links = found.map((each) => `[\`${each.name}\`](#${each.name.toLowerCase()})`);
  const sections = found.map(
    ({ name, comment, text }) => `## ${name}\n\n${comment ? `${comment}\n\n` : ''}\`\`\`ts\n${text}\n\`\`\`\n`,
  );
  const head = `<!-- Written by \`npm run api-pages\`. -->\n\n# ${name}\n\nWhat a program can call, and all types of it. [How to use it](${guide}).`;
  return `${head}\n\n${links.join(', ')}\n\n${sections.join('\n')}`;
}

/** What the entry exports by name, then all that these name, in the order in which it is met. */
function reachable(entry) {
  const found = [];
  const seen = new Set();
  const waiting = namesExportedBy(entry).map((name) => ({ name, file: entry }));
  for (const { name, file } of waiting) {
    const statement = lookUp(name, file);
    if (!statement || seen.has(statement.text)) continue;
    seen.add(statement.text);
    found.push(statement);
    const names = statement.code.match(/\b[A-Z]\w+/g) ?? [];
    waiting.push(...names.map((inner) => ({ name: inner, file: statement.file })));
  }
  return found;
}

const read = new Map();

function moduleAt(file) {
  if (!read.has(file)) read.set(file, statementsOf(readFileSync(file, 'utf8')));
  return read.get(file);
}

function namesExportedBy(file) {
  const { declared, named } = moduleAt(file);
  const own = [...declared.values()].filter(({ isExported }) => isExported).map(({ name }) => name);
  return [...own, ...named.filter(({ isExported }) => isExported).map(({ name }) => name)];
}

/** The declaration that a name means in a file; undefined for what the platform brings along. */
function lookUp(name, file) {
  const { declared, named, stars } = moduleAt(file);
  const own = declared.get(name);
  if (own) return { ...own, file };
  const beside = (from) => resolve(dirname(file), from.replace(/\.ts$/, '.d.ts'));
  const other = named.find((each) => each.name === name && each.from?.startsWith('.'));
  if (other) return lookUp(other.original, beside(other.from));
  for (const from of stars) {
    const met = lookUp(name, beside(from));
    if (met) return met;
  }
  return undefined;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const into = join(root, 'docs/api');
  if (!existsSync(into)) mkdirSync(into);
  for (const [file, text] of apiPages()) writeFileSync(join(into, file), text);
  console.log(`Written to ${relative(process.cwd(), into)}.`);
}

import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { expect, test } from 'vitest';

const source = resolve(import.meta.dirname, '../src');

/** Which rooms a room may import from, beside itself, `types`, `errors`, `csv` and the numbers in `kernel/format`. */
const mayImport: Record<string, string[]> = {
  audio: [],
  kernel: [],
  match: [],
  library: [],
  learn: ['audio', 'kernel', 'library/print.ts', 'engine/api.ts', 'engine/crossing.ts'],
  engine: ['kernel', 'match', 'library', 'learn'],
  ui: [
    'library/bundle-magic.ts',
    'audio',
    'engine/api.ts',
    'engine/connect.ts',
    'learn/queue.ts',
    'learn/gather.ts',
    'learn/resume.ts',
  ],
  accuracy: ['audio', 'engine', 'kernel', 'match', 'library', 'learn'],
  node: ['library/shelf.ts'],
  cli: [
    '../package.json',
    'audio',
    'kernel',
    'engine',
    'accuracy',
    'learn',
    'library/gate.ts',
    'node/lmdb-shelf.ts',
    'match/landmarks.ts',
  ],
};

const files = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name) && name.includes('/'))
  .map((name) => join(source, name));

const imports = (file: string) =>
  [...readFileSync(file, 'utf8').matchAll(/(?:from|import)\s*\(?\s*'(\.[^'?]+)/g)].map((match) =>
    relative(source, resolve(dirname(file), match[1])),
  );

test.each(files.map((file) => relative(source, file)))('%s imports only from rooms below it', (name) => {
  const room = name.split('/')[0];
  const strangers = imports(join(source, name)).filter(
    (target) =>
      target.split('/')[0] !== room &&
      !/^(types\.ts|errors\.ts|csv\.ts|kernel\/format\.ts|\.\.\/package\.json)$/.test(target) &&
      !mayImport[room]?.some((allowed) => target === allowed || target.startsWith(`${allowed}/`)),
  );
  expect(strangers).toEqual([]);
});

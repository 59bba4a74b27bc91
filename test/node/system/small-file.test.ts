import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import { makeFolder } from '../../../src/node/system/make-folder.ts';
import { readSmallFile } from '../../../src/node/system/small-file.ts';
import { temporaryFolder } from '../../support/folder.ts';

const folder = temporaryFolder();
afterAll(folder.remove);

test('a small file is read', () => {
  expect(readSmallFile(folder.write('key.pem', 'a key'))).toBe('a key');
});

test.runIf(process.platform !== 'win32')('a pipe or a device is refused by name and not read', () => {
  execFileSync('mkfifo', [folder.at('pipe')]);
  expect(() => readSmallFile(folder.at('pipe'))).toThrow(/pipe": It is a named pipe, not a file\./);
  expect(() => readSmallFile('/dev/zero')).toThrow('"/dev/zero": It is a device, not a file.');
});

test('what is missing or far too large is refused by name', () => {
  expect(() => readSmallFile(folder.at('none.pem'))).toThrow(/none\.pem": There is no such file\./);
  expect(() => readSmallFile(folder.write('large', 'x'.repeat(2 ** 20 + 1)))).toThrow(/large": It is too large/);
});

test('folders are made with those above them, and where none can be made, that is told at once', () => {
  makeFolder(folder.at('a/b/c'));
  makeFolder(folder.at('a/b/c'));
  expect(existsSync(folder.at('a/b/c'))).toBe(true);
  folder.write('file', '');
  for (const place of [folder.at('file/x/y'), ...(process.platform === 'linux' ? ['/proc/x/y'] : [])])
    expect(() => makeFolder(place)).toThrow();
});

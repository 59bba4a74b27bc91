import { mkdirSync, symlinkSync } from 'node:fs';
import { relative } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { soundFilesIn } from '../../src/cli/walk.ts';
import { fixture } from '../support/fixture.ts';
import { temporaryFolder } from '../support/folder.ts';

const folder = temporaryFolder();
afterAll(() => folder.remove());
mkdirSync(folder.at('deep/deeper'), { recursive: true });
for (const name of ['10.mp3', '9.mp3', 'cover.jpg', '.hidden.mp3', 'deep/a.FLAC', 'deep/deeper/b.webm', 'notes.txt'])
  folder.write(name, 'x');
symlinkSync(folder.path, folder.at('deep/back'));

const found = async (paths: string[], extensions?: string[]) =>
  (await soundFilesIn(paths.map(folder.at), extensions)).map(({ path }) => relative(folder.path, path));

test('folders are searched for what sounds, in the order that people count in, and links back are not followed for ever', async () => {
  expect(await found([''])).toEqual(['9.mp3', '10.mp3', 'deep/a.FLAC', 'deep/deeper/b.webm']);
});

test('extensions narrow that down, with or without a dot, large or small', async () => {
  expect(await found([''], ['.flac', 'WEBM'])).toEqual(['deep/a.FLAC', 'deep/deeper/b.webm']);
});

test('a file that is named is taken whatever it is called', async () => {
  expect(await found(['notes.txt'], ['mp3'])).toEqual(['notes.txt']);
});

test('a path that leads nowhere is found to be missing', async () => {
  expect(await soundFilesIn([folder.at('nowhere')])).toEqual([
    { path: folder.at('nowhere'), bytes: 0, fault: 'There is no such file.' },
  ]);
});

test('of files named .ts the videos are found and the programs are not, unless one is named itself', async () => {
  const video = new Uint8Array(await (await fixture('old-letters.mpegts')).arrayBuffer());
  mkdirSync(folder.at('both'));
  folder.write('both/video.ts', video);
  folder.write('both/program.ts', 'export const answer = 42;');
  expect(await found(['both'])).toEqual(['both/video.ts']);
  expect(await found(['both/program.ts'])).toEqual(['both/program.ts']);
});

import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { relative } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { fileAt } from '../../src/node/decode/open-file.ts';
import { soundFilesIn } from '../../src/node/sound-files.ts';
import { shownName } from '../../src/node/system/system-path.ts';
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
    { path: folder.at('nowhere'), bytes: 0, fault: 'There is no such file or folder.' },
  ]);
});

test('what is missing is told by what is missing: the file, or the folder it should lie in', async () => {
  const fault = async (path: string) => (await soundFilesIn([folder.at(path)]))[0].fault;
  expect(await fault('nowhere.mp3')).toBe('There is no such file.');
  expect(await fault('nowhere/a.mp3')).toBe(`There is no folder "${folder.at('nowhere')}".`);
  expect(await fault('lossy\ufffd.mp3')).toContain('give the folder');
});

test('pipes, sockets and devices that are called like songs are named, not opened', { timeout: 5_000 }, async () => {
  mkdirSync(folder.at('odd'));
  execFileSync('mkfifo', [folder.at('odd/pipe.mp3'), folder.at('odd/recording.ts'), folder.at('odd/other.txt')]);
  const server = createServer().listen(folder.at('odd/socket.mp3'));
  await once(server, 'listening');
  symlinkSync('/dev/zero', folder.at('odd/zero.wav'));
  const faults = (files: Awaited<ReturnType<typeof soundFilesIn>>) => files.map(({ fault }) => fault?.split(';')[0]);
  expect(faults(await soundFilesIn([folder.at('odd')]))).toEqual([
    'It is a named pipe, not a file',
    'It is a named pipe, not a file',
    'It is a socket, not a file',
    'It is a device, not a file',
  ]);
  expect(faults(await soundFilesIn([folder.at('odd/other.txt')]))).toEqual(['It is a named pipe, not a file']);
  await expect(fileAt(folder.at('odd/pipe.mp3'))).rejects.toMatchObject({ message: expect.stringContaining('pipe') });
  await expect(fileAt(folder.at('odd'))).rejects.toMatchObject({ message: 'It is a folder, not a file.' });
  server.close();
});

test('files and folders whose names are not UTF-8 are found, and can be read', async () => {
  const latin = Buffer.from('Caf\xe9', 'latin1');
  const at = (...names: Buffer[]) =>
    Buffer.concat([folder.at('bytes'), ...names].flatMap((p) => [Buffer.from(p), Buffer.from('/')])).subarray(0, -1);
  mkdirSync(folder.at('bytes'));
  mkdirSync(at(latin));
  writeFileSync(at(latin, Buffer.concat([latin, Buffer.from('.mp3')])), 'sound');
  const [{ path, fault }, ...rest] = await soundFilesIn([folder.at('bytes')]);
  expect([fault, rest]).toEqual([undefined, []]);
  expect(shownName(relative(folder.path, path))).toBe('bytes/Caf\ufffd/Caf\ufffd.mp3');
  expect(await (await fileAt(path)).text()).toBe('sound');
});

test('of files named .ts the videos are found and the programs are not, unless one is named itself', async () => {
  const video = new Uint8Array(await (await fixture('old-letters.mpegts')).arrayBuffer());
  mkdirSync(folder.at('both'));
  folder.write('both/video.ts', video);
  folder.write('both/program.ts', 'export const answer = 42;');
  expect(await found(['both'])).toEqual(['both/video.ts']);
  expect(await found(['both/program.ts'])).toEqual(['both/program.ts']);
});

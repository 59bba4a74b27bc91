import { execFileSync } from 'node:child_process';
import { chmodSync, lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { newFile, writeNewFile } from '../../../src/node/system/new-file.ts';
import { temporaryFolder } from '../../support/folder.ts';

const folder = temporaryFolder();
afterAll(() => folder.remove());
beforeEach(() => {
  rmSync(folder.at('out'), { recursive: true, force: true });
  mkdirSync(folder.at('out'));
});
const names = () => readdirSync(folder.at('out')).sort();
const target = folder.at('out/x');
const textOf = (path: string) => readFileSync(path, 'utf8');

test('a file is replaced as a whole, keeps its permissions, and a file named .part beside it stays', async () => {
  folder.write('out/x', 'old');
  folder.write('out/x.part', 'of somebody else');
  chmodSync(target, 0o600);
  await writeNewFile(target, 'new');
  expect(names()).toEqual(['x', 'x.part']);
  expect(textOf(target)).toBe('new');
  expect(textOf(folder.at('out/x.part'))).toBe('of somebody else');
  expect(statSync(target).mode & 0o777).toBe(0o600);
});

test('until it is finished the target is as it was; abandoned, it leaves nothing behind', async () => {
  folder.write('out/x', 'old');
  const file = await newFile(target);
  await file.write(Buffer.from('half'));
  expect(textOf(target)).toBe('old');
  expect(names()).toHaveLength(2);
  await file.abandon();
  expect(names()).toEqual(['x']);
});

test('two at once do not write into one another', async () => {
  const [a, b] = [await newFile(target), await newFile(target)];
  await a.write(Buffer.from('aaa'));
  await b.write(Buffer.from('b'));
  await a.finish();
  await b.finish();
  expect(textOf(target)).toBe('b');
  expect(names()).toEqual(['x']);
});

test('what is no plain file is refused by its kind, and stays what it is', async () => {
  folder.write('out/real', 'precious');
  symlinkSync(folder.at('out/real'), target);
  mkdirSync(folder.at('out/folder'));
  execFileSync('mkfifo', [folder.at('out/pipe')]);
  const refusal = (path: string) => writeNewFile(path, 'new').catch((error) => error);
  expect(await refusal(target)).toMatchObject({ name: 'FileUnwritable', message: expect.stringContaining('symbolic') });
  expect(await refusal(folder.at('out/folder'))).toMatchObject({ message: expect.stringContaining('a folder') });
  expect(await refusal(folder.at('out/pipe'))).toMatchObject({ message: expect.stringContaining('a named pipe') });
  expect(await refusal('/dev/null')).toMatchObject({ message: expect.stringContaining('a device') });
  expect(names()).toEqual(['folder', 'pipe', 'real', 'x']);
  expect(lstatSync(target).isSymbolicLink()).toBe(true);
  expect(textOf(folder.at('out/real'))).toBe('precious');
});

test('what comes in between is not replaced either, and nothing is left behind', async () => {
  const file = await newFile(target);
  await file.write(Buffer.from('new'));
  mkdirSync(target);
  await expect(file.finish()).rejects.toMatchObject({ name: 'FileUnwritable' });
  await file.abandon();
  expect(names()).toEqual(['x']);
});

test('a folder that is not there is said to be missing, and writing is what is refused', async () => {
  await expect(writeNewFile(folder.at('nowhere/x'), '')).rejects.toMatchObject({
    name: 'FileUnwritable',
    message: expect.stringContaining(`There is no folder "${folder.at('nowhere')}"`),
  });
  await expect(writeNewFile('/proc/x', '')).rejects.toMatchObject({
    message: expect.stringMatching(/No files can be created|writ/),
  });
});

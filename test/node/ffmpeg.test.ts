/** With programs in the place of ffmpeg that behave as badly as they can. */
import { chmodSync, mkdirSync, readFileSync } from 'node:fs';
import { delimiter } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ffmpegBlocks } from '../../src/node/decode/ffmpeg.ts';
import { temporaryFolder } from '../support/folder.ts';
import { noise } from '../support/music.ts';
import { wav } from '../support/recording.ts';
import { wavOf } from '../support/wav.ts';

const folder = temporaryFolder();
const realPath = process.env.PATH;
mkdirSync(folder.at('bin'));
beforeAll(() => {
  process.env.PATH = [folder.at('bin'), realPath].join(delimiter);
});
afterAll(() => {
  process.env.PATH = realPath;
  folder.remove();
});

const sound = folder.write('sound.wav', wav(noise(30_000), 8_000));
const pid = folder.at('pid');

/** From now on this shell script is ffmpeg; its number is noted. */
function ffmpegIs(script: string): void {
  chmodSync(folder.write('bin/ffmpeg', `#!/bin/sh\necho $$ > ${pid}\n${script}\n`), 0o755);
}

async function heard(seconds?: number): Promise<number> {
  let length = 0;
  for await (const { samples } of ffmpegBlocks('x.mp3', { seconds })) length += samples.length;
  return length;
}

function expectGone(): void {
  expect(() => process.kill(Number(readFileSync(pid, 'utf8')), 0)).toThrow('ESRCH');
}

test('sound is taken as it comes, however much is said beside it', async () => {
  ffmpegIs(`head -c 300000 /dev/zero >&2; cat ${sound}; head -c 300000 /dev/zero >&2`);
  expect(await heard()).toBe(30_000);
  expectGone();
});

test('one that says nothing is stopped, also when it does not listen to that', async () => {
  ffmpegIs(`trap '' TERM INT; head -c 20000 ${sound}; exec sleep 1000`);
  await expect(heard(0.3)).rejects.toMatchObject({ name: 'FileUnreadable', message: expect.stringContaining('0.3 s') });
  expectGone();
});

test('one whose sound is refused is not waited for, however much it still has to write', async () => {
  const many = folder.write('many.wav', wavOf('s16', [noise(1_000_000)], 8_000, { channelCount: 65 }));
  ffmpegIs(`exec cat ${many}`);
  await expect(heard()).rejects.toMatchObject({ name: 'FileDamaged' });
  expectGone();
});

test('who stops listening ends it', async () => {
  ffmpegIs(`cat ${sound}; exec cat /dev/zero`);
  for await (const _ of ffmpegBlocks('x.mp3')) break;
  expectGone();
});

test('time in which nobody listens is not counted as silence of its own', async () => {
  ffmpegIs(`cat ${sound}`);
  const blocks = ffmpegBlocks('x.mp3', { seconds: 1 });
  await blocks.next();
  await new Promise((resolve) => setTimeout(resolve, 1500));
  let length = 0;
  for await (const { samples } of blocks) length += samples.length;
  expect(length).toBeGreaterThan(0);
});

test('one that is not there is a sentence', async () => {
  process.env.PATH = folder.at('nowhere');
  await expect(heard()).rejects.toMatchObject({ name: 'FileDamaged' });
  process.env.PATH = [folder.at('bin'), realPath].join(delimiter);
});

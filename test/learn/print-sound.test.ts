import { expect, test } from 'vitest';
import { UserError } from '../../src/errors.ts';
import { FRAMES_PER_SECOND } from '../../src/kernel/format.ts';
import { learnSound } from '../../src/learn/print-sound.ts';
import { unpackPrint } from '../../src/library/prints/print.ts';
import type { Pcm } from '../../src/types.ts';
import { kernelModule } from '../support/kernel.ts';
import { mono, render } from '../support/music/render.ts';
import { songs } from '../support/music/songs.ts';

const song = mono(render(songs.greenClock));
const RATE = 44_100;

async function* cut(samples: Float32Array, size: number, sampleRate = RATE): AsyncGenerator<Pcm> {
  for (let start = 0; start < samples.length; start += size)
    yield { samples: samples.slice(start, start + size), sampleRate };
}

async function* breaking(blocks: AsyncIterable<Pcm>, error: Error, afterSeconds: number): AsyncGenerator<Pcm> {
  let seconds = 0;
  for await (const block of blocks) {
    if (seconds >= afterSeconds) throw error;
    seconds += block.samples.length / block.sampleRate;
    yield block;
  }
}

const learn = (samples: Float32Array, size = 8192, limit?: number) =>
  learnSound(kernelModule, cut(samples, size), limit);

test('a song leaves about twenty peaks a second, all within its length', async () => {
  const { print, peakCount, seconds, isBroken } = await learn(song);
  expect(isBroken).toBe(false);
  expect(seconds).toBeCloseTo(song.length / RATE, 9);
  const { frames, frameCount, count } = unpackPrint(print);
  expect(count).toBe(peakCount);
  expect(frameCount).toBe(Math.ceil(seconds * FRAMES_PER_SECOND));
  expect(frames.at(-1)).toBeLessThan(frameCount);
  expect(count / seconds).toBeGreaterThan(12);
  expect(count / seconds).toBeLessThan(28);
});

test.each([500, 8192, 100_000])('blocks of %i samples leave the same print', async (size) => {
  expect((await learn(song, size)).print).toEqual((await learn(song)).print);
});

test('a limit is kept to the sample', async () => {
  const limited = await learn(song, 8192, 3);
  expect(limited.seconds).toBeCloseTo(3, 9);
  expect(limited.print).toEqual((await learn(song.subarray(0, 3 * RATE))).print);
});

test('sound that breaks off is learnt as far as it went', async () => {
  const damaged = new UserError('FileDamaged', 'Broken.');
  const { seconds, isBroken } = await learnSound(kernelModule, breaking(cut(song, 8192), damaged, 4));
  expect(isBroken).toBe(true);
  expect(seconds).toBeCloseTo(4, 0);
});

test.each([
  ['a file that was taken away', new UserError('FileUnreadable', 'Gone.'), 4],
  ['a mistake of ours', new TypeError('oops'), 4],
  ['damage at the very start', new UserError('FileDamaged', 'Broken.'), 0.1],
])('%s leaves nothing', async (_what, error, afterSeconds) => {
  await expect(learnSound(kernelModule, breaking(cut(song, 8192), error, afterSeconds))).rejects.toBe(error);
});

test.each([
  ['nothing', new Float32Array(0)],
  ['half a second', song.subarray(0, RATE / 2)],
  ['silence', new Float32Array(3 * RATE)],
])('%s is too short to be learnt', async (_what, samples) => {
  await expect(learn(samples)).rejects.toMatchObject({ name: 'TooShort' });
});

test('the rates of laboratories are heard as well, those of toys are not', async () => {
  const tone = Float32Array.from({ length: 384_000 * 2 }, (_, i) => Math.sin(i * i * 1e-8) * 0.5);
  expect((await learnSound(kernelModule, cut(tone, 8192, 384_000))).seconds).toBeCloseTo(2, 9);
  await expect(learnSound(kernelModule, cut(tone, 8192, 4_000))).rejects.toMatchObject({ name: 'NotAudio' });
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openSound } from '../../../src/audio/decode.ts';
import { aiffOf } from '../../support/aiff.ts';
import { id3 } from '../../support/id3.ts';
import { random } from '../../support/random.ts';
import { soundOf } from '../../support/sound-of.ts';

const draw = random(7);
const samples = Float32Array.from({ length: 5_003 }, () => draw() * 1.6 - 0.8);

const write = {
  s8: (v: DataView, at: number, s: number) => v.setInt8(at, Math.round(s * 128)),
  s16: (v: DataView, at: number, s: number) => v.setInt16(at, Math.round(s * 2 ** 15)),
  little: (v: DataView, at: number, s: number) => v.setInt16(at, Math.round(s * 2 ** 15), true),
  s24(v: DataView, at: number, s: number) {
    v.setInt16(at, Math.round(s * 2 ** 23) >> 8);
    v.setUint8(at + 2, Math.round(s * 2 ** 23) & 0xff);
  },
  f32: (v: DataView, at: number, s: number) => v.setFloat32(at, s),
  f64: (v: DataView, at: number, s: number) => v.setFloat64(at, s),
};

test.each([
  ['bytes', 8, undefined, write.s8, 2 ** -8],
  ['16 bits', 16, undefined, write.s16, 2 ** -15],
  ['12 bits in two bytes', 12, undefined, write.s16, 2 ** -15],
  ['24 bits', 24, undefined, write.s24, 2 ** -23],
  ['AIFF-C without compression', 16, 'NONE', write.s16, 2 ** -15],
  ['AIFF-C with the low byte first', 16, 'sowt', write.little, 2 ** -15],
  ['AIFF-C with floats', 32, 'fl32', write.f32, 0],
  ['AIFF-C with long floats', 64, 'FL64', write.f64, 0],
] as const)('%s are read as precisely as they are written', async (_what, bits, compression, put, error) => {
  const file = await openSound(new Blob([aiffOf([samples, samples], 44_100, bits, put, compression)]));
  const sound = await soundOf(file);
  expect(sound.sampleRate).toBe(44_100);
  expect(sound.samples.length).toBe(samples.length);
  expect(Math.max(...sound.samples.map((s, i) => Math.abs(s - samples[i])))).toBeLessThanOrEqual(error);
  expect(file.seconds).toBeCloseTo(samples.length / 44_100, 9);
});

test('an unknown compression is refused in words', async () => {
  const bytes = aiffOf([samples], 8_000, 16, write.s16, 'MAC6');
  await expect(openSound(new Blob([bytes]))).rejects.toMatchObject({ name: 'NotAudio' });
});

test('a file that another program wrote is read', async () => {
  const bytes = readFileSync(join(import.meta.dirname, '../../fixtures/first_snow.aiff'));
  const sound = await soundOf(await openSound(new Blob([bytes])));
  expect(sound.sampleRate).toBe(11_025);
  expect(sound.samples.length / 11_025).toBeCloseTo(8.17, 1);
  expect(Math.max(...sound.samples)).toBeGreaterThan(0.4);
});

test.each([0, 0xffff_ffff])('a recording whose length was never filled in (%i) goes to the end', async (claim) => {
  const bytes = aiffOf([samples], 8_000, 16, write.s16);
  new DataView(bytes.buffer).setUint32(12 + 8 + 18 + 4, claim);
  const sound = await soundOf(await openSound(new Blob([bytes])));
  expect(sound.samples.length).toBe(samples.length);
});

test.each([
  ['a rate beyond all', (view: DataView) => view.setUint16(28, 0x7ffe), /sample rate is no number/],
  ['no rate', (view: DataView) => view.setBigUint64(30, 0n), /claims a sample rate of 0 Hz/],
  ['65 channels', (view: DataView) => view.setUint16(20, 65), /has 65 channels/],
])('%s: a sentence says what is wrong', async (_what, spoil, message) => {
  const bytes = aiffOf([samples], 8_000, 16, write.s16);
  spoil(new DataView(bytes.buffer));
  await expect(openSound(new Blob([bytes]))).rejects.toMatchObject({ message: expect.stringMatching(message) });
});

test('tags and lyrics are read from its ID3 chunk, too', async () => {
  const sound = aiffOf([samples], 8_000, 16, write.s16);
  const tags = id3({ TIT2: '\x03Rain', USLT: '\x03eng\0It falls' });
  const head = new DataView(new ArrayBuffer(8));
  head.setUint32(0, 0x49443320); // "ID3 "
  head.setUint32(4, tags.length);
  const file = await openSound(new Blob([sound, head, tags]));
  expect(await file.tags()).toMatchObject({ title: 'Rain', lyrics: 'It falls' });
});

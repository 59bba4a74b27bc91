import { expect, test } from 'vitest';
import { openSound } from '../../../src/audio/decode.ts';
import { id3 } from '../../support/id3.ts';
import { random } from '../../support/random.ts';
import { soundOf } from '../../support/sound-of.ts';
import { bytesOf, chunk, riff, type Shape, shapes, wavOf } from '../../support/wav.ts';

const draw = random(6);
const samples = Float32Array.from({ length: 20_011 }, () => draw() * 1.6 - 0.8);

const open = (...parts: Uint8Array[]) => openSound(new Blob(parts as BlobPart[]));

function furthest(a: Float32Array, b: Float32Array): number {
  return a.reduce((most, sample, i) => Math.max(most, Math.abs(sample - b[i])), 0);
}

test.each(Object.keys(shapes) as Shape[])('%s is read as precisely as it is written', async (shape) => {
  const file = await open(wavOf(shape, [samples], 11_025));
  const sound = await soundOf(file);
  expect(sound.sampleRate).toBe(11_025);
  expect(sound.samples.length).toBe(samples.length);
  expect(furthest(sound.samples, samples)).toBeLessThanOrEqual(shapes[shape].error);
  expect(file.seconds).toBeCloseTo(samples.length / 11_025, 9);
});

test('the extensible form says the same', async () => {
  const plain = await soundOf(await open(wavOf('s24', [samples, samples], 48_000)));
  const extensible = await soundOf(await open(wavOf('s24', [samples, samples], 48_000, { extensible: true })));
  expect(extensible).toEqual(plain);
});

test('chunks of odd length before the sound are stepped over', async () => {
  const file = await open(wavOf('s16', [samples], 8_000, { before: [chunk('junk', bytesOf('abc'))] }));
  expect((await soundOf(file)).samples.length).toBe(samples.length);
});

test.each([0, 0xffff_ffff])(
  'a recording whose length was never filled in (%i) goes to the end of the file',
  async (claim) => {
    const file = await open(wavOf('s16', [samples], 8_000, { claim }));
    expect((await soundOf(file)).samples.length).toBe(samples.length);
    expect(file.seconds).toBeCloseTo(samples.length / 8_000, 9);
  },
);

test('a file cut short gives what is there, and tells how long it should be', async () => {
  const whole = wavOf('s16', [samples], 8_000);
  const file = await open(whole.subarray(0, whole.length - 20_000));
  expect((await soundOf(file)).samples.length).toBe(samples.length - 10_000);
  expect(file.seconds).toBeCloseTo(samples.length / 8_000, 9);
});

test('a half frame at the end is left out', async () => {
  const whole = wavOf('s16', [samples, samples], 8_000);
  expect((await soundOf(await open(whole.subarray(0, whole.length - 3)))).samples.length).toBe(samples.length - 1);
});

test('floats that are no numbers are silence', async () => {
  const broken = Float32Array.of(0.5, Number.NaN, Number.POSITIVE_INFINITY, 1e30, -0.5);
  expect([...(await soundOf(await open(wavOf('f32', [broken], 8_000)))).samples]).toEqual([0.5, 0, 0, 0, -0.5]);
});

test.each(['id3 ', 'ID3 '])('tags and lyrics are read from its chunk "%s", too', async (name) => {
  const list = chunk('LIST', bytesOf('INFO'), chunk('INAM', bytesOf('Nocturne')), chunk('IPRD', bytesOf('Nocturnes')));
  const tags = id3({ TIT2: '\x03Nocturne No. 2', TPE1: '\x03F. Chopin', USLT: '\x03eng\0[00:01.00]Slowly' });
  const file = await open(wavOf('s16', [samples], 8_000, { after: [list, chunk(name, tags)] }));
  expect(await file.tags()).toMatchObject({
    ...{ title: 'Nocturne No. 2', artist: 'F. Chopin', album: 'Nocturnes' },
    lyrics: '[00:01.00]Slowly',
  });
  expect((await soundOf(file)).samples.length).toBe(samples.length);
});

test('a damaged ID3 chunk leaves the other tags', async () => {
  const list = chunk('LIST', bytesOf('INFO'), chunk('INAM', bytesOf('Nocturne')));
  const tags = await (
    await open(wavOf('s16', [samples], 8_000, { after: [list, chunk('id3 ', bytesOf('ID'))] }))
  ).tags();
  expect(tags.title).toBe('Nocturne');
});

test('its tags are read from the INFO list', async () => {
  const texts = { INAM: 'Nocturne\0', IART: 'F. Chopin', ICRD: '1832-05', ITRK: '2' };
  const info = Object.entries(texts).map(([name, text]) => chunk(name, bytesOf(text)));
  const list = chunk('LIST', bytesOf('INFO'), ...info);
  const tags = await (await open(wavOf('s16', [samples], 8_000, { after: [list] }))).tags();
  expect(tags).toMatchObject({ title: 'Nocturne', artist: 'F. Chopin', year: 1832, trackNumber: 2 });
});

test.each([
  ['nothing behind its name', riff()],
  ['a format and no sound', riff(chunk('fmt ', new Uint8Array(16)))],
  ['no channels', wavOf('s16', [], 8_000)],
  ['sixty thousand channels', wavOf('s16', [samples], 8_000, { channelCount: 60_000 })],
])('a WAV with %s is refused in words', async (_what, bytes) => {
  await expect(open(bytes)).rejects.toMatchObject({
    name: expect.stringMatching(/^(NotAudio|NoAudioTrack|FileDamaged|CodecMissing)$/),
  });
});

/** A WAV with a long length beside it, of the sound and of the file, as RF64 and BW64 have it. */
function largeWav(name: 'RF64' | 'BW64', soundBytes: bigint): Uint8Array {
  const sizes = new DataView(new ArrayBuffer(28));
  sizes.setBigUint64(8, soundBytes, true);
  const bytes = wavOf('s16', [samples], 8_000, { claim: 0xffff_ffff });
  const rest = bytes.subarray(12);
  const whole = riff(chunk('ds64', new Uint8Array(sizes.buffer)));
  whole.set(bytesOf(name));
  const joined = new Uint8Array(whole.length + rest.length);
  joined.set(whole);
  joined.set(rest, whole.length);
  return joined;
}

test.each([
  ['RF64', 0n],
  ['RF64', 0xffff_ffff_ffff_ffffn],
  ['BW64', 0n],
  ['RF64', BigInt(2 * samples.length)],
] as const)('%s with %i bytes of sound in its header is heard to the end', async (name, soundBytes) => {
  const file = await open(largeWav(name, soundBytes));
  expect((await soundOf(file)).samples.length).toBe(samples.length);
  expect(file.seconds).toBeCloseTo(samples.length / 8_000, 9);
});

test.each([
  [
    '65 channels',
    wavOf('s16', [samples], 8_000, { channelCount: 65 }),
    'It has 65 channels; no more than 64 are read.',
  ],
  ['no channels', wavOf('s16', [], 8_000), 'The file is damaged: it claims to have no channels.'],
  ['a rate of zero', wavOf('s16', [samples], 0), 'The file is damaged: it claims a sample rate of 0 Hz.'],
  ['the largest rate', wavOf('f32', [samples], 0xffff_ffff), /claims a sample rate of 4294967295 Hz/],
])('%s: a sentence says what is wrong', async (_what, bytes, message) => {
  await expect(open(bytes)).rejects.toMatchObject({ name: 'FileDamaged', message: expect.stringMatching(message) });
});

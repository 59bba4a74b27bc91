import { expect, test } from 'vitest';
import type { PcmFormat } from '../../src/audio/formats/pcm-bytes.ts';
import { readSound } from '../../src/node/decode/raw-sound.ts';
import { random } from '../support/random.ts';

async function* cut(bytes: Uint8Array, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function heard(bytes: Uint8Array, size: number, bare?: PcmFormat) {
  const { sampleRate, blocks } = await readSound(cut(bytes, size), bare);
  const samples: number[] = [];
  for await (const block of blocks) samples.push(...block);
  return { sampleRate, samples };
}

const words = (text: string) => [...text].map((letter) => letter.charCodeAt(0));
const u32 = (n: number) => [n & 255, (n >> 8) & 255, (n >> 16) & 255, n >>> 24];
const u16 = (n: number) => [n & 255, n >> 8];

/** A WAV of 16-bit samples whose header promises `promised` bytes of sound. */
function wav(
  values: number[],
  { channels = 1, rate = 8000, promised = values.length * 2, tail = [] as number[] } = {},
) {
  return Uint8Array.from([
    ...[...words('RIFF'), ...u32(36 + promised), ...words('WAVE')],
    ...[...words('LIST'), ...u32(3), 1, 2, 3, 0],
    ...[...words('fmt '), ...u32(16), ...u16(1), ...u16(channels), ...u32(rate)],
    ...[...u32(rate * channels * 2), ...u16(channels * 2), ...u16(16)],
    ...[...words('data'), ...u32(promised), ...values.flatMap((value) => u16(value & 0xffff)), ...tail],
  ]);
}

const next = random(9);
const noise = Array.from({ length: 300 }, () => Math.floor(next() * 65536) - 32768);

test.each([1, 7, 64, 4096])('in pieces of %i bytes the same samples come out', async (size) => {
  const { sampleRate, samples } = await heard(wav(noise), size);
  expect(sampleRate).toBe(8000);
  expect(samples).toEqual(noise.map((value) => value / 32768));
});

test('a recorder that does not know the length writes a great one: sound lasts until the bytes end', async () => {
  for (const promised of [0xffffffff, 0x80000000, 0])
    expect((await heard(wav(noise, { promised }), 64)).samples).toHaveLength(noise.length);
});

test('what follows the sound is not sound', async () => {
  expect((await heard(wav(noise, { tail: words('LIST....') }), 64)).samples).toHaveLength(noise.length);
});

test('channels are mixed', async () => {
  expect((await heard(wav([1000, 3000, -500, 500], { channels: 2 }), 5)).samples).toEqual([2000 / 32768, 0]);
});

test('bare samples are read as they are said to lie, without a half one at the end', async () => {
  const bare: PcmFormat = { sampleRate: 22050, channelCount: 2, encoding: 's16', littleEndian: true, frameBytes: 4 };
  const bytes = Uint8Array.of(0, 0x40, 0, 0x20, 1, 2, 3);
  expect(await heard(bytes, 3, bare)).toEqual({ sampleRate: 22050, samples: [0.375] });
});

test('bytes that are no WAV are said to be none', async () => {
  await expect(heard(Uint8Array.from(words('ID3 and so on and on')), 8)).rejects.toThrow('not a WAV');
  await expect(heard(new Uint8Array(0), 8)).rejects.toThrow('not a WAV');
});

test('whoever stops listening stops the source', async () => {
  let isStopped = false;
  async function* endless() {
    try {
      yield wav(noise, { promised: 0 });
      for (;;) yield new Uint8Array(20_000);
    } finally {
      isStopped = true;
    }
  }
  const { blocks } = await readSound(endless());
  for await (const _ of blocks) break;
  expect(isStopped).toBe(true);
});

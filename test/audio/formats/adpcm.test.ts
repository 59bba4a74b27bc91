import { expect, test } from 'vitest';
import { openSound } from '../../../src/audio/decode.ts';
import { framesInIma, ima, microsoft } from '../../../src/audio/formats/adpcm.ts';
import { fixture } from '../../support/fixture.ts';
import { random } from '../../support/random.ts';
import { soundOf } from '../../support/sound-of.ts';

const plain = soundOf(await openSound(fixture('06 - The Fixtures - Green Clock.wav')));

/** Blocks are filled to the end, so the sound may go on for one of them. */
const BLOCK_SECONDS = 0.2;

test.each([
  ['green-clock-microsoft.wav', 20],
  ['green-clock-ima.wav', 18],
])('%s sounds as it did with sixteen bits, %i dB above the noise', async (name, leastDb) => {
  const file = await openSound(fixture(name));
  const { samples, sampleRate } = await soundOf(file);
  const { samples: original } = await plain;
  expect(sampleRate).toBe(11_025);
  expect(samples.length / sampleRate).toBeGreaterThanOrEqual(1.5);
  expect(samples.length / sampleRate).toBeLessThan(1.5 + BLOCK_SECONDS);
  expect(file.seconds).toBeCloseTo(samples.length / sampleRate, 6);
  let signal = 0;
  let noise = 0;
  for (let i = 0; i < 1.5 * sampleRate; i++) {
    signal += original[i] ** 2;
    noise += (samples[i] - original[i]) ** 2;
  }
  expect(10 * Math.log10(signal / noise)).toBeGreaterThan(leastDb);
});

test.each([microsoft, ima])('no block is so damaged that it leaves full scale', (decode) => {
  const draw = random(12);
  for (let round = 0; round < 200; round++) {
    const block = new DataView(Uint8Array.from({ length: 256 }, () => 256 * draw()).buffer);
    const channels = [new Float32Array(600), new Float32Array(600)];
    decode(block, channels, 0);
    for (const channel of channels) expect(channel.every((sample) => Math.abs(sample) <= 1)).toBe(true);
  }
});

test('a block of silence is silence', () => {
  const channel = new Float32Array(framesInIma(256, 1)).fill(1);
  ima(new DataView(new ArrayBuffer(256)), [channel], 0);
  expect(Math.max(...channel.map(Math.abs))).toBeLessThan(0.001);
});

import { expect, test } from 'vitest';
import { normal, randomOf } from '../../src/accuracy/random.ts';
import { stretched } from '../../src/accuracy/spoil/codec.ts';
import { hardConditions } from '../../src/accuracy/spoil/hard-conditions.ts';
import { SPARE_SECONDS } from '../../src/accuracy/spoil/spoil.ts';
import { hasFfmpeg } from '../../src/node/decode/ffmpeg.ts';

const RATE = 4000;
const random = randomOf('sound');
const noise = () => Float32Array.from({ length: 2.5 * RATE }, () => 0.1 * normal(random));
const sounds = [noise(), noise(), noise()];

test.each(hardConditions().map((condition) => [condition.name, condition] as const))(
  '%s keeps the length, changes the sound, and is the same again',
  (_, { spoil, others = 0 }) => {
    const [sound, ...more] = sounds;
    const spoilt = () => spoil(sound, RATE, randomOf('1'), more.slice(0, others));
    const first = spoilt();
    expect(first.length).toBe(sound.length);
    expect(first.every(Number.isFinite)).toBe(true);
    expect(first).not.toEqual(sound);
    expect(spoilt()).toEqual(first);
  },
);

test('every condition has a name of its own', () => {
  const names = hardConditions(stretched).map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
});

test.skipIf(!hasFfmpeg())('at another tempo or pitch the clip begins where it did', () => {
  const rate = 16_000;
  const begin = SPARE_SECONDS * rate;
  // Silence, then a tone from the beginning of the clip on.
  const sound = Float32Array.from({ length: 3 * rate }, (_, i) => (i < begin ? 0 : Math.sin((i * 2 * Math.PI) / 20)));
  for (const [tempo, pitch] of [
    [1.18, 1],
    [0.82, 1],
    [1, 1.19],
  ]) {
    const out = stretched(sound, rate, tempo, pitch);
    expect(out.length).toBe(sound.length);
    const first = out.findIndex((sample) => Math.abs(sample) > 0.3);
    expect(Math.abs(first - begin) / rate).toBeLessThan(0.05);
  }
});

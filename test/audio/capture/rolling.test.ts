import { expect, test } from 'vitest';
import { ringOf } from '../../../src/audio/capture/rolling.ts';
import { random } from '../../support/random.ts';

test('a ring holds the last samples in their order, however they were cut', () => {
  const chance = random(5);
  for (let round = 0; round < 50; round++) {
    const capacity = 1 + Math.floor(chance() * 40);
    const ring = ringOf(capacity);
    const all: number[] = [];
    for (let block = 0; block < 12; block++) {
      const samples = Array.from({ length: Math.floor(chance() * 60) }, () => all.length + chance());
      all.push(...samples);
      ring.write(Float32Array.from(samples));
      expect([...ring.read()]).toEqual([...Float32Array.from(all.slice(-capacity))]);
    }
  }
});

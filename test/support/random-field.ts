/** A clip's field and a print made of random numbers, for the scans. */
import { BIN_COUNT, FIRST_BIN } from '../../src/kernel/format.ts';
import { type Field, MARGIN } from '../../src/match/field/field.ts';
import type { Print } from '../../src/types.ts';
import { random as seeded } from './random.ts';

export function randomField(frameCount: number, seed: number): Field {
  const random = seeded(seed);
  const stride = frameCount + 2 * MARGIN;
  const values = new Int8Array(BIN_COUNT * stride);
  for (let bin = 0; bin < BIN_COUNT; bin++) {
    for (let frame = 0; frame < frameCount; frame++) {
      values[bin * stride + MARGIN + frame] = Math.round(100 * random() - 40);
    }
  }
  return {
    firstBin: FIRST_BIN,
    binCount: BIN_COUNT,
    frameCount,
    values,
    stride,
    powers: new Float32Array(BIN_COUNT).fill(900),
    weights: new Float32Array(BIN_COUNT).fill(1),
    tones: new Float32Array(BIN_COUNT),
    tonality: 0,
  };
}

export function randomPrint(frameCount: number, seed: number): Print {
  const random = seeded(seed);
  const frames: number[] = [];
  const bins: number[] = [];
  for (let frame = 0; frame < frameCount; frame++) {
    for (let bin = FIRST_BIN; random() < 0.4 && bin < FIRST_BIN + BIN_COUNT; bin += 50) {
      frames.push(frame);
      bins.push(bin + Math.floor(random() * 40));
    }
  }
  return {
    format: 1,
    frameCount,
    count: frames.length,
    frames: Uint32Array.from(frames),
    bins: Uint16Array.from(bins),
    levels: new Uint8Array(frames.length),
  };
}

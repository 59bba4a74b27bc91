import { expect, test } from 'vitest';
import { BIN_COUNT, FRAMES_PER_SECOND, MAP_ZERO } from '../../src/kernel/format.ts';
import { packStrip, unpackStrip } from '../../src/sessions/session-row.ts';
import { BANDS, StripMaker } from '../../src/sessions/strip-maker.ts';

/** Frames in which one bin stands out by `height`. */
function rows(frames: number, bin: number, height: number): Uint8Array {
  const bytes = new Uint8Array(frames * BIN_COUNT).fill(MAP_ZERO);
  for (let frame = 0; frame < frames; frame++) bytes[frame * BIN_COUNT + bin] = MAP_ZERO + height;
  return bytes;
}

test('a column shows in which band something stands out, and how loud it was', () => {
  const maker = new StripMaker();
  maker.pushRows(rows(11, 0, 80));
  maker.pushRows(rows(11, BIN_COUNT - 1, 40));
  maker.pushPower(0.01, 22 / FRAMES_PER_SECOND / 2);
  maker.pushPower(1, 22 / FRAMES_PER_SECOND / 2);
  const strip = maker.strip();
  expect(strip.columns).toBe(2);
  expect([...strip.levels]).toEqual([200, 240]);
  expect(strip.rows[0]).toBe(80);
  expect(strip.rows[BANDS - 1]).toBe(0);
  expect(strip.rows[2 * BANDS - 1]).toBe(40);
});

test('hours take no more room than a quarter of one, and time stays in its place', () => {
  const maker = new StripMaker();
  const seconds = 7_200;
  for (let minute = 0; minute < seconds / 60; minute++) {
    const frames = Math.round((minute + 1) * 60 * FRAMES_PER_SECOND) - Math.round(minute * 60 * FRAMES_PER_SECOND);
    const isLoud = minute === 60;
    if (isLoud || minute % 25 === 0) maker.pushRows(rows(frames, 0, isLoud ? 100 : 0));
    else maker.pushRows(new Uint8Array(frames * BIN_COUNT));
    for (let second = 0; second < 60; second++) maker.pushPower(isLoud ? 1 : 1e-6, 1);
  }
  const strip = maker.strip();
  expect(strip.columns).toBeLessThanOrEqual(4096);
  expect(strip.columns * strip.secondsPerColumn).toBeGreaterThan(seconds - strip.secondsPerColumn);
  const middle = Math.floor((60.5 * 60) / strip.secondsPerColumn);
  expect(strip.rows[middle * BANDS]).toBe(100);
  expect(strip.levels[middle]).toBe(240);
  expect(strip.rows[(middle - 20) * BANDS]).toBe(0);
  expect(unpackStrip(packStrip(strip))).toEqual(strip);
});

test('a strip that was damaged or cut short is none', () => {
  const maker = new StripMaker();
  maker.pushRows(rows(22, 5, 10));
  const packed = packStrip(maker.strip());
  expect(unpackStrip(packed.slice(0, -1))).toBeUndefined();
  packed[20] ^= 1;
  expect(unpackStrip(packed)).toBeUndefined();
});

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { isTransportStream } from '../../../src/audio/formats/transport-stream.ts';
import { fixture } from '../../support/fixture.ts';

const video = new Uint8Array(await (await fixture('old-letters.mpegts')).arrayBuffer());
const is = (...parts: (Uint8Array | string)[]) => isTransportStream(new Blob(parts as BlobPart[]));

/** As cameras write it: four bytes of time before each packet. */
function timed(bytes: Uint8Array): Uint8Array {
  const packets = Math.floor(bytes.length / 188);
  const spaced = new Uint8Array(packets * 192);
  for (let i = 0; i < packets; i++) spaced.set(bytes.subarray(188 * i, 188 * (i + 1)), 192 * i + 4);
  return spaced;
}

test('a transport stream is known from its first byte, from the middle of a packet, and from a camera', async () => {
  expect(await is(video)).toBe(true);
  expect(await is(video.subarray(100))).toBe(true);
  expect(await is(timed(video))).toBe(true);
});

test('a program in TypeScript is none, nor is an empty file or the letter of the packets alone', async () => {
  expect(await is(readFileSync(import.meta.filename, 'utf8'))).toBe(false);
  expect(await is('')).toBe(false);
  expect(await is('G')).toBe(false);
  expect(await is(`G${'x'.repeat(187)}`.repeat(3))).toBe(false);
});

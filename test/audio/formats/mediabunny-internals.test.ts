/** Whether the private fields that are read are where they are expected: see `mediabunny-internals.ts`. */
import { readFileSync } from 'node:fs';
import { ALL_FORMATS, AudioSample, BlobSource, BufferSource, EncodedPacketSink, Input } from 'mediabunny';
import { afterEach, expect, test, vi } from 'vitest';
import {
  copierOf,
  forgetter,
  KEPT_FRAMES,
  withoutEndlessReads,
} from '../../../src/audio/formats/mediabunny-internals.ts';
import { fixture } from '../../support/fixture.ts';

afterEach(() => vi.unstubAllGlobals());

test('the version is pinned exactly', () => {
  const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
  expect(dependencies.mediabunny).toMatch(/^\d+\.\d+\.\d+$/);
});

test.each(['harbour-lights.mp3', 'old-letters.aac'])(
  'of a long %s only the frames around are remembered',
  async (name) => {
    const long = new Blob(Array.from({ length: 24 }, () => fixture(name)));
    const input = new Input({ source: new BlobSource(long), formats: ALL_FORMATS });
    const track = (await input.getPrimaryAudioTrack())!;
    const forget = forgetter(track);
    let packets = 0;
    for await (const _ of new EncodedPacketSink(track).packets(undefined, undefined, { metadataOnly: true })) {
      packets++;
      if (packets % 100 === 0) forget();
    }
    const { loadedSamples } = (track as unknown as { _backing: { demuxer: { loadedSamples: unknown[] } } })._backing
      .demuxer;
    expect(packets).toBeGreaterThan(3 * KEPT_FRAMES);
    expect(loadedSamples).toHaveLength(packets);
    expect(new Set(loadedSamples).size).toBeLessThan(3 * KEPT_FRAMES);
    input.dispose();
  },
);

test('what the browser decoded is copied from directly', () => {
  const copies: object[] = [];
  class Decoded {
    format = 'f32-planar';
    sampleRate = 8000;
    numberOfFrames = 100;
    numberOfChannels = 2;
    timestamp = 0;
    duration = 12_500;
    copyTo(into: Float32Array, options: object) {
      copies.push(options);
      into.fill(1);
    }
    clone() {
      return this;
    }
    close() {}
  }
  vi.stubGlobal('AudioData', Decoded);
  const sample = new AudioSample(new Decoded() as unknown as AudioData);
  const into = new Float32Array(40);
  copierOf(sample)(1, into, 60);
  expect(copies).toEqual([{ planeIndex: 1, frameOffset: 60, frameCount: 40 }]);
  expect(into[39]).toBe(1);
  sample.close();
});

test.each([
  ['in memory', (bytes: Uint8Array<ArrayBuffer>) => new BufferSource(bytes)],
  ['in a file', (bytes: Uint8Array<ArrayBuffer>) => new BlobSource(new Blob([bytes]))],
])('an element without a size does not make a Matroska file %s be read for ever', async (_, sourceOf) => {
  const bytes = new Uint8Array(await fixture('old-letters.mkv').arrayBuffer());
  const cluster = Buffer.from(bytes.buffer).indexOf(Buffer.from([0x1f, 0x43, 0xb6, 0x75]));
  expect(cluster).toBeGreaterThan(0);
  bytes[cluster + 4] = 0; // no size of an element begins with eight zero bits
  const input = new Input({ source: withoutEndlessReads(sourceOf(bytes)), formats: ALL_FORMATS });
  await expect(input.getPrimaryAudioTrack()).rejects.toThrow(/is read without end/);
  input.dispose();
});

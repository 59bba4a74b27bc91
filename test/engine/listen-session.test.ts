import { expect, test, vi } from 'vitest';
import type { Heard, SpectrogramPart } from '../../src/engine/api.ts';
import { analyse } from '../../src/engine/clips/analyse.ts';
import { BIN_COUNT, FRAMES_PER_SECOND } from '../../src/kernel/format.ts';
import type { Pcm } from '../../src/types.ts';
import { engineWith } from '../support/engine.ts';
import { kernelModule } from '../support/kernel.ts';
import { music, noise } from '../support/music.ts';

/** A tenth and a quarter of a second are whole numbers of samples, so every sample is in a finished block. */
const RATE = 16_000;
const songs = new Map([1, 2].map((seed) => [`song ${seed}`, music(40, RATE, seed)]));
const engine = await engineWith(songs);

/** A stretch of song 2 under noise. */
function clip(fromSeconds: number, seconds: number): Pcm {
  const { samples } = songs.get('song 2')!;
  const part = samples.slice(fromSeconds * RATE, (fromSeconds + seconds) * RATE);
  const added = noise(part.length, 0.1, 7);
  return { samples: part.map((sample, i) => sample + added[i]), sampleRate: RATE };
}

async function listen({ samples, sampleRate }: Pcm, pictures?: MessagePort) {
  const states: Heard[] = [];
  const listening = await engine.listen(sampleRate, {}, (heard) => states.push(heard));
  listening.sendPictures(pictures);
  for (let at = 0; at < samples.length; at += 2048) await listening.push(samples.subarray(at, at + 2048));
  return { listening, states };
}

function closed(port: MessagePort): Promise<unknown> {
  port.start();
  return new Promise((resolve) => port.addEventListener('close', resolve));
}

test('the live picture goes through its port: every frame once, in order, until the session ends', async () => {
  const sound = clip(5, 4.1);
  const { port1, port2 } = new MessageChannel();
  const received: SpectrogramPart[] = [];
  port2.onmessage = ({ data }: MessageEvent<SpectrogramPart>) => received.push(data);
  const isClosed = closed(port2);
  const { listening } = await listen(sound, port1);
  await listening.stop();
  await isClosed;
  const { map, shifts } = analyse(kernelModule, sound);
  let next = 0;
  for (const { firstFrame, rows } of received) {
    expect(firstFrame).toBe(next);
    expect(Buffer.compare(rows, map.rows.subarray(next * BIN_COUNT, next * BIN_COUNT + rows.length))).toBe(0);
    next += rows.length / BIN_COUNT;
  }
  expect(next).toBe(map.frameCount);
  const frames = received.flatMap(({ peakFrames }) => [...peakFrames]);
  const bins = received.flatMap(({ peakBins }) => [...peakBins]);
  expect(frames.length).toBeGreaterThan(50);
  expect(frames).toEqual([...shifts[0].frames.subarray(0, frames.length)]);
  expect(bins).toEqual([...shifts[0].bins.subarray(0, bins.length)]);
});

test('a new port for the picture replaces the one before, and after the end a port is closed at once', async () => {
  const { port1, port2 } = new MessageChannel();
  const isClosed = closed(port2);
  const { listening } = await listen(clip(5, 1), port1);
  listening.sendPictures();
  await expect(isClosed).resolves.toBeInstanceOf(Event);
  await listening.stop();
  const late = new MessageChannel();
  const isLateClosed = closed(late.port2);
  listening.sendPictures(late.port1);
  await expect(isLateClosed).resolves.toBeInstanceOf(Event);
});

test('the conclusion of a short session is what recognising its sound says, to the bit', async () => {
  const sound = clip(12, 4.1);
  const { listening } = await listen(sound);
  const { clipSeconds, timings, ...concluded } = await listening.conclude();
  const { timings: _, ...recognised } = await engine.recognize(sound);
  expect(concluded.matches[0]?.track.title).toBe('song 2');
  expect(concluded).toEqual(recognised);
  expect(clipSeconds).toBe(0);
  expect(timings.totalMs).toBeGreaterThanOrEqual(timings.kernelMs);
});

test('the conclusion of a longer session is about its last ten seconds, and says where they begin', async () => {
  const { listening } = await listen(clip(3, 14.1));
  const { clipSeconds, heardSeconds, matches } = await listening.conclude();
  expect(clipSeconds).toBeCloseTo(4.1, 1);
  expect(clipSeconds + heardSeconds).toBeCloseTo(14.1, 9);
  expect(matches[0]?.track.title).toBe('song 2');
  expect(Math.abs(matches[0].offsetSeconds - (3 + clipSeconds))).toBeLessThan(1 / FRAMES_PER_SECOND);
});

test('every state says where its clip begins', async () => {
  const { listening, states } = await listen(clip(3, 14.1));
  await listening.stop();
  const found = states.filter(({ match }) => match);
  expect(found.length).toBeGreaterThan(20);
  for (const { clipSeconds, match, seconds } of found) {
    expect(clipSeconds).toBeLessThan(seconds);
    expect(Math.abs(match!.offsetSeconds - (3 + clipSeconds))).toBeLessThan(1 / FRAMES_PER_SECOND);
  }
  expect(new Set(found.map(({ clipSeconds }) => clipSeconds)).size).toBeGreaterThan(5);
});

test('a session that ends before any sound came has nothing to conclude', async () => {
  const { listening } = await listen({ samples: new Float32Array(0), sampleRate: RATE });
  expect(await listening.conclude()).toMatchObject({ matches: [], heardSeconds: 0, clipSeconds: 0 });
});

test('who is behind judges one part in four, hears all of it, and names the song', async () => {
  const { samples, sampleRate } = clip(5, 10.1);
  const states: Heard[] = [];
  const listening = await engine.listen(sampleRate, {}, (heard) => states.push(heard));
  const { port1, port2 } = new MessageChannel();
  // All of it waits when the first part is heard.
  for (let at = 0; at < samples.length; at += 2048) port2.postMessage(samples.slice(at, at + 2048));
  await listening.connect(port1);
  await vi.waitFor(() => expect(states.at(-1)?.seconds).toBeCloseTo(10.1, 5), { timeout: 45_000 });
  const seconds = states.filter(({ seconds }, i) => seconds !== states[i - 1]?.seconds).map(({ seconds }) => seconds);
  expect(seconds.length).toBeGreaterThanOrEqual(10);
  expect(seconds.length).toBeLessThan(16);
  expect(states.at(-1)?.match?.track.title).toBe('song 2');
  await listening.stop();
  port2.close();
});

test('fewer states a second name the same song', async () => {
  const { samples, sampleRate } = clip(4, 9.1);
  const seconds: number[] = [];
  const options = { continuous: true, otherSpeeds: false, statesPerSecond: 1 };
  const listening = await engine.listen(sampleRate, options, (heard) => seconds.push(Math.floor(heard.seconds)));
  for (let at = 0; at < samples.length; at += 2048) await listening.push(samples.subarray(at, at + 2048));
  expect([...new Set(seconds)]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  expect((await listening.tracks()).map(({ track }) => track.title)).toEqual(['song 2']);
  await listening.stop();
});

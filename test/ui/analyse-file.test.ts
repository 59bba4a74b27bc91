import { expect, test } from 'vitest';
import type { Pcm } from '../../src/types.ts';
import { listenToFile, partsOf, type Recording } from '../../src/ui/recording/analyse-file.ts';
import { engineWith } from '../support/engine.ts';
import { music } from '../support/music.ts';
import { wavOf } from '../support/wav.ts';

const RATE = 11_025;
const songs = new Map([1, 2].map((seed) => [`song ${seed}`, music(30, RATE, seed)]));
const engine = await engineWith(songs);

const part = (title: string, from: number, to: number) => songs.get(title)!.samples.slice(from * RATE, to * RATE);

function fileOf(...sounds: Float32Array[]): File {
  const samples = Float32Array.from(sounds.flatMap((sound) => [...sound]));
  return new File([wavOf('s16', [samples], RATE) as Uint8Array<ArrayBuffer>], 'mix.wav');
}

async function statesOf(file: File): Promise<Recording[]> {
  const states: Recording[] = [];
  for await (const state of listenToFile(engine, file, {})) states.push(state);
  return states;
}

test('a recording becomes a list of what was played, from when to when and how surely', async () => {
  const file = fileOf(part('song 2', 0, 30), new Float32Array(4 * RATE), part('song 1', 10, 25));
  const states = await statesOf(file);
  const { played, isDone, heardSeconds } = states.at(-1)!;
  expect(isDone).toBe(true);
  expect(heardSeconds).toBeCloseTo(49, 1);
  expect(played.map(({ track }) => track.title)).toEqual(['song 2', 'song 1']);
  const [first, second] = played;
  expect([first.fromSeconds, first.toSeconds]).toEqual([expect.closeTo(0, 0), expect.closeTo(30, 0)]);
  expect(second.trackSeconds - second.fromSeconds).toBeCloseTo(10 - 34, 0);
  expect(Math.min(...played.map(({ confidence }) => confidence))).toBeGreaterThan(0.9);
  // it is told as it goes on
  expect(states.some(({ isDone, played }) => !isDone && played.length === 1)).toBe(true);
});

test('a clip too short to be followed is judged as a whole', async () => {
  const [played, ...others] = (await statesOf(fileOf(part('song 1', 12, 15)))).at(-1)!.played;
  expect(others).toEqual([]);
  expect(played).toMatchObject({ track: { title: 'song 1' }, fromSeconds: 0 });
  expect(played.toSeconds).toBeCloseTo(3, 0);
  expect(played.trackSeconds).toBeCloseTo(12, 1);
});

test('music that is not in the library leaves an empty list', async () => {
  expect((await statesOf(fileOf(music(12, RATE, 77).samples))).at(-1)).toMatchObject({ isDone: true, played: [] });
});

test('a file that is no sound ends with its fault', async () => {
  const states = await statesOf(new File([new Uint8Array(0)], 'empty.mp3'));
  expect(states.at(-1)).toMatchObject({ isDone: true, fault: 'FileEmpty', played: [] });
});

test.each([100, 7777, 96_000])(
  'blocks of %i samples go on as the same sound, two seconds or more at a time',
  async (size) => {
    const all = Float32Array.from({ length: 9 * RATE }, (_, i) => i);
    async function* blocks(): AsyncGenerator<Pcm> {
      for (let at = 0; at < all.length; at += size) yield { samples: all.slice(at, at + size), sampleRate: RATE };
    }
    const parts: Pcm[] = [];
    for await (const part of partsOf(blocks())) parts.push(part);
    expect(parts.flatMap(({ samples }) => [...samples])).toEqual([...all]);
    for (const { samples } of parts.slice(0, -1)) expect(samples.length).toBeGreaterThanOrEqual(2 * RATE);
  },
);

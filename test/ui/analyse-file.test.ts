import { expect, test } from 'vitest';
import { analyseFile, type Known } from '../../src/ui/recording/analyse-file.ts';
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

async function statesOf(file: File, signal = new AbortController().signal): Promise<Known[]> {
  const states: Known[] = [];
  await analyseFile(engine, file, { signal }, (known) => states.push(known));
  return states;
}

test('a recording becomes a session that is kept, and its progress is told', async () => {
  const states = await statesOf(fileOf(part('song 2', 0, 30), new Float32Array(4 * RATE), part('song 1', 10, 25)));
  const { session, fraction } = states.at(-1)!;
  expect(fraction).toBe(1);
  expect(session?.stretches.map(({ track }) => track.title)).toEqual(['song 2', 'song 1']);
  expect(session).toMatchObject({ source: 'file', name: 'mix.wav', state: 'ended' });
  expect(session?.seconds).toBeCloseTo(49, 0);
  expect(states.some((known) => known.fraction && known.fraction < 1)).toBe(true);
  expect((await engine.sessions.get(session!.id))?.stretches).toHaveLength(2);
});

test('music that is not in the library is kept as a recording without songs', async () => {
  const { session } = (await statesOf(fileOf(music(12, RATE, 77).samples))).at(-1)!;
  expect(session).toMatchObject({ stretches: [], name: 'mix.wav' });
});

test('a file that is no sound is refused by its name', async () => {
  const empty = new File([new Uint8Array(0)], 'empty.mp3');
  await expect(statesOf(empty)).rejects.toMatchObject({ name: 'FileEmpty' });
});

import { expect, test } from 'vitest';
import type { Engine, Heard, ListenOptions, Piece } from '../../src/engine/api.ts';
import type { Pcm } from '../../src/types.ts';
import { engineWith } from '../support/engine.ts';
import { music, noise } from '../support/music.ts';

const RATE = 11025;
const songs = new Map([1, 2, 3].map((seed) => [`song ${seed}`, music(40, RATE, seed)]));
const stranger = music(12, RATE, 77).samples;

const part = ({ samples }: Pcm, from: number, seconds: number) => samples.slice(from * RATE, (from + seconds) * RATE);
const silence = (seconds: number) => new Float32Array(seconds * RATE);
const hiss = (seconds: number) => noise(seconds * RATE, 0.02, 5);

async function listenTo(engine: Engine, sounds: Float32Array[], options: ListenOptions = {}): Promise<Heard[]> {
  const states: Heard[] = [];
  const listening = await engine.listen(RATE, options, (heard) => states.push(heard));
  for (const sound of sounds) {
    for (let at = 0; at < sound.length; at += 4096) await listening.push(sound.subarray(at, at + 4096));
  }
  await listening.stop();
  return states;
}

/** Each piece as it was told last. */
const piecesOf = (states: Heard[]): Piece[] => [
  ...new Map(states.flatMap(({ piece }) => (piece ? [[piece.number, piece] as const] : []))).values(),
];

test('pieces one after another are told apart, with where each begins and ends', async () => {
  const engine = await engineWith(songs);
  const sounds = [
    part(songs.get('song 2')!, 5, 15), // 0 .. 15
    silence(6), // .. 21
    part(songs.get('song 1')!, 20, 12), // .. 33
    part(songs.get('song 3')!, 0, 14), // .. 47
    hiss(6),
  ];
  const pieces = piecesOf(await listenTo(engine, sounds, { continuous: true }));
  expect(pieces.map(({ track }) => track.title)).toEqual(['song 2', 'song 1', 'song 3']);
  const [second, first, third] = pieces;
  expect(second.fromSeconds).toBeCloseTo(0, 0);
  expect(Math.abs(second.toSeconds - 15)).toBeLessThan(1);
  expect(Math.abs(first.fromSeconds - 21)).toBeLessThan(1);
  expect(Math.abs(first.toSeconds - 33)).toBeLessThan(2.5);
  expect(Math.abs(third.fromSeconds - 33)).toBeLessThan(1);
  expect(Math.abs(third.toSeconds - 47)).toBeLessThan(1);
  // where song and session would both be at 0
  const leads = pieces.map(({ trackSeconds, fromSeconds }) => trackSeconds - fromSeconds);
  for (const [i, lead] of [5, 20 - 21, 0 - 33].entries()) expect(Math.abs(leads[i] - lead)).toBeLessThan(0.1);
});

test('music that is not in the library is told to be none, once, and a song after it is found', async () => {
  const engine = await engineWith(songs);
  const sounds = [stranger, part(songs.get('song 1')!, 10, 8)];
  const states = await listenTo(engine, sounds, { giveUpSeconds: 10 });
  expect(states.filter(({ state }) => state === 'none')).toHaveLength(1);
  expect(states.at(-1)).toMatchObject({ state: 'found', match: { track: { title: 'song 1' } } });
  expect(piecesOf(states)).toHaveLength(1);
});

test('a muted microphone is told from a quiet one, and silence is not called unknown', async () => {
  const engine = await engineWith(songs);
  const muted = await listenTo(engine, [silence(3)], { giveUpSeconds: 2 });
  const quiet = await listenTo(engine, [noise(3 * RATE, 0.002, 3)]);
  expect(new Set(muted.map(({ state }) => state))).toEqual(new Set(['silent']));
  expect(new Set(quiet.map(({ state }) => state))).toEqual(new Set(['listening']));
});

test('the last word is about what was heard at the end', async () => {
  const engine = await engineWith(songs);
  const listening = await engine.listen(RATE, {}, () => {});
  await listening.push(part(songs.get('song 2')!, 12, 4));
  const { matches, heardSeconds } = await listening.conclude();
  expect(matches[0]?.track.title).toBe('song 2');
  expect(matches[0].offsetSeconds).toBeCloseTo(12, 1);
  expect(heardSeconds).toBeCloseTo(4, 0);
});

import { expect, test } from 'vitest';
import type { AnalyseProgress } from '../../src/engine/api.ts';
import { engineWith } from '../support/engine.ts';
import { music } from '../support/music.ts';

const RATE = 16_000;
const songs = new Map([1, 2].map((seed) => [`song ${seed}`, music(40, RATE, seed)]));
const part = (title: string, from: number, to: number) => songs.get(title)!.samples.slice(from * RATE, to * RATE);
const unknown = music(30, RATE, 9).samples;
const mix = Float32Array.from([...part('song 1', 5, 35), ...unknown, ...part('song 2', 0, 30)]);

async function analysed(name?: string) {
  const engine = await engineWith(songs);
  const told: AnalyseProgress[] = [];
  const record = name === undefined ? undefined : ({ source: 'file', name } as const);
  const analysing = await engine.analyse(RATE, { record, expectedSeconds: 90 }, (progress) => told.push(progress));
  for (let at = 0; at < mix.length; at += RATE) await analysing.push(mix.subarray(at, at + RATE));
  return { engine, analysing, told };
}

test('a recording becomes a session with its songs and what lies between', async () => {
  const { engine, analysing, told } = await analysed('mix.wav');
  const session = await analysing.finish();
  expect(session).toMatchObject({ source: 'file', name: 'mix.wav', state: 'ended', seconds: 90, hasStrip: true });
  expect(session.stretches.map(({ track }) => track.title)).toEqual(['song 1', 'song 2']);
  const [first, second] = session.stretches;
  expect(first.fromSeconds).toBeLessThan(1);
  expect(first.trackSeconds - first.fromSeconds).toBeCloseTo(5, 0);
  expect(second.toSeconds).toBeGreaterThan(88);
  expect(session.gaps).toHaveLength(1);
  expect(await engine.sessions.get(session.id)).toEqual(session);
  const strip = await engine.sessions.strip(session.id);
  expect(strip!.columns * strip!.secondsPerColumn).toBeCloseTo(90, 0);
  expect(told.at(-1)).toMatchObject({ leftSeconds: expect.any(Number) });
});

test('a song that goes on after talk or another sound is one stretch, at its own speed', async () => {
  const engine = await engineWith(songs);
  const song = songs.get('song 1')!.samples;
  const noisy = song.slice(0, 38 * RATE);
  noisy.set(unknown.subarray(0, 8 * RATE), 14 * RATE);
  const analysing = await engine.analyse(RATE);
  await analysing.push(noisy);
  const { stretches, gaps } = await analysing.finish();
  expect(stretches).toHaveLength(1);
  expect(stretches[0].fromSeconds).toBeLessThan(0.5);
  expect(stretches[0].toSeconds).toBeGreaterThan(37.5);
  expect(gaps).toEqual([]);
});

test('how the sound is cut into blocks changes nothing', async () => {
  const engine = await engineWith(songs);
  const sessions = [];
  for (const size of [777, RATE, mix.length]) {
    const analysing = await engine.analyse(RATE);
    for (let at = 0; at < mix.length; at += size) await analysing.push(mix.subarray(at, at + size));
    const { stretches } = await analysing.finish();
    sessions.push(stretches.map(({ track: { title }, fromSeconds, toSeconds }) => ({ title, fromSeconds, toSeconds })));
  }
  expect(sessions[1]).toEqual(sessions[0]);
  expect(sessions[2]).toEqual(sessions[0]);
});

test('what was stopped is over at once', async () => {
  const engine = await engineWith(songs);
  const analysing = await engine.analyse(RATE);
  const pushed = analysing.push(mix).catch((error: Error) => error.name);
  await analysing.stop();
  expect(['AbortError', undefined]).toContain(await pushed);
  await engine.close();
});

test('a recording that is not to be kept is told all the same', async () => {
  const { engine, analysing } = await analysed();
  const session = await analysing.finish();
  expect(session.stretches).toHaveLength(2);
  expect((await engine.sessions.list()).total).toBe(0);
});

test('a recording that ends too early says where and why', async () => {
  const { analysing } = await analysed('cut.mp3');
  const fault = { name: 'FileDamaged', message: 'The file is damaged: its sound cannot be decoded.' } as const;
  expect(await analysing.finish(fault)).toMatchObject({ seconds: 90, fault, state: 'ended' });
});

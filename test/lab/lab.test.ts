import { beforeAll, expect, test } from 'vitest';
import type { Engine } from '../../src/engine/api.ts';
import { curveSteps } from '../../src/lab/curves.ts';
import type { CurvePoint, Lab, Mix } from '../../src/lab/lab-api.ts';
import { createLab } from '../../src/lab/lab-host.ts';
import { engineWith } from '../support/engine.ts';
import { music } from '../support/music.ts';
import { wavOf } from '../support/wav.ts';

const RATE = 16_000;
const songs = new Map([1, 2, 3].map((seed) => [`song ${seed}`, music(30, RATE, seed)]));
const never = new AbortController().signal;
let engine: Engine;
let lab: Lab;
let ids: number[];
beforeAll(async () => {
  engine = await engineWith(songs);
  lab = createLab(engine, undefined);
  ids = [];
  for (const sound of songs.values()) ids.push((await lab.hold(sound)).id);
});

const mixOf = (changes: Partial<Mix> = {}): Mix => ({
  sounds: [{ id: ids[0], fromSeconds: 8 }],
  seconds: 4,
  ratioDb: 0,
  noiseDb: 0,
  speed: 1,
  pitch: 1,
  ...changes,
});
const titlesOf = async (mix: Mix) => {
  const { examination } = await lab.examine(mix, never);
  return examination.candidates.filter(({ isNamed }) => isNamed).map(({ track }) => track.title);
};

test('an untouched mix is the sound itself, and is known where it was cut', async () => {
  const { clip, examination } = await lab.examine(mixOf(), never);
  const original = songs.get('song 1')!.samples.subarray(8 * RATE, 12 * RATE);
  expect(clip.samples).toHaveLength(original.length);
  const farthest = clip.samples.reduce((most, sample, i) => Math.max(most, Math.abs(sample - original[i])), 0);
  expect(farthest).toBeLessThan(0.001);
  expect(examination.candidates[0]).toMatchObject({ isNamed: true, track: { title: 'song 1' } });
  expect(examination.candidates[0].offsetSeconds).toBeCloseTo(8, 1);
});

test('two songs are both named where they are equally loud, and one where the other is hardly there', async () => {
  const sounds = [
    { id: ids[0], fromSeconds: 8 },
    { id: ids[1], fromSeconds: 3 },
  ];
  expect((await titlesOf(mixOf({ sounds, seconds: 5 }))).sort()).toEqual(['song 1', 'song 2']);
  expect(await titlesOf(mixOf({ sounds, ratioDb: 40 }))).toEqual(['song 1']);
  expect(await titlesOf(mixOf({ sounds, ratioDb: -40 }))).toEqual(['song 2']);
});

test.each([
  ['a room', { roomDb: 0 }],
  ['talkers', { noise: 'talkers' as const, noiseDb: 3 }],
  ['a turntable that runs fast', { speed: 1.04 }],
  ['another pitch', { pitch: 1.03 }],
])('through %s the song is still known', async (_, changes) => {
  expect(await titlesOf(mixOf(changes))).toEqual(['song 1']);
});

test('a shifted pitch keeps the tempo', async () => {
  const { examination } = await lab.examine(mixOf({ pitch: 1.03 }), never);
  const [{ speed, pitch }] = examination.candidates;
  expect(pitch).toBeCloseTo(1.03, 2);
  expect(speed).toBeCloseTo(1, 2);
});

test('much noise drowns it', async () => {
  expect(await titlesOf(mixOf({ noise: 'white', noiseDb: -40 }))).toEqual([]);
});

test('a curve has a point at every step and falls as noise rises', async () => {
  const { rows } = await engine.tracks({ search: 'song 1', sort: 'title', offset: 0, limit: 1 });
  const points: CurvePoint[] = [];
  await lab.curve('noise', mixOf(), [rows[0].id], (point) => points.push(point), never);
  expect(points.map(({ x }) => x)).toEqual(curveSteps.noise);
  expect(points.at(-1)!.confidences[0]).toBeGreaterThan(0.9);
  expect(points[0].confidences[0]).toBeLessThan(0.5);
  await expect(lab.curve('noise', mixOf(), [], () => {}, AbortSignal.abort())).rejects.toThrow();
});

test('the trial asks for clips of every length, and says which files could not be read', async () => {
  const file = (title: string) =>
    new File([new Uint8Array(wavOf('s16', [songs.get(title)!.samples], RATE))], `${title}.wav`);
  const trialSongs = ['song 1', 'song 2'].map((title) => ({ key: `id of ${title}`, title, file: file(title) }));
  const broken = { key: 'id of song 3', title: 'song 3', file: new File(['no sound'], 'song 3.mp3') };
  const told: number[] = [];
  const options = { seconds: [2, 5], clips: 3, seed: 1, padding: 2, conditions: ['clean'] };
  const tell = ({ done }: { done: number }) => told.push(done);
  const { report, rows, unread } = await lab.trial([...trialSongs, broken], options, tell, never);
  expect(unread).toEqual(['song 3']);
  expect(report.rows.map(({ seconds, clips, right }) => [seconds, clips, right])).toEqual([
    [2, 2, 1],
    [5, 2, 1],
  ]);
  expect(rows.map(({ title, answer }) => title === answer)).toEqual([true, true, true, true]);
  expect(told).toEqual([0, 1, 2, 3, 4]);
});

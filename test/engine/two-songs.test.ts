import { expect, test } from 'vitest';
import type { Heard } from '../../src/engine/api.ts';
import { engineWith } from '../support/engine.ts';
import { music } from '../support/music.ts';

const RATE = 16_000;
const songs = new Map([1, 2, 3].map((seed) => [`song ${seed}`, music(30, RATE, seed)]));
const [one, two] = [songs.get('song 1')!.samples, songs.get('song 2')!.samples];
/** Song 1 from second 5 on with song 2 from second 2 on, then song 1 alone. */
const both = Float32Array.from({ length: 8 * RATE }, (_, i) => one[5 * RATE + i] + two[2 * RATE + i]);
const alone = one.slice(13 * RATE, 20 * RATE);

const engine = await engineWith(songs);

test('two songs at once are both named for a clip', async () => {
  const { matches, others } = await engine.recognize({ samples: both, sampleRate: RATE });
  expect(matches.map(({ track }) => track.title).sort()).toEqual(['song 1', 'song 2']);
  expect(others.every(({ confidence }) => confidence >= 0.005)).toBe(true);
});

test('while listening, the second song is told as playing too, and no longer when it has ended', async () => {
  const told: Heard[] = [];
  const listening = await engine.listen(RATE, { continuous: true }, (heard) => told.push(heard));
  for (const sound of [both, alone]) await listening.push(sound);
  await listening.stop();
  const together = told.filter(({ also }) => also);
  expect(together.length).toBeGreaterThan(4);
  for (const { match, also } of together) {
    expect([match?.track.title, ...also!.map(({ track }) => track.title)].sort()).toEqual(['song 1', 'song 2']);
  }
  expect(told.slice(-8).some(({ also }) => also)).toBe(false);
  expect(told.at(-1)?.match?.track.title).toBe('song 1');
});

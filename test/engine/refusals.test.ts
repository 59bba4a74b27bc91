import { expect, test } from 'vitest';
import type { Engine } from '../../src/engine/api.ts';
import { openEngine } from '../../src/engine/engine.ts';
import { openMemory } from '../../src/library/shelf/memory.ts';
import type { Pcm, TrackId } from '../../src/types.ts';
import { learnt } from '../support/engine.ts';
import { kernelModule } from '../support/kernel.ts';
import { music, noise } from '../support/music.ts';

const RATE = 16_000;
const song = music(40, RATE, 1);
const other = music(40, RATE, 5).samples;
const cut = (samples: Float32Array, from: number, to: number): Pcm => ({
  samples: samples.slice(from * RATE, to * RATE),
  sampleRate: RATE,
});
/** Another recording that borrows ten seconds of the song: a sound for which the song is named. */
const borrowed = other.map((sample, i) =>
  i >= 10 * RATE && i < 20 * RATE ? 0.7 * song.samples[i] + 0.6 * sample : sample,
);
const under = (pcm: Pcm, level: number): Pcm => {
  const hiss = noise(pcm.samples.length, level, 3);
  return { ...pcm, samples: pcm.samples.map((sample, i) => sample + hiss[i]) };
};

async function opened(shelf = openMemory()) {
  const engine = await openEngine({ shelf, kernel: kernelModule });
  const added = await engine.add(learnt(song, 'song'));
  if (added.state === 'similar') throw new Error('similar');
  return { shelf, engine, id: added.track.id };
}
const named = async ({ engine }: Awaited<ReturnType<typeof opened>>, sound: Pcm) =>
  (await engine.recognize(sound)).matches.map(({ track }) => track.title);

test('a track that was refused for a sound is not named for it again, but for itself', async () => {
  const here = await opened();
  const sound = cut(borrowed, 10, 20);
  expect(await named(here, sound)).toEqual(['song']);
  const refusal = await here.engine.refuse(sound, here.id);
  expect(await named(here, sound)).toEqual([]);
  expect(await named(here, under(cut(borrowed, 12, 19), 0.05))).toEqual([]);
  expect(await named(here, cut(song.samples, 10, 20))).toEqual(['song']);
  expect(await named(here, under(cut(song.samples, 11, 18), 0.05))).toEqual(['song']);
  expect(await named(here, cut(song.samples, 25, 32))).toEqual(['song']);
  await here.engine.allow(refusal);
  expect(await named(here, sound)).toEqual(['song']);
});

test('it holds after opening again, and while listening', async () => {
  const { shelf, engine, id } = await opened();
  const sound = cut(borrowed, 10, 20);
  const listening = await engine.listen(RATE, {}, () => {});
  await listening.push(sound.samples);
  await listening.stop();
  await listening.refuse(id);
  await engine.close();
  const again = await opened(shelf);
  expect(await named(again, sound)).toEqual([]);
  const titles = new Set<string>();
  const live = await again.engine.listen(RATE, {}, ({ match }) => match && titles.add(match.track.title));
  await live.push(sound.samples);
  await live.stop();
  expect([...titles]).toEqual([]);
});

/** Two songs at once; only the first may be known. */
const second = music(40, RATE, 9);
const mixed = song.samples.map((sample, i) => 0.8 * (sample + second.samples[(i + 7 * RATE) % second.samples.length]));
const MIX = 3;

/** What is named while listening, as the app does: until the first answer or the end, and then for the last seconds. */
async function heardIn(engine: Engine, sound: Pcm, continuous = false) {
  const titles = new Set<string>();
  let id: TrackId | undefined;
  const listening = await engine.listen(RATE, { continuous }, ({ match, also = [] }) => {
    id ??= match?.track.id;
    for (const { track } of match ? [match, ...also] : []) titles.add(track.title);
  });
  for (let at = 0; at < sound.samples.length && (continuous || id === undefined); at += RATE / 4) {
    await listening.push(sound.samples.slice(at, at + RATE / 4));
  }
  for (const { track } of (await listening.conclude()).matches) titles.add(track.title);
  return { listening, id, titles: [...titles] };
}

test('a refusal of the few seconds before an answer holds while the same sound goes on', async () => {
  const { engine } = await opened();
  const { listening, id, titles } = await heardIn(engine, cut(mixed, MIX, MIX + 12));
  expect(titles).toEqual(['song']);
  await listening.refuse(id!);
  expect((await heardIn(engine, cut(mixed, MIX, MIX + 12))).titles).toEqual([]);
  expect((await heardIn(engine, under(cut(mixed, MIX + 1, MIX + 12), 0.03), true)).titles).toEqual([]);
  expect((await heardIn(engine, cut(song.samples, MIX, MIX + 10))).titles).toEqual(['song']);
  expect((await heardIn(engine, under(cut(song.samples, MIX, MIX + 10), 0.05))).titles).toEqual(['song']);
  expect((await heardIn(engine, cut(song.samples, MIX + 15, MIX + 25))).titles).toEqual(['song']);
});

test('a song that was refused is not named beside the other one, which still is', async () => {
  const { engine, id } = await opened();
  await engine.add(learnt(second, 'second'));
  const sound = cut(mixed, MIX, MIX + 8);
  expect((await engine.recognize(sound)).matches.map(({ track }) => track.title).sort()).toEqual(['second', 'song']);
  await engine.refuse(cut(mixed, MIX, MIX + 3), id);
  expect((await engine.recognize(sound)).matches.map(({ track }) => track.title)).toEqual(['second']);
  expect((await heardIn(engine, sound, true)).titles).toEqual(['second']);
});

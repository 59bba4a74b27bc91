import { expect, test } from 'vitest';
import { openEngine } from '../../src/engine/engine.ts';
import { openMemory } from '../../src/library/shelf/memory.ts';
import type { Pcm } from '../../src/types.ts';
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

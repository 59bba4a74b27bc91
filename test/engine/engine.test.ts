import { expect, test } from 'vitest';
import type { Pcm } from '../../src/types.ts';
import { engineWith, learnt } from '../support/engine.ts';
import { music, noise } from '../support/music.ts';

const SECONDS = 40;

function part({ samples, sampleRate }: Pcm, from: number, seconds: number): Pcm {
  return { samples: samples.slice(from * sampleRate, (from + seconds) * sampleRate), sampleRate };
}

function noisy({ samples, sampleRate }: Pcm, level: number): Pcm {
  const added = noise(samples.length, level, 99);
  return { samples: samples.map((sample, i) => sample + added[i]), sampleRate };
}

const songs = new Map([1, 2, 3].map((seed) => [`song ${seed}`, music(SECONDS, 11025, seed)]));

const engineWithSongs = () => engineWith(songs);

test.each([...songs.keys()])('five noisy seconds of %s are recognised, with their place', async (title) => {
  const engine = await engineWithSongs();
  const { matches } = await engine.recognize(noisy(part(songs.get(title)!, 12, 5), 0.1));
  expect(matches[0]?.track.title).toBe(title);
  expect(matches[0].offsetSeconds).toBeCloseTo(12, 0);
  expect(matches[0].met!.frames.length).toBeGreaterThan(20);
});

test('a song that was never learnt is no match, nor are noise and silence', async () => {
  const engine = await engineWithSongs();
  const stranger = await engine.recognize(music(8, 11025, 77));
  const hiss = await engine.recognize({ samples: noise(8 * 11025, 0.3), sampleRate: 11025 });
  const nothing = await engine.recognize({ samples: new Float32Array(8 * 11025), sampleRate: 11025 });
  expect([stranger, hiss, nothing].flatMap(({ matches }) => matches)).toEqual([]);
});

test('the same bytes are known, the same recording out of another file is similar', async () => {
  const engine = await engineWithSongs();
  const sound = songs.get('song 2')!;
  expect((await engine.add(learnt(sound, 'song 2'))).state).toBe('known');
  const again = learnt(noisy(sound, 0.01), 'the same from a tape');
  const added = await engine.add(again);
  expect(added).toMatchObject({ state: 'similar', track: { title: 'song 2' } });
  expect((await engine.add(again, { evenIfSimilar: true })).state).toBe('added');
  expect((await engine.add(learnt(music(SECONDS, 11025, 9), 'song 9'))).state).toBe('added');
});

test('an excerpt of a known song, and a mix that holds one, are similar too', async () => {
  const engine = await engineWithSongs();
  const song = songs.get('song 2')!;
  const excerpt = await engine.add(learnt(part(song, 10, 14), 'cut'));
  expect(excerpt).toMatchObject({ state: 'similar', kind: 'excerpt', track: { title: 'song 2' } });
  const [before, after] = [music(20, 11025, 55), music(25, 11025, 56)];
  const samples = Float32Array.from([...before.samples, ...song.samples, ...after.samples]);
  const mix = await engine.add(learnt({ samples, sampleRate: 11025 }, 'mix'));
  expect(mix).toMatchObject({ state: 'similar', kind: 'contains', track: { title: 'song 2' } });
  expect(await engine.add(learnt(song, 'once more'))).toMatchObject({ state: 'similar', kind: 'same' });
});

test('the same recording out of three files, learnt at once, is there once', async () => {
  const engine = await engineWithSongs();
  const sound = music(SECONDS, 11025, 5);
  const files = [0, 0.01, 0.02].map((level, i) => learnt(noisy(sound, level), `file ${i}`));
  const added = await Promise.all(files.map((file) => engine.add(file)));
  expect(added.map(({ state }) => state).sort()).toEqual(['added', 'similar', 'similar']);
  expect((await engine.status()).trackCount).toBe(songs.size + 1);
});

test('a cover is put, replaced and taken away', async () => {
  const engine = await engineWithSongs();
  const { rows } = await engine.tracks({ limit: 1 });
  const [{ id }] = rows;
  const picture = (text: string) => new Blob([text], { type: 'image/webp' });
  for (const text of ['one', 'another']) {
    await engine.setCover(id, picture(text));
    expect(await (await engine.cover(id))?.text()).toBe(text);
    expect((await engine.track(id))?.hasCover).toBe(true);
  }
  expect((await engine.status()).bytes.covers).toBeGreaterThan(0);
  await engine.setCover(id, undefined);
  expect(await engine.cover(id)).toBeUndefined();
  expect((await engine.track(id))?.hasCover).toBe(false);
  expect((await engine.status()).bytes.covers).toBe(0);
});

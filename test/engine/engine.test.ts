import { expect, test } from 'vitest';
import type { Engine, Heard } from '../../src/engine/api.ts';
import { openEngine } from '../../src/engine/engine.ts';
import { FRAMES_PER_SECOND, KERNEL_FORMAT, PRINT_RANK, peaksOf } from '../../src/kernel/kernel.ts';
import { openMemory } from '../../src/library/memory.ts';
import { packPrint, printOf } from '../../src/library/print.ts';
import type { Learnt, Pcm } from '../../src/types.ts';
import { kernelModule } from '../support/kernel.ts';
import { music, noise } from '../support/music.ts';

const SECONDS = 40;

function learnt(sound: Pcm, title: string): Learnt {
  const seconds = sound.samples.length / sound.sampleRate;
  const peaks = peaksOf(kernelModule, sound, { maxRank: PRINT_RANK });
  const print = packPrint(printOf(peaks, Math.ceil(seconds * FRAMES_PER_SECOND), KERNEL_FORMAT));
  return {
    tags: { title },
    contentId: `id of ${title}`,
    fileName: `${title}.wav`,
    seconds,
    learntSeconds: seconds,
    print,
  };
}

function part({ samples, sampleRate }: Pcm, from: number, seconds: number): Pcm {
  return { samples: samples.slice(from * sampleRate, (from + seconds) * sampleRate), sampleRate };
}

function noisy({ samples, sampleRate }: Pcm, level: number): Pcm {
  const added = noise(samples.length, level, 99);
  return { samples: samples.map((sample, i) => sample + added[i]), sampleRate };
}

const songs = new Map([1, 2, 3].map((seed) => [`song ${seed}`, music(SECONDS, 11025, seed)]));

async function engineWithSongs(): Promise<Engine> {
  const engine = await openEngine({ shelf: openMemory(), kernel: kernelModule });
  for (const [title, sound] of songs) await engine.add(learnt(sound, title));
  return engine;
}

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

test('listening finds the song, follows it and says where it is now', async () => {
  const engine = await engineWithSongs();
  const states: Heard[] = [];
  const listening = await engine.listen(11025, {}, (heard) => states.push(heard));
  const sound = part(songs.get('song 1')!, 12, 6);
  for (let at = 0; at < sound.samples.length; at += 1000) await listening.push(sound.samples.slice(at, at + 1000));
  await listening.stop();
  const last = states.at(-1)!;
  expect(last.state).toBe('found');
  expect(last.match?.track.title).toBe('song 1');
  expect(last.match?.positionSeconds).toBeCloseTo(12 + last.seconds, 0);
  expect(last.piece).toMatchObject({ number: 1, track: { title: 'song 1' } });
});

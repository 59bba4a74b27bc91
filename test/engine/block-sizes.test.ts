import { expect, test } from 'vitest';
import type { Heard, ListenOptions, SpectrogramPart } from '../../src/engine/api.ts';
import { engineWith } from '../support/engine.ts';
import { music, noise } from '../support/music.ts';
import { random } from '../support/random.ts';

/** Not the kernel's rate, and a quarter of a second is no whole number of samples. */
const RATE = 11_127;
const songs = new Map([1, 2].map((seed) => [`song ${seed}`, music(20, RATE, seed)]));
const engine = await engineWith(songs);

/** Silence, a song in noise, silence, music that is not known, and another song that breaks off within a block. */
function session(): Float32Array {
  const part = (title: string, from: number, seconds: number) =>
    songs.get(title)!.samples.subarray(from * RATE, Math.round((from + seconds) * RATE));
  const hiss = noise(5 * RATE, 0.1, 5);
  const sounds = [
    new Float32Array(RATE),
    part('song 1', 4, 5).map((sample, i) => sample + hiss[i]),
    new Float32Array(2 * RATE),
    music(3, RATE, 77).samples,
    part('song 2', 9, 8.37),
  ];
  return Float32Array.from(sounds.flatMap((samples) => [...samples]));
}

const sound = session();

/** Everything that comes out of a session whose blocks are of these sizes, in turn; but for how long it took. */
async function heardIn(sizes: Iterable<number>, options: ListenOptions) {
  const states: Heard[] = [];
  const pictures: SpectrogramPart[] = [];
  const { port1, port2 } = new MessageChannel();
  port2.onmessage = ({ data }: MessageEvent<SpectrogramPart>) => pictures.push(data);
  const isClosed = new Promise((resolve) => port2.addEventListener('close', resolve));
  const listening = await engine.listen(RATE, options, (heard) => states.push(heard));
  listening.sendPictures(port1);
  let at = 0;
  for (const size of sizes) {
    if (at >= sound.length) break;
    await listening.push(sound.slice(at, at + size));
    at += size;
  }
  const { timings: _, ...conclusion } = await listening.conclude();
  await isClosed;
  // compared as texts: element by element takes seconds
  const seen = pictures.map(({ rows, ...picture }) => ({ ...picture, rows: Buffer.from(rows).toString('base64') }));
  return { states, seen, conclusion, tracks: await listening.tracks() };
}

function* always(size: number) {
  for (;;) yield size;
}

function* drawn() {
  const next = random(3);
  for (;;) yield Math.floor(9000 * next() ** 3);
}

test.each<[listens: string, blocks: string, ListenOptions, () => Iterable<number>]>([
  ['for one answer', 'of any length, and empty ones', { giveUpSeconds: 4 }, drawn],
  ['on and on', 'of 128 samples, as an audio thread has them', { continuous: true }, () => always(128)],
])('who listens %s hears in blocks %s the same as in one', async (_listens, _blocks, options, sizes) => {
  const whole = await heardIn([sound.length], options);
  expect(whole.states.map(({ state }) => state)).toEqual(expect.arrayContaining(['silent', 'listening', 'found']));
  expect(whole.seen.length).toBeGreaterThan(60);
  expect(whole.tracks.map(({ track }) => track.title)).toEqual(['song 1', 'song 2']);
  expect(await heardIn(sizes(), options)).toEqual(whole);
});

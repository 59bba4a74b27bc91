import { beforeAll, expect, test } from 'vitest';
import type { Engine } from '../../src/engine/api.ts';
import type { SoundStream } from '../../src/node/decode/raw-sound.ts';
import { recognizeStream } from '../../src/node/recognize/recognize-stream.ts';
import { engineWith } from '../support/engine.ts';
import { music, noise } from '../support/music.ts';

const RATE = 11_025;
/** Of which a recording is asked; see `clip-windows.ts`. */
const WINDOW = 20 * RATE;
const song = music(60, RATE, 1).samples;
let engine: Engine;
let hardlySure: Float32Array;
beforeAll(async () => {
  engine = await engineWith(new Map([1, 2, 3].map((seed) => [`song ${seed}`, music(60, RATE, seed)])));
  hardlySure = await faintest();
});

/** A window of the song beneath noise so loud; the same noise again for the same loudness. */
function drowned(level: number): Float32Array {
  const loud = noise(WINDOW, level, 7);
  return song.slice(WINDOW / 2, WINDOW / 2 + WINDOW).map((sample, i) => sample + loud[i]);
}

function recording(...windows: Float32Array[]): SoundStream {
  async function* blocks() {
    yield* windows;
  }
  return { sampleRate: RATE, blocks: blocks() };
}

const silence = new Float32Array(WINDOW);
const answerTo = async (...windows: Float32Array[]) =>
  (await recognizeStream(engine, recording(...windows))).recognition;
const lateIn = (window: Float32Array) => answerTo(...Array(20).fill(silence), window, silence);

/** Music under noise, just loud enough that one clip of it gives an answer, but an uncertain one. */
async function faintest(): Promise<Float32Array> {
  let [sure, lost] = [0.5, 20];
  while (lost / sure > 1.001) {
    const level = Math.sqrt(sure * lost);
    const window = drowned(level);
    const [match] = (await engine.recognize({ samples: window, sampleRate: RATE })).matches;
    if (match && match.confidence < 0.97) return window;
    if (match) sure = level;
    else lost = level;
  }
  throw new Error('no such loudness');
}

test('what is hardly sure is an answer at once, but not after minutes of trying', async () => {
  const [match] = (await answerTo(hardlySure)).matches;
  expect(match?.track.title).toBe('song 1');
  const late = await lateIn(hardlySure);
  expect(late.matches).toEqual([]);
  expect(late.heardSeconds).toBeGreaterThan(400);
});

test('within the first minute the answer is the same as of the clip alone', async () => {
  const alone = (await engine.recognize({ samples: hardlySure, sampleRate: RATE })).matches[0];
  const third = (await answerTo(silence, silence, hardlySure)).matches[0];
  expect(third.confidence).toBe(alone.confidence);
  expect(third.offsetSeconds + 40 * third.speed).toBeCloseTo(alone.offsetSeconds, 9);
});

test('music that can be heard is found however late it comes', async () => {
  const late = await lateIn(drowned(0.1));
  expect(late.matches[0]?.track.title).toBe('song 1');
  expect(late.matches[0].offsetSeconds).toBeCloseTo(10 - 20 * 20, 0);
});

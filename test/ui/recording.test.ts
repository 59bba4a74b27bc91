import { describe, expect, test } from 'vitest';
import type { Engine } from '../../src/engine/api.ts';
import type { Match, Pcm, Track } from '../../src/types.ts';
import { listenToFile, type Recording, windowsOf } from '../../src/ui/listen/recording.ts';
import { wavOf } from '../support/wav.ts';

const RATE = 8000;

async function* inBlocks(seconds: number, blockSamples: number): AsyncGenerator<Pcm> {
  const all = Float32Array.from({ length: seconds * RATE }, (_, i) => i);
  for (let at = 0; at < all.length; at += blockSamples) {
    yield { samples: all.slice(at, at + blockSamples), sampleRate: RATE };
  }
}

const windows = async (seconds: number, blockSamples: number) => {
  const seen: [from: number, to: number][] = [];
  for await (const { window, fromSeconds } of windowsOf(inBlocks(seconds, blockSamples))) {
    // The samples count themselves, so what is told can be held against them.
    expect(window.samples[0]).toBe(fromSeconds * RATE);
    seen.push([fromSeconds, fromSeconds + window.samples.length / RATE]);
  }
  return seen;
};

describe('a long sound is heard in windows', () => {
  test('of ten seconds, each beginning five after the one before', async () => {
    expect(await windows(20, 4000)).toEqual([
      [0, 10],
      [5, 15],
      [10, 20],
    ]);
  });

  test('a short sound is one window, and a rest is heard too', async () => {
    expect(await windows(3, 4000)).toEqual([[0, 3]]);
    expect((await windows(12, 4000)).at(-1)).toEqual([5, 12]);
  });

  test.each([1000, 7777, 96_000, 200_000])('blocks of %i samples give the same windows', async (size) => {
    expect(await windows(23, size)).toEqual(await windows(23, 4000));
  });
});

const track = (id: number) => ({ id, title: `Song ${id}` }) as Track;
const match = (id: number, offsetSeconds: number, confidence = 0.9): Match => ({
  track: track(id),
  offsetSeconds,
  confidence,
  speed: 1,
  pitch: 1,
  votes: 10,
});

async function report(answers: Match[][]): Promise<Recording> {
  const samples = new Float32Array((5 * answers.length + 5) * RATE).fill(0.1);
  const file = new File([wavOf('s16', [samples], RATE) as Uint8Array<ArrayBuffer>], 'mix.wav');
  let asked = 0;
  const engine = {
    recognize: async () => ({ matches: answers[asked++] ?? [], others: [] }),
  } as unknown as Pick<Engine, 'recognize'>;
  let last: Recording | undefined;
  for await (const recording of listenToFile(engine, file, {})) last = recording;
  return last!;
}

describe('the songs in a file', () => {
  test('a song that goes on from window to window is one piece, as sure as it ever was', async () => {
    const { pieces, isDone } = await report([[match(1, 30)], [match(1, 35, 0.99)], [match(1, 40)]]);
    expect(isDone).toBe(true);
    expect(pieces).toMatchObject([{ fromSeconds: 0, toSeconds: 20, match: { confidence: 0.99 } }]);
  });

  test('another song, and the same one at another place, are pieces of their own', async () => {
    const { pieces } = await report([[match(1, 30)], [match(2, 0)], [match(1, 90)]]);
    expect(pieces.map(({ match }) => match.track.id)).toEqual([1, 2, 1]);
  });

  test('a window in which nothing was known does not cut a song in two', async () => {
    const { pieces } = await report([[match(1, 30)], [], [match(1, 40)]]);
    expect(pieces).toHaveLength(1);
  });

  test('a file that is no sound ends with its fault', async () => {
    const file = new File([new Uint8Array(0)], 'empty.mp3');
    const states: Recording[] = [];
    const engine = { recognize: () => Promise.reject(new Error('not asked')) };
    for await (const state of listenToFile(engine, file, {})) states.push(state);
    expect(states.at(-1)).toMatchObject({ isDone: true, fault: 'FileEmpty', pieces: [] });
  });
});

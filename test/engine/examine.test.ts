import { expect, test } from 'vitest';
import { engineWith } from '../support/engine.ts';
import { music } from '../support/music.ts';

const RATE = 16_000;
const songs = new Map([1, 2, 3].map((seed) => [`song ${seed}`, music(30, RATE, seed)]));
const engine = await engineWith(songs);
const cut = (title: string, from: number, to: number) => ({
  samples: songs.get(title)!.samples.slice(from * RATE, to * RATE),
  sampleRate: RATE,
});
const highest = (values: Float32Array) => values.indexOf(Math.max(...values));

test('an examination answers as recognition does, and its terms add up to the confidence', async () => {
  const clip = cut('song 2', 8, 12);
  const { matches } = await engine.recognize(clip);
  const { candidates } = await engine.examine(clip);
  const named = candidates.filter(({ isNamed }) => isNamed);
  expect(named.map(({ track, confidence }) => [track.title, confidence])).toEqual(
    matches.map(({ track, confidence }) => [track.title, confidence]),
  );
  expect(named).toHaveLength(1);
  for (const { terms, confidence } of candidates) {
    const logOdds = Object.values(terms).reduce((sum, term) => sum + term, 0);
    expect(1 / (1 + Math.exp(-logOdds))).toBeCloseTo(confidence, 6);
  }
});

test('the votes, the fit and the print agree on the place of the answer', async () => {
  const { candidates, votes, pairs, frameCount, rows, tones } = await engine.examine(cut('song 3', 5, 9));
  const [best] = candidates;
  expect(best.track.title).toBe('song 3');
  const part = Math.floor(best.tapeShare * votes.most.length);
  expect(Math.abs(highest(votes.most) - part)).toBeLessThanOrEqual(1);
  expect(highest(best.fits)).toBe((best.fits.length - 1) / 2);
  expect(Math.abs(highest(best.votesNear) - (best.votesNear.length - 1) / 2)).toBeLessThanOrEqual(1);
  expect(best.agreeing.frames.length).toBeGreaterThan(20);
  expect(best.agreeing.frames.length).toBeLessThan(pairs.frames.length);
  const seen = best.isSeen.reduce((sum, is) => sum + is, 0);
  expect(seen / best.isSeen.length).toBeGreaterThan(0.8);
  expect(best.print.frames.every((frame) => frame >= -1 && frame < frameCount)).toBe(true);
  expect(rows.length).toBe(frameCount * tones.length);
});

test('at another speed the pairs that agree are found where they sound', async () => {
  const { samples } = cut('song 1', 4, 12);
  const faster = Float32Array.from({ length: Math.floor(samples.length / 1.04) }, (_, i) => {
    const at = i * 1.04;
    const whole = Math.floor(at);
    return samples[whole] + (at - whole) * ((samples[whole + 1] ?? 0) - samples[whole]);
  });
  const { candidates, frameCount } = await engine.examine({ samples: faster, sampleRate: RATE });
  const [best] = candidates;
  expect(best.track.title).toBe('song 1');
  expect(best.speed).toBeCloseTo(1.04, 2);
  expect(best.terms.warp).toBeLessThan(0);
  expect(best.agreeing.frames.length).toBeGreaterThan(5);
  expect(Math.max(...best.agreeing.toFrames)).toBeLessThan(frameCount + 2);
});

test('an examination that is cancelled ends', async () => {
  await expect(engine.examine(cut('song 1', 4, 12), {}, AbortSignal.abort())).rejects.toThrow();
});

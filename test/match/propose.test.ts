import { expect, test } from 'vitest';
import { propose, questionOf, type Votes, votesOf, weightsOf } from '../../src/match/propose.ts';
import { proposeExactly } from '../../src/match/propose-exactly.ts';
import { random } from '../support/random.ts';

const landmarks = (...pairs: [hash: number, frame: number][]) => ({
  count: pairs.length,
  hashes: Uint32Array.from(pairs, ([hash]) => hash),
  frames: Uint32Array.from(pairs, ([, frame]) => frame),
});

test('a landmark that two analyses hear a frame apart is asked for once, one that comes again is asked for again', () => {
  const question = questionOf([landmarks([7, 10], [9, 20], [7, 30]), landmarks([7, 11], [9, 20], [8, 12])]);
  expect([...question.hashes]).toEqual([7, 8, 9]);
  expect([...question.starts]).toEqual([0, 2, 3, 4]);
  expect([...question.frames]).toEqual([10, 30, 12, 20]);
});

/** Landmark n occurs at position 1000 + 10 n, and those below `common` at 5000 + 10 n as well. */
function votes(count: number, common: number) {
  const question = questionOf([landmarks(...Array.from({ length: count }, (_, n): [number, number] => [n, 10 * n]))]);
  const places = Array.from({ length: count }, (_, n) => [1000 + 10 * n, ...(n < common ? [5000 + 10 * n] : [])]);
  const starts = Uint32Array.from(places, (_, n) => places.slice(0, n).flat().length);
  const answer = {
    starts: Uint32Array.from([...starts, places.flat().length]),
    positions: Uint32Array.from(places.flat()),
  };
  return votesOf(question, answer, weightsOf(answer, 1_000_000));
}

test('places where more landmarks agree come first, and those lighter than asked for not at all', () => {
  const all = propose([votes(20, 8)], 10);
  expect(all.map(({ cell }) => cell)).toEqual([1000, 5000]);
  expect(all[0].weight / all[1].weight).toBeGreaterThan(2);
  expect(propose([votes(20, 8)], 10, all[1].weight + 1).map(({ cell }) => cell)).toEqual([1000]);
  expect(propose([votes(20, 8)], 10, all[1].weight)).toEqual(all);
});

/** Few places with many votes, and very many with one or two. */
function scattered(seed: number, offset: number): Votes {
  const next = random(seed);
  const places = Array.from({ length: 4000 }, (_, i) => ({
    cell: Math.floor(next() * 1e6) * 10,
    votes: i < 30 ? 3 + (i % 4) : 1 + (i % 2),
  }));
  const cells = places.flatMap(({ cell, votes }) => Array.from({ length: votes }, () => cell + offset));
  return { count: cells.length, cells: Uint32Array.from(cells), weights: Uint8Array.from(cells, () => 20) };
}

test.each([1, 2, 3])('the places do not depend on where the tracks are on the tape, seed %i', async (seed) => {
  const wanted = 50;
  const here = await proposeExactly([scattered(seed, 0)], wanted);
  const elsewhere = await proposeExactly([scattered(seed, 1_234_567)], wanted);
  expect(elsewhere.map(({ cell, weight }) => ({ cell: cell - 1_234_567, weight }))).toEqual(here);
  const weights = new Map<number, number>();
  for (const cell of scattered(seed, 0).cells) weights.set(cell, (weights.get(cell) ?? 0) + 20);
  const heaviest = [...weights].sort(([a, one], [b, other]) => other - one || a - b).slice(0, wanted);
  expect(here).toEqual(heaviest.map(([cell, weight]) => ({ cell, weight })));
});

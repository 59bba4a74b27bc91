import { expect, test } from 'vitest';
import { NewestPostings } from '../../../src/library/index/newest-postings.ts';
import { gapParameters, Page } from '../../../src/library/index/pages/page.ts';
import { MOST_BYTES, type PackedPage, PageWriter } from '../../../src/library/index/pages/page-writer.ts';
import { type Run, runOf } from '../../../src/library/index/postings.ts';
import { U32List } from '../../../src/library/index/u32-list.ts';
import { writeChecksum } from '../../../src/library/shelf/checksum.ts';
import type { Row } from '../../../src/library/shelf/shelf.ts';
import { HASH_BITS, landmarksOf } from '../../../src/match/landmarks.ts';
import { FRAME_RATE, somePrint } from '../../support/prints.ts';
import { random } from '../../support/random.ts';

type Packed = PackedPage & { row: Row };

function packed(run: Run, tapeStart: number, tapeEnd: number): Packed[] {
  const pages: Packed[] = [];
  const writer = new PageWriter(tapeStart, tapeEnd, (row, page) => pages.push({ row, ...page }));
  for (let from = 0, to = 0; from < run.hashes.length; from = to) {
    while (to < run.hashes.length && run.hashes[to] === run.hashes[from]) to++;
    writer.add(run.hashes[from], run.positions, from, to);
  }
  writer.finish();
  return pages;
}

const opened = ({ row }: Packed) => Page.of(row) as Page;

/** Hashes as skewed as music's: few are very common, many occur once. */
function skewedRun(seed: number, count: number, tapeStart: number, tapeEnd: number): Run {
  const next = random(seed);
  const keys = Float64Array.from({ length: count }, () => {
    const hash = Math.floor(2 ** 23 * next() ** 4);
    return hash * 2 ** 30 + tapeStart + Math.floor(next() * (tapeEnd - tapeStart));
  }).sort();
  return {
    hashes: Uint32Array.from(keys, (key) => Math.floor(key / 2 ** 30)),
    positions: Uint32Array.from(keys, (key) => key % 2 ** 30),
  };
}

test('pages hold the run they were made of, whole and hash by hash', () => {
  const [start, end] = [5000, 900_000];
  const run = skewedRun(1, 40_000, start, end);
  const pages = packed(run, start, end);
  const parameters = gapParameters(end - start);
  const whole = pages.map((page) => opened(page).run(start, parameters));
  expect(Uint32Array.from(whole.flatMap(({ hashes }) => [...hashes]))).toEqual(run.hashes);
  expect(Uint32Array.from(whole.flatMap(({ positions }) => [...positions]))).toEqual(run.positions);
  expect(pages.length).toBeGreaterThan(10);
  for (const [i, page] of pages.entries()) {
    const { hashes } = opened(page).run(start, parameters);
    expect(page.byteLength).toBe(page.row.length);
    expect(page.byteLength).toBeLessThanOrEqual(MOST_BYTES);
    if (i < pages.length - 1) expect(page.byteLength).toBeGreaterThan(0.95 * MOST_BYTES);
    expect(page.postingCount).toBe(hashes.length);
    expect(page.firstHash).toBe(hashes[0]);
  }

  for (let i = 0; i < run.hashes.length; i += 397) {
    for (const hash of [run.hashes[i], run.hashes[i] + 1]) {
      const found = new U32List();
      for (const page of pages) opened(page).find(hash, start, parameters, found);
      expect(found.copy()).toEqual(run.positions.filter((_, j) => run.hashes[j] === hash));
    }
  }
});

test('a hash far more common than fits a page is found in all its pages, and so are those after it', () => {
  const count = 30_000;
  const rare = [78, 79, 90, 5000, 5001];
  const run = {
    hashes: Uint32Array.of(...new Uint32Array(count).fill(77), ...rare),
    positions: Uint32Array.from({ length: count + rare.length }, (_, i) => (i % count) * 50),
  };
  const pages = packed(run, 0, count * 50);
  expect(pages.length).toBeGreaterThan(2);
  for (const hash of [77, ...rare]) {
    const found = new U32List();
    for (const page of pages) opened(page).find(hash, 0, gapParameters(count * 50), found);
    expect(found.copy()).toEqual(run.positions.filter((_, i) => run.hashes[i] === hash));
  }
});

test('pieces of any length and density fill pages, and never overfill them', () => {
  const next = random(4);
  const hashes: number[] = [];
  const positions: number[] = [];
  for (let hash = 0; hash < 400; hash++) {
    const count = 1 + Math.floor(300 * next() ** 3);
    const stretch = 10 ** (3 + 6 * next());
    const some = Float64Array.from({ length: count }, () => Math.floor(next() * stretch)).sort();
    hashes.push(...new Array(count).fill(hash * 1000));
    positions.push(...some);
  }
  const run = { hashes: Uint32Array.from(hashes), positions: Uint32Array.from(positions) };
  const pages = packed(run, 0, 2 ** 30);
  const whole = pages.map((page) => opened(page).run(0, gapParameters(2 ** 30)));
  expect(whole.flatMap((part) => [...part.hashes])).toEqual(hashes);
  expect(whole.flatMap((part) => [...part.positions])).toEqual(positions);
  expect(Math.max(...pages.map(({ byteLength }) => byteLength))).toBeLessThanOrEqual(MOST_BYTES);
});

test('the same place twice under one hash stays twice', () => {
  const run = { hashes: Uint32Array.of(5, 5, 5), positions: Uint32Array.of(1, 1, 4294967295) };
  const [page] = packed(run, 0, 4294967295);
  expect(opened(page).run(0, gapParameters(4294967295))).toEqual(run);
});

test.each([16, 64, 256])('the postings of %i minutes of random peaks take little more than 3 bytes each', (tracks) => {
  const frames = Math.round(60 * FRAME_RATE);
  const newest = new NewestPostings();
  for (let i = 0; i < tracks; i++) newest.add(runOf(landmarksOf(somePrint(i, { seconds: 60 })), i * frames, HASH_BITS));
  const run = newest.merged();
  const bytes = packed(run, 0, tracks * frames).reduce((sum, { row }) => sum + row.length, 0);
  expect(bytes / run.hashes.length).toBeLessThan(3.3);
});

test('any flipped bit of a page is noticed', () => {
  const [{ row }] = packed(skewedRun(2, 300, 0, 9000), 0, 9000);
  for (let bit = 0; bit < row.length * 8; bit++) {
    row[bit >> 3] ^= 1 << (bit & 7);
    expect(Page.of(row)).toBeUndefined();
    row[bit >> 3] ^= 1 << (bit & 7);
  }
});

test('a page that makes no sense under a right checksum is read to its end, and known as broken', () => {
  const [start, end] = [0, 100_000];
  const [page] = packed(skewedRun(3, 2000, start, end), start, end);
  const next = random(4);
  let broken = 0;
  for (let round = 0; round < 1000; round++) {
    const row = page.row.slice();
    for (let count = 1 + (round % 4); count > 0; count--) row[Math.floor(row.length * next() ** 2)] = 256 * next();
    const forged = Page.of(writeChecksum(row));
    if (!forged) continue;
    expect(forged.run(start, gapParameters(end)).positions.length).toBeLessThan(row.length * 8);
    forged.find(page.firstHash, start, gapParameters(end), new U32List());
    if (forged.isBroken) broken++;
  }
  expect(broken).toBeGreaterThan(50);
});

import { expect, test } from 'vitest';
import { findDuplicates } from '../../src/engine/duplicates/find-duplicates.ts';
import { LandmarkSample } from '../../src/engine/duplicates/landmark-sample.ts';
import { VoteTable } from '../../src/engine/duplicates/vote-table.ts';
import { FRAMES_PER_SECOND } from '../../src/kernel/format.ts';
import { landmarksOf } from '../../src/match/landmarks.ts';
import type { Print } from '../../src/types.ts';
import { engineWith, learnt } from '../support/engine.ts';
import { memoryIndex } from '../support/memory-index.ts';
import { music } from '../support/music.ts';
import { somePrint } from '../support/prints.ts';
import { random } from '../support/random.ts';

const frames = (seconds: number) => Math.round(seconds * FRAMES_PER_SECOND);

interface Peak {
  frame: number;
  bin: number;
  level: number;
}

const peaksOf = (print: Print): Peak[] =>
  Array.from({ length: print.count }, (_, i) => ({
    frame: print.frames[i],
    bin: print.bins[i],
    level: print.levels[i],
  }));

function printOf(peaks: Peak[], frameCount: number): Print {
  return {
    format: 1,
    frameCount,
    count: peaks.length,
    frames: Uint32Array.from(peaks, ({ frame }) => frame),
    bins: Uint16Array.from(peaks, ({ bin }) => bin),
    levels: Uint8Array.from(peaks, ({ level }) => level),
  };
}

/** What another encoding leaves of a print: some peaks are gone. */
function worn(print: Print, seed: number): Print {
  const next = random(seed);
  return printOf(
    peaksOf(print).filter(() => next() < 0.85),
    print.frameCount,
  );
}

/** The same music played faster and higher. */
function played(print: Print, tempo: number, pitch: number): Print {
  const peaks = peaksOf(print).map(({ frame, bin, level }) => ({
    frame: Math.round(frame / tempo),
    bin: Math.round(bin * pitch),
    level,
  }));
  return printOf(
    peaks.filter(({ bin }) => bin < 840),
    Math.round(print.frameCount / tempo),
  );
}

/** What is left of a print when other sound, as loud, is heard with it. */
function under(print: Print, noise: Print, seed: number): Print {
  const next = random(seed);
  const kept = peaksOf(print).filter(() => next() < 0.3);
  const added = peaksOf(noise).filter(({ frame }) => frame < print.frameCount && next() < 0.7);
  return printOf(
    [...kept, ...added].sort((a, b) => a.frame - b.frame || a.bin - b.bin),
    print.frameCount,
  );
}

function cut(print: Print, fromSeconds: number, seconds: number): Print {
  const from = frames(fromSeconds);
  const peaks = peaksOf(print).filter(({ frame }) => frame >= from && frame < from + frames(seconds));
  return printOf(
    peaks.map((peak) => ({ ...peak, frame: peak.frame - from })),
    frames(seconds),
  );
}

function joined(...prints: Print[]): Print {
  let start = 0;
  const peaks: Peak[] = [];
  for (const print of prints) {
    for (const peak of peaksOf(print)) peaks.push({ ...peak, frame: peak.frame + start });
    start += print.frameCount;
  }
  return printOf(peaks, start);
}

const song = (seed: number, seconds = 60) => somePrint(seed, { seconds });

const prints = new Map<number, Print>([
  ...Array.from({ length: 30 }, (_, i): [number, Print] => [i + 1, song(i + 1)]),
  [101, worn(song(1), 5)],
  [102, cut(worn(song(2), 6), 20, 13)],
  [103, joined(song(50, 30), song(3), song(51, 30))],
  [104, joined(cut(song(4), 0, 25), song(52, 40))],
]);

test('the same recording, an excerpt, a longer piece and shared music are told apart, and nothing else is found', async () => {
  const told: number[] = [];
  const index = memoryIndex(prints);
  const found = await findDuplicates({ index, progress: ({ done }) => told.push(done) });
  expect(found.map(({ kind, track, other }) => [kind, track, other])).toEqual([
    ['same', 1, 101],
    ['excerpt', 103, 3],
    ['excerpt', 2, 102],
    ['shared', 4, 104],
  ]);
  const [, whole, part, shared] = found.map(({ stretches }) => stretches[0]);
  expect(whole.fromSeconds).toBeCloseTo(30, -0.5);
  expect(part.fromSeconds).toBeCloseTo(20, -0.5);
  expect(part.seconds).toBeGreaterThan(10);
  expect(shared.seconds).toBeGreaterThan(21);
  expect(shared.seconds).toBeLessThan(29);
  expect(told.at(-1)).toBe(prints.size);
});

test('the same recording is found at another speed, pitch or tempo, and under other sound', async () => {
  const tracks = Array.from({ length: 6 }, (_, i) => song(i + 1, 120));
  const copies = [
    played(tracks[0], 1.02, 1.02),
    played(tracks[1], 0.95, 0.95),
    played(tracks[2], 1.04, 1),
    played(tracks[3], 1, 0.97),
    under(tracks[4], song(70, 120), 1),
    played(cut(tracks[5], 40, 60), 1.03, 1.03),
  ];
  const all = new Map([...tracks, ...copies].map((print, i) => [i + 1, print]));
  const found = await findDuplicates({ index: memoryIndex(all) });
  const told = new Map(found.map((pair) => [`${pair.kind} ${pair.track} ${pair.other}`, pair.stretches[0]]));
  expect([...told.keys()].sort()).toEqual([
    'excerpt 6 12',
    'same 1 7',
    'same 2 8',
    'same 3 9',
    'same 4 10',
    'same 5 11',
  ]);
  expect(told.get('same 1 7')!.tempo).toBeCloseTo(1.02, 3);
  expect(told.get('same 2 8')!.pitch).toBeCloseTo(0.95, 2.5);
  expect(told.get('same 3 9')).toMatchObject({ pitch: 1, tempo: expect.closeTo(1.04, 3) });
  expect(told.get('same 4 10')!.pitch).toBeCloseTo(0.97, 2.5);
  const excerpt = told.get('excerpt 6 12')!;
  expect(excerpt.fromSeconds).toBeCloseTo(40, -0.5);
  expect(excerpt.seconds).toBeGreaterThan(50);
});

test('an excerpt is found although the track before it on the tape repeats at the same distance', async () => {
  const loop = song(60, 4);
  const beat = joined(...Array.from({ length: 15 }, () => loop));
  const all = [...peaksOf(song(61)), ...peaksOf(beat)].sort((a, b) => a.frame - b.frame || a.bin - b.bin);
  const repeating = printOf(all, song(61).frameCount);
  // On the tape the excerpt begins as far after the copy before it as makes their beats meet, 64 frames lying between tracks.
  const from = 7 * loop.frameCount + ((repeating.frameCount + 64) % loop.frameCount);
  const excerpt = cut(worn(repeating, 8), from / FRAMES_PER_SECOND, 13);
  const tracks = [repeating, worn(repeating, 7), excerpt, song(62)];
  const found = await findDuplicates({ index: memoryIndex(new Map(tracks.map((print, i) => [i + 1, print]))) });
  const told = found.map(({ kind, track, other }) => `${kind} ${track} ${other}`);
  expect(told.sort()).toEqual(['excerpt 1 3', 'excerpt 2 3', 'same 1 2']);
});

test('it can be stopped', async () => {
  const abort = new AbortController();
  const searching = findDuplicates({ index: memoryIndex(prints), progress: () => abort.abort(), signal: abort.signal });
  await expect(searching).rejects.toThrow();
});

test('a sample finds the places that all landmarks have, of the hashes it keeps', () => {
  const whole = new LandmarkSample(2, 1);
  const quarter = new LandmarkSample(2, 1 / 4);
  for (const sample of [whole, quarter]) {
    for (const [id, print] of [song(1), worn(song(1), 2)].entries()) {
      sample.add(id, print.frameCount, landmarksOf(print));
    }
    sample.sort();
  }
  const pairs = (sample: LandmarkSample) => {
    const found: string[] = [];
    sample.eachPlace(landmarksOf(song(1)), {}, (frame, position) => found.push(`${frame} ${position}`));
    return found;
  };
  const [all, some] = [pairs(whole), pairs(quarter)];
  const known = new Set(all);
  expect(some.every((pair) => known.has(pair))).toBe(true);
  expect(some.length / all.length).toBeGreaterThan(0.2);
  expect(some.length / all.length).toBeLessThan(0.3);
  expect(quarter.trackAt(quarter.tracks[1].start + 5)).toBe(1);
  expect(quarter.trackAt(quarter.tracks[1].start - 5)).toBe(0);
});

test('as many distances as a song has among its copies are counted to the last', () => {
  const table = new VoteTable();
  let isCounted = true;
  for (let cell = 0; cell < 600_000; cell++) isCounted &&= table.add(cell * 7);
  expect(isCounted).toBe(true);
  table.add(599_999 * 7);
  expect(table.best(2)).toEqual([{ cell: 599_999 * 7, votes: 2 }]);
});

test('votes are counted as a plain map counts them, round after round', () => {
  const table = new VoteTable();
  const next = random(3);
  for (let round = 0; round < 3; round++) {
    table.clear();
    const plain = new Map<number, number>();
    for (let vote = 0; vote < 20_000; vote++) {
      const cell = Math.floor(next() ** 3 * 5000) * 1000;
      table.add(cell);
      plain.set(cell, (plain.get(cell) ?? 0) + 1);
    }
    for (const [cell, votes] of plain) expect(table.countOf(cell)).toBe(votes);
    const most = Math.max(...plain.values());
    expect(table.best(2)[0].votes).toBe(most);
    expect(table.countOf(7)).toBe(0);
  }
});

test('a pair that a person keeps is not found again, and the rest is', async () => {
  const sounds = [1, 2].map((seed) => music(40, 11_025, seed));
  const engine = await engineWith(new Map(sounds.map((sound, i) => [`song ${i}`, sound])));
  for (const [i, sound] of sounds.entries()) await engine.add(learnt(sound, `copy ${i}`), { evenIfSimilar: true });
  const pairs = await engine.findDuplicates();
  expect(pairs).toHaveLength(2);
  await engine.keepPair(pairs[0].other, pairs[0].track);
  expect(await engine.findDuplicates()).toEqual([pairs[1]]);
  expect(Object.keys((await engine.track(pairs[0].track))!)).not.toContain('keptBeside');
});

/**
 * One library size, measured: made on an empty shelf from prints like the real ones, with the real tracks among them,
 * then opened anew and asked. The same in Node and in a browser's worker.
 */
import { analyse } from '../../src/engine/clips/analyse.ts';
import { clocked } from '../../src/engine/clips/clocked-index.ts';
import { FRAMES_PER_SECOND } from '../../src/kernel/format.ts';
import { compileKernel } from '../../src/kernel/kernel.ts';
import type { Mirror } from '../../src/library/index/pages/mirror.ts';
import { type Library, openLibrary } from '../../src/library/library.ts';
import { packPrint } from '../../src/library/prints/pack-print.ts';
import { unpackPrint } from '../../src/library/prints/print.ts';
import type { Shelf } from '../../src/library/shelf/shelf.ts';
import type { Analysis } from '../../src/match/analysis.ts';
import type { Index } from '../../src/match/index-view.ts';
import { searchClip } from '../../src/match/search.ts';
import type { Learnt } from '../../src/types.ts';
import { matching } from '../support/matching.ts';
import { random } from '../support/random.ts';
import { learntLike } from '../support/tracks-like.ts';

export const CLIP_SECONDS = 5;

/** Real tracks: two of three go into the library, a hundred at most, the others stay out. */
export interface Material {
  kernel: Uint8Array<ArrayBuffer>;
  /** Packed prints of all of them. */
  prints: Uint8Array[];
  clips: { track: number; sampleRate: number; samples: Float32Array }[];
}

/** Where a trial runs. */
export interface Host {
  openShelf(): Promise<Shelf>;
  openMirror(): Promise<Mirror | undefined>;
  /** What the engine's process, or the page with its workers, holds now that is not garbage. */
  memoryBytes(): Promise<number>;
  told(what: string): void;
}

export interface Trial {
  /** More than before the library was opened: the most that was seen. */
  memoryMegabytes: number;
  tracks: number;
  seconds: number;
  importMsPerTrack: number;
  settleMsPerTrack: number;
  /** Each time that segments became one. */
  mergeMs: number[];
  /** The longest that sorting in kept the engine from anything else. */
  pauseMs: number;
  addMs: number[];
  /** Searching and sorting the list: the first time, and then. */
  listMs: number[];
  openMs: number;
  firstQueryMs: number;
  /** Of clips of tracks inside, and of clips of absent tracks, for which all is tried. */
  coldMs: number[];
  coldAbsentMs: number[];
  /** What of the first was spent on reading the library. */
  coldLibraryMs: number[];
  /** As `coldMs`, without the mirror of the index; empty where there is none. */
  bareColdMs: number[];
  warmMs: number[];
  warmAbsentMs: number[];
  lookupMs: number[];
  /** While segments were sealed and merged. */
  busyMs: number[];
  right: number;
  wrong: number;
  missed: number;
  falseAlarms: number;
  absent: number;
  bytes: { prints: number; index: number; tracks: number };
  segments: number;
}

const TRACK_SECONDS = 240;

/** Asked while sorting goes on: more would only keep it from its end. */
const BUSY_QUERIES = 8;

const isInside = (track: number) => track % 3 < 2 && track < 150;

async function timed<T>(work: () => Promise<T>): Promise<[T, number]> {
  const start = performance.now();
  const result = await work();
  return [result, performance.now() - start];
}

/** Notes the longest that the thread was kept busy, but for the time spent on what is run within `own`. */
function pauses() {
  let [longestMs, last, isOwned] = [0, performance.now(), false];
  const timer = setInterval(() => {
    const now = performance.now();
    if (!isOwned) longestMs = Math.max(longestMs, now - last);
    last = now;
  }, 1);
  return {
    async own<T>(work: () => Promise<T>): Promise<T> {
      isOwned = true;
      try {
        return await work();
      } finally {
        [last, isOwned] = [performance.now(), false];
      }
    },
    end(): number {
      clearInterval(timer);
      return longestMs;
    },
  };
}

/** Times each step behind the scenes after which there are fewer segments. */
function merges(library: Library): number[] {
  const mergeMs: number[] = [];
  let [before, last] = [0, performance.now()];
  library.watch(async ({ kind }) => {
    if (kind !== 'status') return;
    const now = performance.now();
    const { segments } = await library.status();
    if (segments < before) mergeMs.push(now - last);
    [before, last] = [segments, now];
  });
  return mergeMs;
}

export async function runTrial(material: Material, trackCount: number, host: Host): Promise<Trial> {
  const { told } = host;
  const without = async () => openLibrary(await host.openShelf(), matching);
  const analyses = await analysesOf(material);
  const bytesBefore = await host.memoryBytes();
  const memory: number[] = [];
  const noteMemory = async () => memory.push(((await host.memoryBytes()) - bytesBefore) / 2 ** 20);
  let hasMirror = false;
  const open = async () => {
    const mirror = await host.openMirror();
    hasMirror = mirror !== undefined;
    return openLibrary(await host.openShelf(), { ...matching, openMirror: async () => mirror });
  };
  const real = material.prints.map((bytes) => unpackPrint(bytes));
  // Of absent tracks not even pieces are there.
  const likes = real.filter((_, track) => isInside(track));
  const learnt = (seed: number): Learnt => learntLike(likes, seed, TRACK_SECONDS);
  let library: Library = await open();

  const inside = real.flatMap((print, i): Learnt[] => {
    const seconds = print.frameCount / FRAMES_PER_SECOND;
    const own = { tags: { title: String(i) }, seconds, learntSeconds: seconds, print: packPrint(print) };
    return isInside(i) ? [{ ...learnt(2 ** 24 + i), ...own }] : [];
  });
  let making = 0;
  async function* source() {
    const every = Math.max(1, Math.floor(trackCount / inside.length));
    for (let i = 0; i < trackCount; i++) {
      const start = performance.now();
      const next = i % every === 0 && inside.length > i / every ? inside[i / every] : learnt(i);
      making += performance.now() - start;
      yield next;
    }
  }
  const [, importMs] = await timed(() => library.addAll(source()));
  told(`${trackCount} imported`);
  const mergeMs = merges(library);
  const breath = pauses();
  const ask = (analysis: Analysis, index: Index = library) => timed(() => searchClip(analysis, index));

  // Sealing and merging goes on behind the scenes: now and then a query is asked that has to bear with it.
  const busyMs: number[] = [];
  const [, settleMs] = await timed(async () => {
    let isSettling = true;
    const settled = library.settled().then(() => {
      isSettling = false;
    });
    while (isSettling && trackCount > 100 && busyMs.length < BUSY_QUERIES) {
      busyMs.push((await breath.own(() => ask(analyses[busyMs.length % analyses.length].analysis)))[1]);
      await Promise.race([settled, new Promise((resolve) => setTimeout(resolve, 5000))]);
    }
    await settled;
  });
  const pauseMs = breath.end();
  told(`settled in ${(settleMs / trackCount).toFixed(1)} ms a track, longest pause ${pauseMs.toFixed(0)} ms`);
  await noteMemory();
  const { seconds, bytes, segments } = await library.status();

  // Typing a letter into the search field, at the first time and then.
  const listMs: number[] = [];
  for (const search of ['', '1', '12', '123']) {
    listMs.push((await timed(async () => await library.tracks({ search, sort: 'artist', offset: 40 })))[1]);
  }

  const addMs: number[] = [];
  for (let i = 0; i < 20; i++) {
    const one = learnt(2 ** 25 + i);
    addMs.push((await timed(() => library.add(one)))[1]);
  }
  await library.settled();
  await library.close();

  // An app that starts has no garbage to collect.
  await host.memoryBytes();
  const [opened, openMs] = await timed(open);
  library = opened;
  const [, firstQueryMs] = await ask(analyses[0].analysis);
  await library.settled();

  const coldMs: number[] = [];
  const coldAbsentMs: number[] = [];
  const coldLibraryMs: number[] = [];
  const warmMs: number[] = [];
  const warmAbsentMs: number[] = [];
  const counts = { right: 0, wrong: 0, missed: 0, falseAlarms: 0, absent: 0 };
  for (const { track, analysis } of analyses) {
    library.dropCaches();
    const index = clocked(library);
    const [{ matches }, ms] = await ask(analysis, index);
    (isInside(track) ? coldMs : coldAbsentMs).push(ms);
    if (isInside(track)) coldLibraryMs.push(index.elapsedMs);
    const title = matches[0] && library.track(matches[0].track)?.title;
    if (!isInside(track)) counts.absent++;
    if (isInside(track) && title === String(track)) counts.right++;
    else if (isInside(track) && matches.length > 0) counts.wrong++;
    else if (isInside(track)) counts.missed++;
    else if (matches.length > 0) counts.falseAlarms++;
  }
  told(`cold: ${coldMs.map(Math.round)}; absent: ${coldAbsentMs.map(Math.round)}`);
  for (const { track, analysis } of analyses) (isInside(track) ? warmMs : warmAbsentMs).push((await ask(analysis))[1]);
  await noteMemory();
  told(`warm: ${warmMs.map(Math.round)}; absent: ${warmAbsentMs.map(Math.round)}`);

  const next = random(3);
  const lookupMs: number[] = [];
  for (let i = 0; i < 30; i++) {
    library.dropCaches();
    const [print] = await library.prints([1 + Math.floor(next() * trackCount)]);
    const { hashes } = matching.landmarksOf(print ?? real[0]);
    const asked = Uint32Array.from(new Set(hashes.subarray(0, 1500))).sort();
    lookupMs.push((await timed(() => library.lookup(asked)))[1]);
  }

  await library.close();

  // The same without the mirror, if there is one: what it is worth.
  const bareColdMs: number[] = [];
  if (hasMirror) {
    library = await without();
    for (const { track, analysis } of analyses) {
      library.dropCaches();
      if (isInside(track)) bareColdMs.push((await ask(analysis))[1]);
    }
    await library.close();
  }
  return {
    memoryMegabytes: Math.max(...memory),
    ...{
      mergeMs,
      pauseMs,
      tracks: trackCount,
      seconds,
      listMs,
      addMs,
      openMs,
      firstQueryMs,
      coldMs,
      coldAbsentMs,
      coldLibraryMs,
      bareColdMs,
      warmMs,
      warmAbsentMs,
      lookupMs,
      busyMs,
    },
    ...{ importMsPerTrack: (importMs - making) / trackCount, settleMsPerTrack: settleMs / trackCount },
    ...counts,
    bytes,
    segments,
  };
}

export async function analysesOf({ kernel, clips }: Material): Promise<{ track: number; analysis: Analysis }[]> {
  const module = await compileKernel(kernel);
  return clips.map(({ track, sampleRate, samples }) => ({
    track,
    analysis: analyse(module, { samples, sampleRate }),
  }));
}

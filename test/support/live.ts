/** Keeps a library busy, for tests that kill it at any moment: adds, removes, edits, and reports what is done. */
import { lowerBound } from '../../src/library/index/u32-list.ts';
import type { Library } from '../../src/library/library.ts';
import { packPrint } from '../../src/library/prints/pack-print.ts';
import type { Print } from '../../src/types.ts';
import { matching } from './matching.ts';
import { memoryIndex } from './memory-index.ts';
import { someLearnt, somePrint } from './prints.ts';

/** Two tracks make a segment, so that there is always something being sealed or merged. */
export const BUSY = { ...matching, sealPostings: 900 };

const contentIdOf = (seed: number) => someLearnt(seed, { seconds: 0 }).contentId;
const prints = new Map<number, Print>();
function printFor(seed: number): Print {
  const print = prints.get(seed) ?? somePrint(seed, { seconds: 6 });
  prints.set(seed, print);
  return print;
}

/** Imported tracks have numbers in the millions, this many per import. */
const TOGETHER = 5;
const firstOf = (time: number) => 1_000_000 + time * TOGETHER;

async function* together(time: number) {
  for (let seed = firstOf(time); seed < firstOf(time + 1); seed++) {
    yield { ...someLearnt(seed, { seconds: 6 }), print: packPrint(printFor(seed)) };
  }
}

/**
 * Continues from track number `seed` until the process ends, with a pause before each track. `done` is called for everything that was
 * reported as done.
 */
export async function live(library: Library, seed: number, done: (what: string) => void, pauseMs = 0): Promise<never> {
  for (let next = seed; ; next++) {
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
    const { id } = await library.add({ ...someLearnt(next, { seconds: 6 }), print: packPrint(printFor(next)) });
    done(`added ${next}`);
    if (next % 4 === 3) {
      await library.remove([id]);
      done(`removed ${next}`);
    }
    if (next % 6 === 5) {
      await library.addAll(together(next));
      done(`imported ${next}`);
    }
    if (next % 7 === 0) await library.edit(id, { title: `Edited ${next}` });
    if (next % 10 === 9) await library.settled();
  }
}

/** The faults of a library, given what was reported as done. */
export async function faultsOf(library: Library, reports: readonly string[]): Promise<string[]> {
  const faults: string[] = [];
  const seeds = (what: string) =>
    reports.flatMap((report) => (report.startsWith(`${what} `) ? Number(report.split(' ')[1]) : []));
  const removed = new Set(seeds('removed'));
  for (const seed of seeds('added')) {
    const track = library.known(contentIdOf(seed));
    // Its removal may have been done but not reported.
    if (!track && seed % 4 !== 3) faults.push(`track ${seed} is lost`);
    if (track && removed.has(seed)) faults.push(`track ${seed} is back`);
  }
  await library.settled();
  const { faults: halves, whole } = await wholeTracks(library, seeds('imported'));
  faults.push(...halves, ...(await indexFaults(library, whole)));
  const { pending, damaged } = await library.status();
  if (pending > 0) faults.push(`${pending} tracks cannot be recognised`);
  return [...faults, ...damaged];
}

/** The complete tracks, and what is incomplete. `imported`: the times of imports that must exist. */
async function wholeTracks(library: Library, imported: readonly number[]) {
  const faults: string[] = [];
  const { rows } = await library.tracks({ limit: Infinity });
  const ids = new Set(rows.map(({ contentId }) => contentId));
  for (const time of new Set([...imported, ...rows.flatMap(({ contentId }) => timeOf(contentId) ?? [])])) {
    const all = Array.from({ length: TOGETHER }, (_, i) => contentIdOf(firstOf(time) + i));
    const count = all.filter((id) => ids.has(id)).length;
    if (count < TOGETHER) faults.push(`of the tracks that came together ${count} are there`);
  }
  const prints = await library.prints(rows.map(({ id }) => id));
  const whole = new Map<number, Print>();
  for (const [i, { id, contentId, peakCount }] of rows.entries()) {
    const expected = printFor(Number.parseInt(contentId, 16));
    if (prints[i]?.count !== peakCount || packPrint(expected).join() !== packPrint(prints[i]).join()) {
      faults.push(`track ${id} has another's print, or none`);
    } else {
      whole.set(id, expected);
    }
  }
  return { faults, whole };
}

/**
 * The faults that a reader finds in a library while another process changes it. Tracks that are not indexed yet need not be found, and
 * tracks may be added and removed meanwhile.
 */
export async function readerFaults(library: Library): Promise<string[]> {
  const { faults, whole } = await wholeTracks(library, []);
  const before = await library.status();
  const landmarks = [...whole].map(([id, print]) => ({ id, ...matching.landmarksOf(print) }));
  const hashes = new Set(landmarks.flatMap(({ hashes }) => [...hashes]));
  const found = await library.lookup(Uint32Array.from(hashes).sort());
  const places = new Set(placesOf(library.stretches(), found.positions));
  const missing = landmarks.flatMap(({ id, frames }) => {
    const lost = frames.filter((frame) => !places.has(`${id}:${frame}`)).length;
    return lost > 0 && library.track(id) ? `track ${id} is not found at ${lost} of ${frames.length} places` : [];
  });
  // The lookup may have read the library anew, and then found more tracks that are not indexed yet.
  const after = await library.status();
  return missing.length > Math.max(before.pending, after.pending) ? [...faults, ...missing] : faults;
}

/** The import of a track; undefined if it was added alone. */
function timeOf(contentId: string): number | undefined {
  const seed = Number.parseInt(contentId, 16);
  return seed < firstOf(0) ? undefined : Math.floor((seed - firstOf(0)) / TOGETHER);
}

/** Landmarks that the index finds outside of these prints, which are those of all tracks. */
export async function indexFaults(library: Library, prints: Map<number, Print>): Promise<string[]> {
  const plain = memoryIndex(prints);
  const asked = [...prints.values()].flatMap((print) => [...matching.landmarksOf(print).hashes]);
  const hashes = Uint32Array.from(new Set(asked)).sort();
  const [found, expected] = [await library.lookup(hashes), await plain.lookup(hashes)];
  const [ours, theirs] = [library.stretches(), plain.stretches()];
  const faults: string[] = [];
  for (const [i, hash] of hashes.entries()) {
    const here = placesIn(ours, found.positions.subarray(found.starts[i], found.starts[i + 1]));
    const there = placesIn(theirs, expected.positions.subarray(expected.starts[i], expected.starts[i + 1]));
    if (here !== there) faults.push(`landmark ${hash} is at ${here}, not at ${there}`);
  }
  return faults.slice(0, 5);
}

interface Stretches {
  starts: Uint32Array;
  frameCounts: Uint32Array;
  tracks: Uint32Array;
}

/** Positions on existing tracks as track and frame, independent of the tape's layout. */
export const placesIn = (stretches: Stretches, positions: Uint32Array): string =>
  Array.from(placesOf(stretches, positions)).sort().join(' ');

function* placesOf({ starts, frameCounts, tracks }: Stretches, positions: Uint32Array): Generator<string> {
  for (const position of positions) {
    const at = lowerBound(starts, position + 1) - 1;
    const frame = position - starts[at];
    if (at >= 0 && frame < frameCounts[at]) yield `${tracks[at]}:${frame}`;
  }
}

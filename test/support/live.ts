/** A library's busy life, for tests that end it at any moment: adds, removes, edits, and tells what is done. */
import type { Library } from '../../src/library/library.ts';
import { packPrint } from '../../src/library/print.ts';
import type { Print } from '../../src/types.ts';
import { matching } from './matching.ts';
import { memoryIndex } from './memory-index.ts';
import { someLearnt, somePrint } from './prints.ts';

/** Two tracks make a segment, so that there is always something being sealed or merged. */
export const BUSY = { ...matching, sealPostings: 900 };

const contentIdOf = (seed: number) => someLearnt(seed, { seconds: 0 }).contentId;
const printFor = (seed: number): Print => somePrint(seed, { seconds: 6 });

/** Tracks that come all at once are numbered by the millions, so many for each time. */
const TOGETHER = 5;
const firstOf = (time: number) => 1_000_000 + time * TOGETHER;

async function* together(time: number) {
  for (let seed = firstOf(time); seed < firstOf(time + 1); seed++) {
    yield { ...someLearnt(seed, { seconds: 6 }), print: packPrint(printFor(seed)) };
  }
}

/** Goes on from track number `seed` until the process ends. `done` hears of all that was reported as done. */
export async function live(library: Library, seed: number, done: (what: string) => void): Promise<never> {
  for (let next = seed; ; next++) {
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

/** What is wrong with a library after what was reported; nothing, it is hoped. */
export async function faultsOf(library: Library, reports: readonly string[]): Promise<string[]> {
  const faults: string[] = [];
  const seeds = (what: string) =>
    reports.flatMap((report) => (report.startsWith(`${what} `) ? Number(report.split(' ')[1]) : []));
  const removed = new Set(seeds('removed'));
  for (const seed of seeds('added')) {
    const track = library.known(contentIdOf(seed));
    // Its removal may have been done, and not reported any more.
    if (!track && seed % 4 !== 3) faults.push(`track ${seed} is lost`);
    if (track && removed.has(seed)) faults.push(`track ${seed} is back`);
  }
  const isThere = (seed: number) => library.known(contentIdOf(seed)) !== undefined;
  const times = new Set(library.tracks({ limit: Infinity }).rows.flatMap(({ contentId }) => timeOf(contentId) ?? []));
  for (const time of [...seeds('imported'), ...times]) {
    const count = Array.from({ length: TOGETHER }, (_, i) => isThere(firstOf(time) + i)).filter(Boolean).length;
    if (count < TOGETHER) faults.push(`of the tracks that came together ${count} are there`);
  }
  await library.settled();
  const { rows } = library.tracks({ limit: Infinity });
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
  faults.push(...(await indexFaults(library, whole)));
  const { pending, damaged } = await library.status();
  if (pending > 0) faults.push(`${pending} tracks cannot be recognised`);
  return [...faults, ...damaged];
}

/** When a track came together with others; undefined if it came alone. */
function timeOf(contentId: string): number | undefined {
  const seed = Number.parseInt(contentId, 16);
  return seed < firstOf(0) ? undefined : Math.floor((seed - firstOf(0)) / TOGETHER);
}

async function indexFaults(library: Library, prints: Map<number, Print>): Promise<string[]> {
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

/** Positions on living tracks, told as track and frame, so that the tape's layout does not matter. */
export function placesIn(
  { starts, frameCounts, tracks }: { starts: Uint32Array; frameCounts: Uint32Array; tracks: Uint32Array },
  positions: Uint32Array,
): string {
  const places = Array.from(positions).flatMap((position) => {
    const at = starts.findLastIndex((start) => start <= position);
    const frame = position - starts[at];
    return at >= 0 && frame < frameCounts[at] ? `${tracks[at]}:${frame}` : [];
  });
  return places.sort().join(' ');
}

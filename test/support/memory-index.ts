import { packPrint } from '../../src/library/prints/pack-print.ts';
import { GAP_FRAMES, type Index } from '../../src/match/index-view.ts';
import { landmarksOf } from '../../src/match/landmarks.ts';
import { sketchOf } from '../../src/match/sketch/sketch.ts';
import type { Postings, Print, TrackId } from '../../src/types.ts';

/** The simplest possible index: all postings in one array, sorted by hash, then by position. */
export function memoryIndex(prints: Map<TrackId, Print>): Index {
  const tracks = [...prints.keys()];
  const sketches = new Map(Array.from(prints, ([track, print]) => [track, sketchOf(print)]));
  const frameCounts = Uint32Array.from(prints.values(), (print) => print.frameCount);
  const starts = new Uint32Array(tracks.length);
  for (let i = 0, end = GAP_FRAMES; i < tracks.length; end += frameCounts[i++] + GAP_FRAMES) starts[i] = end;

  const keys: Float64Array[] = [];
  [...prints.values()].forEach((print, i) => {
    const { count, hashes, frames } = landmarksOf(print);
    keys.push(Float64Array.from({ length: count }, (_, j) => hashes[j] * 2 ** 30 + starts[i] + frames[j]));
  });
  const postingCount = keys.reduce((sum, some) => sum + some.length, 0);
  const sorted = new Float64Array(postingCount);
  let filled = 0;
  for (const some of keys) {
    sorted.set(some, filled);
    filled += some.length;
  }
  sorted.sort();
  const hashes = Uint32Array.from(sorted, (key) => Math.floor(key / 2 ** 30));
  const positions = Uint32Array.from(sorted, (key) => key % 2 ** 30);

  const lowerBound = (hash: number) => {
    let low = 0;
    for (let high = postingCount; low < high; ) {
      const middle = (low + high) >> 1;
      if (hashes[middle] < hash) low = middle + 1;
      else high = middle;
    }
    return low;
  };

  const packed = (print: Print | undefined) => print && packPrint(print);

  return {
    async lookup(asked): Promise<Postings> {
      const sizes = asked.map((hash) => lowerBound(hash + 1) - lowerBound(hash));
      const answer = { starts: new Uint32Array(asked.length + 1), positions: new Uint32Array(0) };
      sizes.forEach((size, i) => {
        answer.starts[i + 1] = answer.starts[i] + size;
      });
      answer.positions = new Uint32Array(answer.starts[asked.length]);
      asked.forEach((hash, i) => {
        const first = lowerBound(hash);
        answer.positions.set(positions.subarray(first, first + sizes[i]), answer.starts[i]);
      });
      return answer;
    },
    stretches: () => ({ starts, frameCounts, tracks: Uint32Array.from(tracks) }),
    prints: async (asked) => asked.map((track) => prints.get(track)),
    packedPrints: async (asked) => asked.map((track) => packed(prints.get(track))),
    sketches: async (asked) => asked.map((track) => sketches.get(track)),
  };
}

/**
 * The newest tracks' postings, in memory, searchable as soon as a track is added. Kept as a few runs, each at most half
 * as long as the one before it, so that adding a track costs the same however many are there.
 */
import { type Growing, lowerBound, mergeRuns, type Run } from './postings.ts';

export class Head {
  postingCount = 0;
  private runs: Run[] = [];

  add(run: Run): void {
    this.postingCount += run.hashes.length;
    let last = run;
    while (this.runs.length > 0 && (this.runs.at(-1) as Run).hashes.length < 2 * last.hashes.length) {
      last = mergeRuns(this.runs.pop() as Run, last);
    }
    this.runs.push(last);
  }

  /** Appends the positions of a hash. */
  find(hash: number, found: Growing): void {
    for (const { hashes, positions } of this.runs) {
      const first = lowerBound(hashes, hash);
      let end = first;
      while (end < hashes.length && hashes[end] === hash) end++;
      if (end > first) found.append(positions.subarray(first, end));
    }
  }

  /** All of it as one run. */
  whole(): Run {
    return this.runs.reduceRight((sum, run) => mergeRuns(run, sum), {
      hashes: new Uint32Array(0),
      positions: new Uint32Array(0),
    });
  }
}

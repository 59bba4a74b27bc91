/**
 * The postings of the newest tracks, in memory and searchable as soon as a track is added (the memtable of an LSM tree). They are
 * kept in a few runs, each at most half as long as the one before. So adding n postings one run at a time takes O(n log n) steps,
 * and a lookup searches O(log n) runs.
 */
import { mergeRuns, type Run } from './postings.ts';
import { lowerBound, type U32List } from './u32-list.ts';

export class NewestPostings {
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

  /** Appends the positions of a hash to `found`. */
  find(hash: number, found: U32List): void {
    for (const { hashes, positions } of this.runs) {
      const first = lowerBound(hashes, hash);
      let end = first;
      while (end < hashes.length && hashes[end] === hash) end++;
      if (end > first) found.append(positions.subarray(first, end));
    }
  }

  /** All postings as one run. */
  merged(): Run {
    return this.runs.reduceRight((sum, run) => mergeRuns(run, sum), {
      hashes: new Uint32Array(0),
      positions: new Uint32Array(0),
    });
  }
}

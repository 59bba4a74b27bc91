/** Counts votes for distances between two places, with an example of each. An open hash table that can be cleared at no cost. */
const SIZE = 2 ** 17;
const MASK = SIZE - 1;

export class VoteTable {
  private readonly cells = new Int32Array(SIZE);
  private readonly rounds = new Uint32Array(SIZE);
  private readonly counts = new Uint16Array(SIZE);
  private readonly examples = new Uint32Array(SIZE);
  private round = 1;
  private used = 0;

  clear(): void {
    this.round += 1;
    this.used = 0;
  }

  /** False when the table is full: the vote is not counted. */
  add(cell: number, example: number): boolean {
    let slot = Math.imul(cell, 0x9e3779b1) >>> 15;
    while (this.rounds[slot] === this.round) {
      if (this.cells[slot] === cell) {
        this.counts[slot]++;
        return true;
      }
      slot = (slot + 1) & MASK;
    }
    if (this.used > SIZE * 0.75) return false;
    this.used += 1;
    this.rounds[slot] = this.round;
    this.cells[slot] = cell;
    this.counts[slot] = 1;
    this.examples[slot] = example;
    return true;
  }

  countOf(cell: number): number {
    let slot = Math.imul(cell, 0x9e3779b1) >>> 15;
    while (this.rounds[slot] === this.round) {
      if (this.cells[slot] === cell) return this.counts[slot];
      slot = (slot + 1) & MASK;
    }
    return 0;
  }

  /** Cells with at least this many votes, including those of the next cell; most votes first. */
  best(least: number): { cell: number; votes: number; example: number }[] {
    const found: { cell: number; votes: number; example: number }[] = [];
    for (let slot = 0; slot < SIZE; slot++) {
      if (this.rounds[slot] !== this.round) continue;
      const cell = this.cells[slot];
      const votes = this.counts[slot] + this.countOf(cell + 1);
      if (votes >= least) found.push({ cell, votes, example: this.examples[slot] });
    }
    return found.sort((a, b) => b.votes - a.votes);
  }
}

/** Counts votes for distances between two places. An open hash table that can be cleared at no cost. */
const SIZE = 2 ** 20;
const MASK = SIZE - 1;
/** Fuller than this, finding a slot takes too long. */
const MOST = 0.75 * SIZE;

export class VoteTable {
  private readonly cells = new Float64Array(SIZE);
  private readonly rounds = new Uint32Array(SIZE);
  private readonly counts = new Uint16Array(SIZE);
  /** The slots in use, in the order they came. */
  private readonly slots = new Uint32Array(MOST);
  private round = 1;
  private used = 0;

  clear(): void {
    this.round += 1;
    this.used = 0;
  }

  /** False when the table is full: the vote is not counted. */
  add(cell: number): boolean {
    let slot = Math.imul(cell, 0x9e3779b1) >>> 12;
    while (this.rounds[slot] === this.round) {
      if (this.cells[slot] === cell) {
        this.counts[slot]++;
        return true;
      }
      slot = (slot + 1) & MASK;
    }
    if (this.used === MOST) return false;
    this.slots[this.used++] = slot;
    this.rounds[slot] = this.round;
    this.cells[slot] = cell;
    this.counts[slot] = 1;
    return true;
  }

  countOf(cell: number): number {
    let slot = Math.imul(cell, 0x9e3779b1) >>> 12;
    while (this.rounds[slot] === this.round) {
      if (this.cells[slot] === cell) return this.counts[slot];
      slot = (slot + 1) & MASK;
    }
    return 0;
  }

  /** Cells with at least this many votes, including those of the next cell; most votes first. */
  best(least: number): { cell: number; votes: number }[] {
    const found: { cell: number; votes: number }[] = [];
    for (const slot of this.slots.subarray(0, this.used)) {
      const cell = this.cells[slot];
      const votes = this.counts[slot] + this.countOf(cell + 1);
      if (votes >= least) found.push({ cell, votes });
    }
    return found.sort((a, b) => b.votes - a.votes);
  }
}

/**
 * A clip pooled in time, for the comparison with sketches (`sketch-scan.ts`). In: the clip's field. Out, at any tempo: a table of a
 * row for each bin and a column for some frames, in signed bytes. Each row is raised by its tone (`tones.ts`).
 */
import { type Field, MARGIN } from '../field/field.ts';
import { TEMPO_STEP } from '../speeds/speeds.ts';
import { CELL_FRAMES } from './sketch.ts';

/** Weight of the tones beside the pooled field, both in standard deviations. */
const TONES_SHARE = 0.8;
/** One standard deviation of the pooled field, and the limit of a cell. */
const CELL_STEPS = 6;
const MOST_CELL = 31;
/** A column also takes this share of the column on either side: neither track nor clip need begin where a cell does. */
const OVERLAP = 0.25;

interface Pooled {
  /** Columns hold `CELL_FRAMES << shift` frames. */
  shift: number;
  /** Columns that are used. */
  used: number;
  /** Of every row the last column first, after unused ones. */
  rows: Int8Array;
}

export class PooledClip {
  /** For each row, the sums of its values up to each frame. */
  private readonly sumsBefore: Int32Array;
  /** By the number of steps of tempo. */
  private readonly made = new Map<number, Pooled>();

  constructor(
    private readonly field: Field,
    /** How many columns there are at most. */
    private readonly columns: number,
  ) {
    this.sumsBefore = sumsBefore(field);
  }

  /** Near that tempo: a column is much longer than what half a step of tempo shifts. */
  at(tempo: number): Pooled {
    const step = Math.round(tempo / TEMPO_STEP);
    const known = this.made.get(step);
    if (known) return known;
    const made = this.poolAt(step * TEMPO_STEP);
    this.made.set(step, made);
    return made;
  }

  private poolAt(tempo: number): Pooled {
    const { binCount, frameCount, tones } = this.field;
    const { columns } = this;
    let shift = 0;
    while (frameCount * tempo > columns * (CELL_FRAMES << shift)) shift++;
    const edges = this.columnEdges(tempo, CELL_FRAMES << shift);
    const used = edges.length / 2;
    const sums = new Int32Array(binCount * used);
    const unit = CELL_STEPS / Math.sqrt(Math.max(1, this.pool(sums, edges) / sums.length));
    const rows = new Int8Array(binCount * columns);
    for (let row = 0; row < binCount; row++) {
      const tone = CELL_STEPS * TONES_SHARE * tones[row];
      const last = (row + 1) * columns - 1;
      for (let column = 0; column < used; column++) {
        const value = Math.round(unit * sums[row * used + column] + tone);
        rows[last - column] = Math.max(-MOST_CELL, Math.min(MOST_CELL, value));
      }
    }
    return { shift, used, rows };
  }

  /** For each column the frame of the clip where it begins, and the one where it ends. */
  private columnEdges(tempo: number, frames: number): Int32Array {
    const { frameCount } = this.field;
    const used = Math.min(this.columns, Math.ceil((frameCount * tempo) / frames));
    const edges = new Int32Array(2 * used);
    for (let column = 0; column < used; column++) {
      edges[2 * column] = Math.round(((column - OVERLAP) * frames) / tempo);
      edges[2 * column + 1] = Math.round(((column + 1 + OVERLAP) * frames) / tempo);
    }
    return edges.map((edge) => Math.max(0, Math.min(frameCount, edge)));
  }

  /** Sums the values of each row of the clip over each column; returns the sum of their squares. */
  private pool(sums: Int32Array, edges: Int32Array): number {
    const { sumsBefore } = this;
    const { binCount, frameCount } = this.field;
    let power = 0;
    for (let row = 0, at = 0; row < binCount; row++) {
      const first = row * (frameCount + 1);
      for (let edge = 0; edge < edges.length; edge += 2) {
        const sum = sumsBefore[first + edges[edge + 1]] - sumsBefore[first + edges[edge]];
        sums[at++] = sum;
        power += sum * sum;
      }
    }
    return power;
  }
}

function sumsBefore({ values, stride, binCount, frameCount }: Field): Int32Array {
  const sums = new Int32Array(binCount * (frameCount + 1));
  for (let row = 0; row < binCount; row++) {
    const at = row * (frameCount + 1);
    const from = row * stride + MARGIN;
    for (let frame = 0; frame < frameCount; frame++) sums[at + frame + 1] = sums[at + frame] + values[from + frame];
  }
  return sums;
}

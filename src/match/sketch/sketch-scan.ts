/**
 * Compares sketches with a clip: roughly, and at a twentieth of the cost of comparing prints (`scan.ts`). Which tracks of a large
 * library are worth comparing exactly? In: the clip's field and sketches. Out: for each sketch how well the clip fits, by two measures:
 *
 *   - `fit`, at one speed and pitch: the pooled clip (`pooled-clip.ts`), summed where the track has
 *     peaks. The tones alone rank half of the right tracks first, and are added at no cost: each row of the table is raised by its own.
 *   - `tones`, at up to 32 pitches at once: the tones only, whatever the tempo.
 *
 * `assembly/sketch.ts` computes the sums.
 */

import type { Field } from '../field/field.ts';
import { AS_LEARNT, type Warp } from '../judge/align.ts';
import { newScan, type ScanExports } from '../scan/scan-wasm.ts';
import { PITCH_STEP } from '../speeds/speeds.ts';
import { PooledClip } from './pooled-clip.ts';
import { BLOCK_FRAMES, CELL_FRAMES, SLOTS } from './sketch.ts';

/** One standard deviation in the table of tones. Eight tones must stay within a signed byte. */
const TONE_STEPS = 5;
const MOST_TONE = 15;
/** Places of one track that `places` returns, and the columns between them. */
const PLACES_APART = 2;
const APART_COLUMNS = 8;
/** Blocks by which the pieces of a long track overlap; the longest clip that is compared. */
const OVERLAP_BLOCKS = 24;

interface SketchFit {
  fit: number;
  /** Frame of the track at which the clip would begin, within some frames. */
  start: number;
}

/** Stands for no fit; all fits are greater. */
export const NONE = -32768;

export class SketchScanner {
  private readonly wasm: ScanExports = newScan();
  private readonly blocks: Uint16Array;
  /** Blocks of one piece. */
  private readonly capacity: number;
  private readonly pooledRows: Int8Array;
  private readonly toneTable: Int8Array;
  private readonly isBetween: Int16Array;
  private pitchSums: Int16Array;
  private readonly pooled: PooledClip;
  /** Columns of the table hold `CELL_FRAMES << shift` frames. */
  private shift = 0;

  constructor(private readonly field: Field) {
    const { wasm } = this;
    const { buffer } = wasm.memory;
    this.capacity = wasm.BLOCK_CAPACITY.value;
    this.blocks = new Uint16Array(buffer, wasm.blocks.value, this.capacity * SLOTS);
    const cells = wasm.ROWS.value * wasm.COLUMNS.value;
    this.pooledRows = new Int8Array(buffer, wasm.pooledRows.value, field.binCount * wasm.COLUMNS.value);
    this.isBetween = new Int16Array(buffer, wasm.isBetween.value, wasm.COLUMNS.value);
    this.pitchSums = new Int16Array(buffer, wasm.pitchSums.value, 0);
    this.pooled = new PooledClip(field, wasm.COLUMNS.value);
    this.toneTable = new Int8Array(buffer, wasm.toneTable.value, cells);
    this.aim(AS_LEARNT);
  }

  /** Sets the speed and pitch for which `fit` compares. */
  aim({ tempo, pitch }: Warp): void {
    const { shift, used, rows } = this.pooled.at(tempo);
    this.shift = shift;
    this.pooledRows.set(rows);
    this.wasm.aim(pitch, used, shift);
  }

  /** Frames of a column: the precision of `start`. */
  get columnFrames(): number {
    return CELL_FRAMES << this.shift;
  }

  /** Where the clip fits a track best. */
  fit(sketch: Uint16Array): SketchFit {
    let best: SketchFit = { fit: Number.NEGATIVE_INFINITY, start: 0 };
    this.eachPiece(sketch, (count, block) => {
      const fit = this.wasm.fitCells(count);
      if (fit > best.fit) best = { fit, start: this.startIn(block) };
    });
    return best;
  }

  /** The best places of a track, some seconds apart: music repeats itself, and here the repetition may seem to fit better. */
  places(sketch: Uint16Array): SketchFit[] {
    const found: SketchFit[] = [];
    this.eachPiece(sketch, (count, block) => {
      for (let i = 0; i < PLACES_APART; i++) {
        const fit = i === 0 ? this.wasm.fitCells(count) : this.wasm.fitElsewhere(APART_COLUMNS);
        found.push({ fit, start: this.startIn(block) });
      }
    });
    return found.sort((a, b) => b.fit - a.fit).slice(0, PLACES_APART);
  }

  /** Sets the pitches for which `tones` compares. */
  tune(pitches: number[]): void {
    const { binCount, firstBin, tones } = this.field;
    const lanes = this.wasm.COLUMNS.value;
    if (pitches.length > lanes) throw new RangeError(`${pitches.length} pitches are more than ${lanes}`);
    this.pitchSums = new Int16Array(this.wasm.memory.buffer, this.wasm.pitchSums.value, pitches.length);
    this.isBetween.set(pitches.map((_, lane) => (isNext(pitches, lane - 1) && isNext(pitches, lane) ? -1 : 0)));
    const steps = Int8Array.from(widened(tones, firstBin), (tone) => Math.round(TONE_STEPS * tone));
    this.toneTable.fill(0);
    for (let row = 0; row < binCount; row++) {
      for (let lane = 0; lane < pitches.length; lane++) {
        const clipRow = Math.round((firstBin + row) * pitches[lane]) - firstBin;
        const tone = steps[clipRow] ?? 0;
        this.toneTable[(row + 1) * lanes + lane] = Math.max(-MOST_TONE, Math.min(MOST_TONE, tone));
      }
    }
  }

  /**
   * How well the tones of a track agree with the clip's at each pitch of `tune`, or NONE where they agree better at both neighbours.
   * The array is reused by the next call.
   */
  tones(sketch: Uint16Array): Int16Array {
    const { wasm, pitchSums } = this;
    const span = Math.min(OVERLAP_BLOCKS, Math.max(1, Math.round(this.field.frameCount / BLOCK_FRAMES)));
    if (sketch.length === 0) return pitchSums.fill(0);
    const all = sketch.length / SLOTS;
    this.eachPiece(sketch, (count, block) => wasm.fitTones(count, span, +(block === 0), +(block + count === all)));
    return pitchSums;
  }

  /** Where the clip begins that fits best in the piece from `block` on: the middle of the column. */
  private startIn(block: number): number {
    return block * BLOCK_FRAMES + (this.wasm.bestStart.value + 0.5) * this.columnFrames;
  }

  /** Brings a sketch into the module, piece by piece, and calls back for each of them. */
  private eachPiece(sketch: Uint16Array, compare: (count: number, block: number) => void): void {
    const { blocks, capacity } = this;
    const all = sketch.length / SLOTS;
    for (let block = 0; block < all; block += capacity - OVERLAP_BLOCKS) {
      const count = Math.min(capacity, all - block);
      blocks.set(count === all ? sketch : sketch.subarray(block * SLOTS, (block + count) * SLOTS));
      compare(count, block);
    }
  }
}

/** Whether the next pitch in the list is one step higher than this one. */
const isNext = (pitches: number[], lane: number) =>
  Math.abs(Math.log(pitches[lane + 1] / pitches[lane])) < 1.5 * PITCH_STEP;

/** The greatest tone within half a step of pitch, which at high bins is several rows. */
function widened(tones: Float32Array, firstBin: number): Float32Array {
  return tones.map((_, row) => {
    const reach = Math.round(((firstBin + row) * PITCH_STEP) / 2);
    let most = tones[row];
    for (let at = row - reach; at <= row + reach; at++) most = Math.max(most, tones[at] ?? most);
    return most;
  });
}

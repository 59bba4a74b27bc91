/**
 * Compares sketches with a clip: roughly, and at a twentieth of the cost of comparing prints (`scan.ts`). Which tracks of a large
 * library are worth comparing exactly? In: the clip's field and sketches. Out: for each sketch how well the clip fits, by two measures:
 *
 *   - `fit`, at one speed and pitch: field values, pooled in time, and the clip's tones (`tones.ts`), summed where the track has
 *     peaks. The tones alone rank half of the right tracks first, and are added at no cost: each row of the table is raised by its own.
 *   - `tones`, at up to 32 pitches at once: the tones only, whatever the tempo.
 *
 * `assembly/sketch.ts` computes the sums.
 */
import { AS_LEARNT, type Warp } from './align.ts';
import { type Field, MARGIN } from './field.ts';
import { newScan, type ScanExports } from './scan-wasm.ts';
import { BLOCK_FRAMES, CELL_FRAMES, SLOTS } from './sketch.ts';
import { PITCH_STEP, TEMPO_STEP } from './speeds.ts';

/** Weight of the tones beside the pooled field, both in standard deviations. */
const TONES_SHARE = 0.8;
/** One standard deviation in the table of cells, and in that of tones. Eight tones must stay within a signed byte. */
const CELL_STEPS = 24;
const TONE_STEPS = 5;
const MOST_TONE = 15;
const MOST_CELL = 127;
/** Places of one track that `places` returns, and the columns between them. */
const PLACES_APART = 2;
const APART_COLUMNS = 8;
/** A column also takes this share of the column on either side: neither track nor clip need begin where a cell does. */
const OVERLAP = 0.25;
/** Blocks by which the pieces of a long track overlap; the longest clip that is compared. */
const OVERLAP_BLOCKS = 24;

interface SketchFit {
  fit: number;
  /** Frame of the track at which the clip would begin, within some frames. */
  start: number;
}

/** The clip, pooled in time. */
interface Pooled {
  shift: number;
  /** Four cells each; of every row the last column first. */
  rows: Int32Array;
}

const CELLS_PER_WORD = 4;

export class SketchScanner {
  private readonly wasm: ScanExports = newScan();
  private readonly blocks: Uint16Array;
  /** Blocks of one piece. */
  private readonly capacity: number;
  private readonly cellWords: Int32Array;
  private readonly toneTable: Int8Array;
  private readonly pitchSums: Int16Array;
  /** For each row, the sums of its values up to each frame. */
  private readonly sumsBefore: Int32Array;
  /** By the number of steps of tempo. */
  private readonly pooled = new Map<number, Pooled>();
  /** Columns of the table hold `CELL_FRAMES << shift` frames. */
  private shift = 0;

  constructor(private readonly field: Field) {
    const { wasm } = this;
    const { buffer } = wasm.memory;
    this.capacity = wasm.BLOCK_CAPACITY.value;
    this.blocks = new Uint16Array(buffer, wasm.blocks.value, this.capacity * SLOTS);
    const cells = wasm.ROWS.value * wasm.COLUMNS.value;
    this.cellWords = new Int32Array(
      buffer,
      wasm.cellTable.value,
      (wasm.ROWS.value * wasm.ROW_BYTES.value) / CELLS_PER_WORD,
    );
    this.pitchSums = new Int16Array(buffer, wasm.pitchSums.value, wasm.COLUMNS.value);
    this.sumsBefore = sumsBefore(field);
    this.toneTable = new Int8Array(buffer, wasm.toneTable.value, cells);
    this.aim(AS_LEARNT);
  }

  /** Sets the speed and pitch for which `fit` compares. */
  aim({ tempo, pitch }: Warp): void {
    const { binCount, firstBin } = this.field;
    const { cellWords } = this;
    const words = this.wasm.COLUMNS.value / CELLS_PER_WORD;
    const stride = this.wasm.ROW_BYTES.value / CELLS_PER_WORD;
    const { shift, rows } = this.pooledAt(tempo);
    this.shift = shift;
    cellWords.fill(0);
    for (let row = 0; row < binCount; row++) {
      const clipRow = Math.round((firstBin + row) * pitch) - firstBin;
      if (clipRow < 0 || clipRow >= binCount) continue;
      const to = (row + 2) * stride - words;
      for (let i = 0; i < words; i++) cellWords[to + i] = rows[clipRow * words + i];
    }
  }

  /** The clip as rows of the table, near that tempo: a column is much longer than what half a step of tempo shifts. */
  private pooledAt(tempo: number): Pooled {
    const step = Math.round(tempo / TEMPO_STEP);
    const known = this.pooled.get(step);
    if (known) return known;
    const made = this.poolAt(step * TEMPO_STEP);
    this.pooled.set(step, made);
    return made;
  }

  private poolAt(tempo: number): Pooled {
    const { binCount, frameCount, tones } = this.field;
    const columns = this.wasm.COLUMNS.value;
    let shift = 0;
    while (frameCount * tempo > columns * (CELL_FRAMES << shift)) shift++;
    const edges = this.columnEdges(tempo, CELL_FRAMES << shift);
    const used = edges.length / 2;
    const sums = new Float32Array(binCount * used);
    let power = 0;
    for (let row = 0; row < binCount; row++) power += this.pool(sums, row * used, row, edges);
    const unit = CELL_STEPS / Math.sqrt(Math.max(1, power / (binCount * used)));
    const rows = new Int8Array(binCount * columns);
    for (let row = 0; row < binCount; row++) {
      const tone = CELL_STEPS * TONES_SHARE * tones[row];
      const last = (row + 1) * columns - 1;
      for (let column = 0; column < used; column++) {
        const value = Math.round(unit * sums[row * used + column] + tone);
        rows[last - column] = Math.max(-MOST_CELL, Math.min(MOST_CELL, value));
      }
    }
    return { shift, rows: new Int32Array(rows.buffer) };
  }

  /** Frames of a column: the precision of `start`. */
  get columnFrames(): number {
    return CELL_FRAMES << this.shift;
  }

  /** Where the clip fits a track best. */
  fit(sketch: Uint16Array): SketchFit {
    let best: SketchFit = { fit: Number.NEGATIVE_INFINITY, start: 0 };
    this.eachPiece(sketch, (count, block) => {
      const fit = this.wasm.fitCells(count, this.shift);
      if (fit > best.fit) best = { fit, start: this.startIn(block) };
    });
    return best;
  }

  /** The best places of a track, some seconds apart: music repeats itself, and here the repetition may seem to fit better. */
  places(sketch: Uint16Array): SketchFit[] {
    const found: SketchFit[] = [];
    this.eachPiece(sketch, (count, block) => {
      for (let i = 0; i < PLACES_APART; i++) {
        const fit = i === 0 ? this.wasm.fitCells(count, this.shift) : this.wasm.fitElsewhere(APART_COLUMNS);
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

  /** How well the tones of a track agree with the clip's at each pitch of `tune`. The array is reused by the next call. */
  tones(sketch: Uint16Array): Int16Array {
    const { wasm, pitchSums } = this;
    const span = Math.min(OVERLAP_BLOCKS, Math.max(1, Math.round(this.field.frameCount / BLOCK_FRAMES)));
    let most: Int16Array | undefined;
    this.eachPiece(sketch, (count) => {
      wasm.fitTones(count, span);
      most = most ? most.map((sum, i) => Math.max(sum, pitchSums[i])) : pitchSums;
    });
    return most ?? pitchSums.fill(0);
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
      blocks.set(sketch.subarray(block * SLOTS, (block + count) * SLOTS));
      compare(count, block);
    }
  }

  /** For each column the frame of the clip where it begins, and the one where it ends. */
  private columnEdges(tempo: number, frames: number): number[] {
    const { frameCount } = this.field;
    const used = Math.min(this.wasm.COLUMNS.value, Math.ceil((frameCount * tempo) / frames));
    const clipFrame = (trackFrame: number) => Math.max(0, Math.min(frameCount, Math.round(trackFrame / tempo)));
    return Array.from({ length: used }, (_, column) => [
      clipFrame((column - OVERLAP) * frames),
      clipFrame((column + 1 + OVERLAP) * frames),
    ]).flat();
  }

  /** Sums the values of a row of the clip over each column; returns the sum of their squares. */
  private pool(to: Float32Array, at: number, row: number, edges: number[]): number {
    const { frameCount } = this.field;
    const first = row * (frameCount + 1);
    let power = 0;
    for (let edge = 0; edge < edges.length; edge += 2) {
      const sum = this.sumsBefore[first + edges[edge + 1]] - this.sumsBefore[first + edges[edge]];
      to[at + edge / 2] = sum;
      power += sum * sum;
    }
    return power;
  }
}

/** The greatest tone within half a step of pitch, which at high bins is several rows. */
function widened(tones: Float32Array, firstBin: number): Float32Array {
  return tones.map((_, row) => {
    const reach = Math.round(((firstBin + row) * PITCH_STEP) / 2);
    let most = tones[row];
    for (let at = row - reach; at <= row + reach; at++) most = Math.max(most, tones[at] ?? most);
    return most;
  });
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

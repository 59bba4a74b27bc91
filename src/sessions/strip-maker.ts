/**
 * Makes the strip of a session while it is heard. A column is initially a quarter of a second; whenever there are too many, each pair
 * is merged. So the strip of ten hours is no larger than that of a quarter of an hour.
 */
import { BIN_COUNT, FIRST_BIN, FRAMES_PER_SECOND, MAP_ZERO } from '../kernel/format.ts';
import type { Strip } from './session-model.ts';

export const BANDS = 32;
const MOST_COLUMNS = 4096;
const FIRST_COLUMN_FRAMES = 11;
const SILENT_DB = -120;

/** The first row of the map in each band, and the end; equal steps on a log scale. */
const edges = Array.from({ length: BANDS + 1 }, (_, band) =>
  Math.round(FIRST_BIN * ((FIRST_BIN + BIN_COUNT) / FIRST_BIN) ** (band / BANDS) - FIRST_BIN),
);

export class StripMaker {
  private framesPerColumn = FIRST_COLUMN_FRAMES;
  private frames = 0;
  private seconds = 0;
  /** Sums over the frames of each column. */
  private readonly bands = new Float32Array(MOST_COLUMNS * BANDS);
  /** Energy and seconds of each column. */
  private readonly energy = new Float64Array(MOST_COLUMNS);
  private readonly heard = new Float64Array(MOST_COLUMNS);

  /** Takes rows of the prominence map, each frame once and in order. */
  pushRows(rows: Uint8Array): void {
    for (let at = 0; at < rows.length; at += BIN_COUNT) {
      const column = this.columnOf(this.frames++ / FRAMES_PER_SECOND);
      for (let band = 0; band < BANDS; band++) {
        let most = MAP_ZERO;
        for (let i = at + edges[band], end = at + edges[band + 1]; i < end; i++) if (rows[i] > most) most = rows[i];
        this.bands[column * BANDS + band] += most - MAP_ZERO;
      }
    }
  }

  /** Takes the mean power (full scale 1) of the next piece of sound, at most a second long. */
  pushPower(power: number, seconds: number): void {
    const column = this.columnOf(this.seconds);
    this.seconds += seconds;
    this.energy[column] += power * seconds;
    this.heard[column] += seconds;
  }

  /** The strip so far. */
  strip(): Strip {
    const columns = Math.min(MOST_COLUMNS, Math.ceil(this.frames / this.framesPerColumn));
    const rows = new Uint8Array(columns * BANDS);
    for (let i = 0; i < rows.length; i++) {
      const column = Math.floor(i / BANDS);
      const frames = Math.min(this.framesPerColumn, this.frames - column * this.framesPerColumn);
      rows[i] = Math.min(255, this.bands[i] / frames);
    }
    const levels = Uint8Array.from({ length: columns }, (_, column) => {
      const decibels = 10 * Math.log10(this.energy[column] / Math.max(this.heard[column], 1e-9) + 1e-12);
      return Math.min(240, Math.max(0, 2 * (decibels - SILENT_DB)));
    });
    return { secondsPerColumn: this.framesPerColumn / FRAMES_PER_SECOND, bands: BANDS, columns, levels, rows };
  }

  private columnOf(seconds: number): number {
    for (;;) {
      const column = Math.floor((seconds * FRAMES_PER_SECOND + 1e-6) / this.framesPerColumn);
      if (column < MOST_COLUMNS) return column;
      this.halve();
    }
  }

  private halve(): void {
    this.framesPerColumn *= 2;
    mergePairs(this.bands, BANDS);
    mergePairs(this.energy, 1);
    mergePairs(this.heard, 1);
  }
}

/** Merges columns `2 i` and `2 i + 1` to column `i`; clears the second half. */
function mergePairs(sums: Float32Array | Float64Array, width: number): void {
  for (let column = 0; column < MOST_COLUMNS / 2; column++)
    for (let k = 0; k < width; k++)
      sums[column * width + k] = sums[2 * column * width + k] + sums[(2 * column + 1) * width + k];
  sums.fill(0, (MOST_COLUMNS / 2) * width);
}

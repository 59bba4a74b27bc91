/**
 * Searches all tracks of a library by their sketches (`sketch-scan.ts`). In: the clip's field and an index. Out: the tracks that may
 * be right, for an exact comparison with their prints; and, for other speeds and pitches, the places to judge.
 */
import type { TrackId } from '../types.ts';
import type { Warp } from './align.ts';
import type { Place } from './evidence.ts';
import { type Field, MARGIN } from './field.ts';
import type { Index } from './index-view.ts';
import { SketchScanner } from './sketch-scan.ts';
import { PITCH_STEP, RANGES, TEMPO_STEP, warpsAt } from './speeds.ts';

/** Sketches requested at once, and compared between two turns: a fifth of a millisecond. */
const SKETCHES_AT_ONCE = 512;
const SKETCHES_PER_TURN = 32;
/** At each likely tempo, this many pairs of a track and a pitch are compared, plus a number proportional to that of the tracks. */
const PAIRS = 400;
const PAIRS_PER_TRACK = 0.15;
/** How many tempos of each pair are kept, and how many of all fits have their places judged. */
const TEMPOS_KEPT = 2;
export const WARPED_FITS = 16;

/** The tracks whose sketches fit best, best first, and how many tracks were compared. */
export interface Likeliest {
  tracks: TrackId[];
  fits: number[];
  count: number;
}

interface WarpedFit {
  track: TrackId;
  warp: Warp;
  fit: number;
}

export class SketchSearch {
  private readonly scanner: SketchScanner;

  constructor(
    field: Field,
    private readonly index: Index,
    private readonly turn: () => Promise<void>,
  ) {
    this.scanner = new SketchScanner(field);
  }

  /** Those of the tracks that fit best, `wanted` at most. */
  async likeliest(tracks: TrackId[], wanted: number): Promise<Likeliest> {
    const fits = new Int16Array(tracks.length).fill(NONE);
    let count = 0;
    await this.each(tracks, (sketch, i) => {
      fits[i] = Math.max(NONE, this.scanner.fit(sketch).fit);
      count++;
    });
    const best = bestOf(fits, wanted);
    return { tracks: best.map((i) => tracks[i]), fits: best.map((i) => fits[i]), count };
  }

  /**
   * Where the clip fits best at another speed, pitch or tempo: the fits, and the places to judge for each. `far` 0 is up to 10 %, 1
   * from there to 20, 2 to 30.
   */
  async warpedPlaces(tracks: TrackId[], far: number): Promise<{ fit: number; places: Place[] }[]> {
    const range = RANGES[far];
    const pairs = await this.pairs(tracks, range.pitches);
    const found: WarpedFit[] = [];
    for (const [lane, pitch] of range.pitches.entries()) {
      const ids = pairs.flatMap((pair) => (pair.lane === lane ? pair.track : []));
      if (ids.length > 0) found.push(...(await this.fitsAt(warpsAt(pitch, range), ids)));
    }
    const best = found.sort((a, b) => b.fit - a.fit).slice(0, WARPED_FITS);
    const sketches = await this.index.sketches(best.map(({ track }) => track));
    return best.map(({ track, warp, fit }, i) => {
      const sketch = sketches[i];
      if (!sketch) return { fit, places: [] };
      this.scanner.aim(warp);
      const starts = this.scanner.places(sketch);
      return { fit, places: starts.flatMap(({ start }) => this.placesNear({ track, start, warp, isWarped: true })) };
    });
  }

  /** How well the clip fits each track at the best of these warps. */
  private async fitsAt(warps: Warp[], tracks: TrackId[]): Promise<WarpedFit[]> {
    const sketches = await this.index.sketches(tracks);
    const found: WarpedFit[][] = tracks.map(() => []);
    for (const warp of warps) {
      await this.turn();
      this.scanner.aim(warp);
      for (const [i, sketch] of sketches.entries()) {
        if (i % SKETCHES_PER_TURN === 0) await this.turn();
        if (sketch) found[i].push({ track: tracks[i], warp, fit: this.scanner.fit(sketch).fit });
      }
    }
    return found.flatMap((fits) => fits.sort((a, b) => b.fit - a.fit).slice(0, TEMPOS_KEPT));
  }

  /** The pairs of a track and a pitch (its number) whose tones agree best. */
  private async pairs(tracks: TrackId[], pitches: number[]): Promise<{ track: TrackId; lane: number }[]> {
    const lanes = pitches.length;
    const isBetween = pitches.map((_, lane) => isNext(pitches, lane - 1) && isNext(pitches, lane));
    this.scanner.tune(pitches);
    const sums = new Int16Array(tracks.length * lanes).fill(NONE);
    await this.each(tracks, (sketch, i) => {
      const tones = this.scanner.tones(sketch);
      for (let lane = 0; lane < lanes; lane++) {
        const isLow = isBetween[lane] && tones[lane] < tones[lane - 1] && tones[lane] < tones[lane + 1];
        if (!isLow) sums[i * lanes + lane] = tones[lane];
      }
    });
    const wanted = PAIRS + PAIRS_PER_TRACK * tracks.length;
    return bestOf(sums, Math.round(wanted)).map((at) => ({ track: tracks[Math.floor(at / lanes)], lane: at % lanes }));
  }

  private async each(tracks: TrackId[], take: (sketch: Uint16Array, i: number) => void): Promise<void> {
    for (let from = 0; from < tracks.length; from += SKETCHES_AT_ONCE) {
      const sketches = await this.index.sketches(tracks.slice(from, from + SKETCHES_AT_ONCE));
      for (const [i, sketch] of sketches.entries()) {
        if (i % SKETCHES_PER_TURN === 0) await this.turn();
        if (sketch) take(sketch, from + i);
      }
    }
  }

  /** A place as a sketch knows it: so that the right start and speed is near one of them. */
  private placesNear(place: Place): Place[] {
    const reach = 2.5 * this.scanner.columnFrames;
    const steps = Math.ceil(reach / MARGIN);
    const { tempo, pitch } = place.warp;
    // A place is recognised only if the speed is within about 0.15 % of the right one.
    const third = (pitch === 1 ? TEMPO_STEP : PITCH_STEP) / 3;
    return [-third, 0, third].flatMap((step) => {
      const warp = { tempo: tempo + step, pitch: pitch === 1 ? 1 : pitch + step };
      return Array.from({ length: steps }, (_, i) => {
        const start = place.start + ((2 * i + 1) / steps - 1) * reach;
        return { ...place, start, warp, reach: Math.ceil(reach / steps) };
      });
    });
  }
}

/** Whether the pitch after this one is a step higher. */
const isNext = (pitches: number[], lane: number) =>
  Math.abs(Math.log(pitches[lane + 1] / pitches[lane])) < 1.5 * PITCH_STEP;

/** Stands for a track without a fit; all fits are greater. */
const NONE = -32768;

/** Indices of the greatest values, greatest first. */
function bestOf(values: Int16Array, wanted: number): number[] {
  const counts = new Uint32Array(-2 * NONE);
  for (const value of values) counts[value - NONE]++;
  let least = counts.length - 1;
  for (let left = wanted - counts[least]; left > 0 && least > 1; left -= counts[least]) least--;
  const best: number[] = [];
  for (let i = 0; i < values.length; i++) if (values[i] - NONE >= least) best.push(i);
  return best.sort((a, b) => values[b] - values[a]).slice(0, wanted);
}

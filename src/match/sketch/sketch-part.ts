/**
 * Compares the sketches of some tracks with a clip (`sketch-scan.ts`). In: the clip's field, tracks and their sketches. Out: what fits
 * best among these tracks. A large library is divided into several such parts, each on a thread of its own; `sketch-search.ts` merges
 * what they find. Tracks are named by their position in the list of the part, so that equal fits can be merged in the order of the tape.
 */
import type { TrackId } from '../../types.ts';
import { bestWithAllTies } from '../best-of.ts';
import type { Warp } from '../judge/align.ts';
import { RANGES, warpsAt } from '../speeds/speeds.ts';
import { NONE, type SketchScanner } from './sketch-scan.ts';

/** Sketches requested at once, and compared between two turns: a fifth of a millisecond. */
const SKETCHES_AT_ONCE = 512;
const SKETCHES_PER_TURN = 32;
/** How many tempos of each pair of a track and a pitch are kept, and how many fits at other speeds. */
const TEMPOS_KEPT = 2;
export const WARPED_FITS = 16;

/** The positions of the tracks that fit best and their fits, best first, of equal ones the first; and how many were compared. */
export interface Best {
  at: number[];
  fits: number[];
  count: number;
}

/** How many pairs of a track and a pitch have each sum of tones: `counts[i]` have `most` - i. */
export interface ToneCounts {
  most: number;
  counts: number[];
}

/** How well the clip fits a track at another speed, pitch (its number in the range) or tempo. */
export interface WarpedFit {
  at: number;
  lane: number;
  warp: Warp;
  fit: number;
}

/** In the order asked; undefined for tracks that are gone. */
export type SketchSource = (tracks: TrackId[]) => Promise<(Uint16Array | undefined)[]>;

export interface SketchPart {
  /** The tracks that fit best, `wanted` at most. */
  likeliest(wanted: number): Promise<Best>;
  /** The sums of tones at the pitches of this range, of the best `wanted` pairs of a track and a pitch. */
  tones(far: number, wanted: number): Promise<ToneCounts>;
  /** The best fits, and those as good as the last one, of the pairs whose tones sum up to `least` or more. */
  warped(far: number, least: number): Promise<WarpedFit[]>;
}

/** A part whose sketches are compared on this thread. */
export class OwnPart implements SketchPart {
  /** Those that were computed last. */
  private toneSums: { far: number; sums: Int16Array } | undefined;

  constructor(
    /** Not shared with another part that compares at the same time. */
    private readonly scanner: SketchScanner,
    private readonly tracks: readonly TrackId[],
    private readonly sketches: SketchSource,
    private readonly turn: () => Promise<void>,
  ) {}

  async likeliest(wanted: number): Promise<Best> {
    const fits = new Int16Array(this.tracks.length).fill(NONE);
    let count = 0;
    await this.each((sketch, i) => {
      fits[i] = Math.max(NONE, this.scanner.fit(sketch).fit);
      count++;
    });
    const at = bestOf(fits, wanted);
    return { at, fits: at.map((i) => fits[i]), count };
  }

  async tones(far: number, wanted: number): Promise<ToneCounts> {
    const all = new Uint32Array(-2 * NONE);
    for (const sum of await this.toneSumsOf(far)) all[sum - NONE]++;
    let most = all.length - 1;
    while (most > 0 && all[most] === 0) most--;
    const counts: number[] = [];
    for (let at = most, left = wanted; at > 0 && left > 0; left -= all[at--]) counts.push(all[at]);
    return { most: most + NONE, counts };
  }

  async warped(far: number, least: number): Promise<WarpedFit[]> {
    const range = RANGES[far];
    const sums = await this.toneSumsOf(far);
    const lanes = range.pitches.length;
    const chosen = range.pitches.map((): number[] => []);
    for (let i = 0; i < sums.length; i++) if (sums[i] >= least) chosen[i % lanes].push(Math.floor(i / lanes));
    const found: WarpedFit[] = [];
    for (const [lane, at] of chosen.entries())
      if (at.length > 0) found.push(...(await this.fitsAt(lane, warpsAt(range.pitches[lane], range), at)));
    return bestWithAllTies(found, ({ fit }) => fit, WARPED_FITS);
  }

  /** How well the clip fits the tracks at these positions at the best of these warps. */
  private async fitsAt(lane: number, warps: Warp[], positions: number[]): Promise<WarpedFit[]> {
    const sketches = await this.sketches(positions.map((at) => this.tracks[at]));
    const found: WarpedFit[][] = positions.map(() => []);
    for (const warp of warps) {
      await this.turn();
      this.scanner.aim(warp);
      for (const [i, sketch] of sketches.entries()) {
        if (i % SKETCHES_PER_TURN === 0) await this.turn();
        if (sketch) found[i].push({ at: positions[i], lane, warp, fit: this.scanner.fit(sketch).fit });
      }
    }
    return found.flatMap((fits) => fits.sort((a, b) => b.fit - a.fit).slice(0, TEMPOS_KEPT));
  }

  /** The sum of tones of each track at each pitch, or NONE. */
  private async toneSumsOf(far: number): Promise<Int16Array> {
    if (this.toneSums?.far !== far) this.toneSums = { far, sums: await this.sumTones(far) };
    return this.toneSums.sums;
  }

  private async sumTones(far: number): Promise<Int16Array> {
    const { pitches } = RANGES[far];
    const lanes = pitches.length;
    this.scanner.tune(pitches);
    const sums = new Int16Array(this.tracks.length * lanes).fill(NONE);
    await this.each((sketch, i) => sums.set(this.scanner.tones(sketch), i * lanes));
    return sums;
  }

  private async each(take: (sketch: Uint16Array, i: number) => void): Promise<void> {
    for (let from = 0; from < this.tracks.length; from += SKETCHES_AT_ONCE) {
      const sketches = await this.sketches(this.tracks.slice(from, from + SKETCHES_AT_ONCE));
      for (const [i, sketch] of sketches.entries()) {
        if (i % SKETCHES_PER_TURN === 0) await this.turn();
        if (sketch) take(sketch, from + i);
      }
    }
  }
}

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

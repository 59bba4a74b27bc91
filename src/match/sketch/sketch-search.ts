/**
 * Searches all tracks of a library by their sketches. In: the clip's field and an index. Out: the tracks that may be right, for an exact
 * comparison with their prints; and, for other speeds and pitches, the places to judge.
 *
 * The tracks whose sketches another thread holds are compared there, all others here (`sketch-part.ts`). What the parts find is merged
 * in the order of the tape, so that the division does not change the result.
 */
import type { TrackId } from '../../types.ts';
import { bestWithAllTies } from '../best-of.ts';
import { type Field, MARGIN } from '../field/field.ts';
import type { ElsewherePart, ElsewhereTracks, Index } from '../index-view.ts';
import type { Place } from '../judge/evidence.ts';
import { PITCH_STEP, TEMPO_STEP } from '../speeds/speeds.ts';
import { OwnPart, type SketchPart, type ToneCounts, WARPED_FITS, type WarpedFit } from './sketch-part.ts';
import { SketchScanner } from './sketch-scan.ts';

/** At each likely tempo, this many pairs of a track and a pitch are compared, plus a number proportional to that of the tracks. */
const PAIRS = 400;
const PAIRS_PER_TRACK = 0.15;

/** The tracks whose sketches fit best, best first, and how many tracks were compared. */
export interface Likeliest {
  tracks: TrackId[];
  fits: number[];
  count: number;
}

interface Share {
  /** Where the tracks of the part are among all tracks, ascending. */
  positions: Uint32Array;
  part: SketchPart;
}

export class SketchSearch {
  private readonly scanner: SketchScanner;
  private readonly shares: Share[];
  /** What compares on other threads. */
  readonly elsewhere: ElsewherePart[];

  /** `elsewhere`: threads that hold the sketches of some of the tracks. */
  constructor(
    private readonly field: Field,
    private readonly index: Index,
    private readonly tracks: TrackId[],
    private readonly turn: () => Promise<void>,
    elsewhere: ElsewhereTracks[] = [],
  ) {
    this.scanner = new SketchScanner(field);
    const others = elsewhere.map(({ positions, compare }) => ({ positions, part: compare(field) }));
    this.elsewhere = others.map(({ part }) => part);
    const positions = without(tracks.length, others);
    this.shares = [{ positions, part: this.ownPart(positions, this.scanner) }, ...others];
  }

  /** The tracks that fit best, `wanted` at most. */
  async likeliest(wanted: number): Promise<Likeliest> {
    const found = await this.ask((part) => part.likeliest(wanted));
    const all = found.flatMap(({ at, fits }, share) =>
      at.map((position, i) => ({ at: this.shares[share].positions[position], fit: fits[i] })),
    );
    const best = all.sort((a, b) => b.fit - a.fit || a.at - b.at).slice(0, wanted);
    return {
      tracks: best.map(({ at }) => this.tracks[at]),
      fits: best.map(({ fit }) => fit),
      count: found.reduce((sum, { count }) => sum + count, 0),
    };
  }

  /** Of the sums of tones of all pairs of a track and a pitch, the best `wanted`. `far` as below. */
  async tones(far: number, wanted: number): Promise<ToneCounts> {
    return addedUp(await this.ask((part) => part.tones(far, wanted)), wanted);
  }

  /**
   * Where the clip fits best at another speed, pitch or tempo: the fits, and the places to judge for each. `far` 0 is up to 10 %, 1
   * from there to 20, 2 to 30. Pairs of a track and a pitch whose tones sum up to less than `least` are left out. All equal fits are
   * told, since other shards may have some too.
   */
  async warpedPlaces(far: number, least: number): Promise<{ fit: number; places: Place[] }[]> {
    const best = await this.warpedFits(far, least);
    const tracks = best.map(({ at }) => this.tracks[at]);
    const sketches = await this.index.sketches(tracks);
    return best.map(({ warp, fit }, i) => {
      const [track, sketch] = [tracks[i], sketches[i]];
      if (!sketch) return { fit, places: [] };
      this.scanner.aim(warp);
      const starts = this.scanner.places(sketch);
      return { fit, places: starts.flatMap(({ start }) => this.placesNear({ track, start, warp, isWarped: true })) };
    });
  }

  /** In the order in which one part would find them. */
  private async warpedFits(far: number, least: number): Promise<WarpedFit[]> {
    const found = await this.ask((part) => part.warped(far, least));
    const all = found.flatMap((fits, share) =>
      fits.map((fit) => ({ ...fit, at: this.shares[share].positions[fit.at] })),
    );
    all.sort((a, b) => a.lane - b.lane || a.at - b.at);
    return bestWithAllTies(all, ({ fit }) => fit, WARPED_FITS);
  }

  /** Ends the comparison on other threads, finished or not. */
  end(): void {
    for (const part of this.elsewhere) part.end();
  }

  /** Asks all parts at once. What a lost thread should have compared is compared here. */
  private ask<T>(question: (part: SketchPart) => Promise<T>): Promise<T[]> {
    return Promise.all(
      this.shares.map(async (share) => {
        try {
          return await question(share.part);
        } catch (error) {
          if (share.part instanceof OwnPart) throw error;
          await this.turn(); // throws if the search was stopped
          share.part = this.ownPart(share.positions, new SketchScanner(this.field));
          return question(share.part);
        }
      }),
    );
  }

  private ownPart(positions: Uint32Array, scanner: SketchScanner): OwnPart {
    const tracks = Array.from(positions, (position) => this.tracks[position]);
    return new OwnPart(scanner, tracks, (ids) => this.index.sketches(ids), this.turn);
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

/** How many pairs of a track and a pitch are compared among so many tracks. */
export const pairsOf = (trackCount: number): number => Math.round(PAIRS + PAIRS_PER_TRACK * trackCount);

/**
 * The least sum of tones of the best `wanted` pairs of one library, or of several. Pairs that are as good as the last one are all
 * taken, or none of them if they would double the number.
 */
export function leastOf(all: ToneCounts[], wanted: number): number {
  const countOf = new Map<number, number>();
  for (const { most, counts } of all)
    for (const [i, count] of counts.entries()) countOf.set(most - i, (countOf.get(most - i) ?? 0) + count);
  let reached = 0;
  let least = Number.MAX_SAFE_INTEGER;
  for (const sum of [...countOf.keys()].sort((a, b) => b - a)) {
    reached += countOf.get(sum) as number;
    if (reached > 2 * wanted) break;
    least = sum;
    if (reached >= wanted) break;
  }
  return least;
}

/** As if the parts were one: of its best `wanted`. */
function addedUp(all: ToneCounts[], wanted: number): ToneCounts {
  const most = Math.max(...all.map((one) => one.most));
  const end = Math.max(...all.map((one) => most - one.most + one.counts.length));
  const counts: number[] = [];
  for (let i = 0, left = wanted; i < end && left > 0; left -= counts[i++])
    counts.push(all.reduce((sum, one) => sum + (one.counts[i - (most - one.most)] ?? 0), 0));
  return { most, counts };
}

/** The positions below `count` that none of the shares has. */
function without(count: number, shares: readonly { positions: Uint32Array }[]): Uint32Array {
  const isTaken = new Uint8Array(count);
  for (const { positions } of shares) for (const position of positions) isTaken[position] = 1;
  const left = new Uint32Array(count);
  let leftCount = 0;
  for (let position = 0; position < count; position++) if (!isTaken[position]) left[leftCount++] = position;
  return left.subarray(0, leftCount);
}

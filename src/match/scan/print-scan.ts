/**
 * Compares the prints of many tracks with a clip at every frame (`scan.ts`). In: tracks. Out: the places where the clip fits best, by
 * the fit of the print and that of its tones. Several threads may each take a share of the tracks: see `divided-scan.ts`.
 */
import type { Print, TrackId } from '../../types.ts';
import type { Field } from '../field/field.ts';
import type { Index } from '../index-view.ts';
import { AS_LEARNT, align } from '../judge/align.ts';
import type { Place } from '../judge/evidence.ts';
import { tonesFit } from '../judge/tones.ts';
import { SCAN_WANTED } from '../search-limits.ts';
import { Scanner } from './scan.ts';

export interface ScannedPlace extends Place {
  /** How well the clip fits there. */
  fit: number;
}

/** The least fit of a place. */
const SCAN_LEAST = 3;
/** Prints requested at once. */
const PRINTS_AT_ONCE = 32;
/**
 * Places are ranked by fit + TONES_SHARE x fit of the tones. The latter never exceeds TONES_MOST and changes little within
 * TONES_FRAMES, so it is computed only that often.
 */
const TONES_SHARE = 0.4;
const TONES_MOST = 20;
const TONES_FRAMES = 32;

export class PrintScan {
  /** Compares one print. */
  readonly scanner: Scanner;

  constructor(
    private readonly field: Field,
    private readonly index: Pick<Index, 'prints'>,
    private readonly turn: () => Promise<void>,
  ) {
    this.scanner = new Scanner(field);
  }

  /** The best places in the prints of these tracks. */
  async best(tracks: TrackId[]): Promise<ScannedPlace[]> {
    const best = new BestPlaces(SCAN_WANTED, SCAN_LEAST);
    for (let from = 0; from < tracks.length; from += PRINTS_AT_ONCE) {
      await this.turn();
      const batch = tracks.slice(from, from + PRINTS_AT_ONCE);
      for (const [i, print] of (await this.index.prints(batch)).entries()) {
        await this.turn();
        if (print) this.addPlaces(batch[i], print, best);
      }
      best.cut();
    }
    return best.places;
  }

  /** What one scan of all tracks would give, from those of its parts, in the order of the tracks. */
  static merged(parts: ScannedPlace[][]): ScannedPlace[] {
    const best = new BestPlaces(SCAN_WANTED, SCAN_LEAST);
    best.places = parts.flat();
    best.cut();
    return best.places;
  }

  private addPlaces(track: TrackId, print: Print, best: BestPlaces): void {
    let tones: number | undefined;
    let tonesStart = Number.NEGATIVE_INFINITY;
    // Which places share their tones must not depend on the other tracks.
    for (const { start, fit } of this.scanner.scan(print, SCAN_LEAST)) {
      if (start >= tonesStart + TONES_FRAMES) {
        tones = undefined;
        tonesStart = start;
      }
      if (fit < best.least - TONES_SHARE * TONES_MOST) continue;
      tones ??= this.tonesAt(print, tonesStart);
      best.add({ track, start, warp: AS_LEARNT, isWarped: false, fit: fit + TONES_SHARE * tones, print });
    }
  }

  private tonesAt(print: Print, start: number): number {
    return Math.min(TONES_MOST, tonesFit(print, align(print, this.field, start, AS_LEARNT), this.field.tones));
  }
}

/** Keeps the best of many places. */
class BestPlaces {
  places: ScannedPlace[] = [];

  constructor(
    private readonly wanted: number,
    /** Places with a lower fit are not among the best. */
    public least: number,
  ) {}

  add(place: ScannedPlace): void {
    if (place.fit >= this.least) this.places.push(place);
  }

  /** Drops all but the best; call it now and then. */
  cut(): void {
    if (this.places.length <= this.wanted) return;
    this.places = this.places.sort((a, b) => b.fit - a.fit).slice(0, this.wanted);
    this.least = this.places[this.wanted - 1].fit;
  }
}

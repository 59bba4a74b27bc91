/**
 * Holds the sketches of some of a library's tracks and compares them with clips, on a thread of its own. `search-threads.ts` tells it
 * which. Several searches may run at once; each has a number.
 */
import type { Field } from '../../match/field/field.ts';
import { type Best, OwnPart, type ToneCounts, type WarpedFit } from '../../match/sketch/sketch-part.ts';
import { SketchScanner } from '../../match/sketch/sketch-scan.ts';
import type { TrackId } from '../../types.ts';
import { turns } from '../turns.ts';

/** The sketches of some tracks, one after the other in one array. */
export interface SketchBatch {
  tracks: Uint32Array;
  lengths: Uint32Array;
  sketches: Uint16Array<ArrayBuffer>;
}

export class SketchHolder {
  private readonly sketches = new Map<TrackId, Uint16Array>();
  private tracks: TrackId[] = [];
  private readonly searches = new Map<number, OwnPart>();

  hold({ tracks, lengths, sketches }: SketchBatch): void {
    let from = 0;
    for (const [i, track] of tracks.entries()) {
      this.sketches.set(track, sketches.subarray(from, from + lengths[i]));
      from += lengths[i];
    }
  }

  forget(tracks: Uint32Array): void {
    for (const track of tracks) this.sketches.delete(track);
  }

  /** Searches that begin after this call compare these tracks, which are in the order of the tape. */
  arrange(tracks: Uint32Array): void {
    this.tracks = [...tracks];
  }

  begin(search: number, field: Field): void {
    const pause = turns();
    const turn = async () => {
      await pause();
      if (!this.searches.has(search)) throw new Error('The search has ended.');
    };
    const sketches = async (tracks: TrackId[]) => tracks.map((track) => this.sketches.get(track));
    this.searches.set(search, new OwnPart(new SketchScanner(field), this.tracks, sketches, turn));
  }

  likeliest(search: number, wanted: number): Promise<Best> {
    return this.part(search).likeliest(wanted);
  }

  tones(search: number, far: number, wanted: number): Promise<ToneCounts> {
    return this.part(search).tones(far, wanted);
  }

  warped(search: number, far: number, least: number): Promise<WarpedFit[]> {
    return this.part(search).warped(far, least);
  }

  /** A comparison that still runs stops at its next turn. */
  end(search: number): void {
    this.searches.delete(search);
  }

  private part(search: number): OwnPart {
    const part = this.searches.get(search);
    if (!part) throw new Error('The search has ended.');
    return part;
  }
}

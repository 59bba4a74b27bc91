/**
 * Holds the sketches of some of a library's tracks and compares them with clips, on a thread of its own. `search-threads.ts` tells it
 * which. It also compares prints, which come with each search. Several searches may run at once; each has a number.
 */
import { unpackPrint } from '../../library/prints/print.ts';
import type { Field } from '../../match/field/field.ts';
import type { PackedPrints, PlacesInPrints } from '../../match/index-view.ts';
import { PrintScan } from '../../match/scan/print-scan.ts';
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

interface RunningSearch {
  field: Field;
  sketches: OwnPart;
  turn(): Promise<void>;
}

export class SketchHolder {
  private readonly sketches = new Map<TrackId, Uint16Array>();
  private tracks: TrackId[] = [];
  private readonly searches = new Map<number, RunningSearch>();

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
    const sketchesOf = async (tracks: TrackId[]) => tracks.map((track) => this.sketches.get(track));
    const sketches = new OwnPart(new SketchScanner(field), this.tracks, sketchesOf, turn);
    this.searches.set(search, { field, sketches, turn });
  }

  likeliest(search: number, wanted: number): Promise<Best> {
    return this.running(search).sketches.likeliest(wanted);
  }

  tones(search: number, far: number, wanted: number): Promise<ToneCounts> {
    return this.running(search).sketches.tones(far, wanted);
  }

  warped(search: number, far: number, least: number): Promise<WarpedFit[]> {
    return this.running(search).sketches.warped(far, least);
  }

  /** The best places in these prints. */
  async scan(search: number, { lengths, bytes }: PackedPrints): Promise<PlacesInPrints> {
    const { field, turn } = this.running(search);
    let from = 0;
    const rows = Array.from(lengths, (length) => {
      from += length;
      return bytes.subarray(from - length, from);
    });
    const prints = async (numbers: number[]) => numbers.map((i) => unpackPrint(rows[i]));
    const places = await new PrintScan(field, { prints }, turn).best([...rows.keys()]);
    return {
      at: Uint32Array.from(places, ({ track }) => track),
      starts: Int32Array.from(places, ({ start }) => start),
      fits: Float64Array.from(places, ({ fit }) => fit),
    };
  }

  /** A comparison that still runs stops at its next turn. */
  end(search: number): void {
    this.searches.delete(search);
  }

  private running(search: number): RunningSearch {
    const running = this.searches.get(search);
    if (!running) throw new Error('The search has ended.');
    return running;
  }
}

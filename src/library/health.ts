/** What is wrong with a library, in sentences, and the mending of it. */
import type { TrackId } from '../types.ts';
import type { Incoming } from './add-tracks.ts';
import type { Progress } from './bundle/write-bundle.ts';
import type { TapeIndex } from './index/tape-index.ts';
import type { Upkeep } from './index/upkeep.ts';
import { inspect, strayOf } from './inspect-rows.ts';
import type { Prints } from './print-cache.ts';
import type { TrackRow } from './row-bytes.ts';
import { type Shelf, without } from './shelf/shelf.ts';
import type { Ledger } from './state.ts';
import type { Catalogue } from './track-list.ts';

interface Parts {
  shelf: Shelf;
  ledger: Ledger;
  catalogue: Catalogue;
  index: TapeIndex;
  upkeep: Upkeep;
  printed: Prints;
  add: (incoming: Incoming) => Promise<unknown>;
  replaceRows: (ids: TrackId[], change: (row: TrackRow) => TrackRow) => Promise<void>;
  /** Does what is due behind the scenes. */
  settle: () => Promise<void>;
}

export class Health {
  /** What cannot be mended. */
  private readonly lost = new Set<string>();

  constructor(private readonly parts: Parts) {}

  get damaged(): string[] {
    return [...(this.parts.shelf.damaged ?? []), ...this.lost];
  }

  rowLost(id: TrackId): void {
    this.lost.add(`What track ${id} is called is lost. Checking the library brings the track back.`);
  }

  printLost(id: TrackId): void {
    this.lost.add(this.deaf(id));
  }

  /** Checks every row; makes again what can be, and tells what cannot. Other work goes on meanwhile. */
  async verify(progress: (p: Progress) => void): Promise<{ repaired: string[]; lost: string[] }> {
    const { shelf, catalogue, index, upkeep, replaceRows, settle } = this.parts;
    const found = await inspect(shelf, catalogue.rows(), index.segments, progress);
    await replaceRows([...found.rows, ...found.covers], (row) => ({
      ...row,
      hasCover: row.hasCover && !found.covers.includes(row.id),
    }));
    const repaired = [...found.rows.map((id) => this.named(id)), ...(await this.recover())];
    for (const segment of found.segments) upkeep.damaged.add(segment);
    if (found.segments.length > 0) repaired.push('The index');
    await settle();
    const lost = [
      ...(shelf.damaged ?? []),
      ...found.prints.map((id) => this.deaf(id)),
      ...found.covers.map((id) => `The cover of ${this.named(id)} is lost.`),
    ];
    this.lost.clear();
    for (const what of lost) this.lost.add(what);
    return { repaired, lost };
  }

  /** Prints without any row of a track become tracks again; a row that is there and damaged is left to `verify`. */
  async recoverStrays(): Promise<void> {
    const rows = new Set(await this.parts.shelf.keys('tracks'));
    await this.recover((id) => !rows.has(id));
  }

  /** Tracks of which only the print is left get a row again, and a title by which to know them. Gives the titles. */
  private async recover(isMeant: (id: TrackId) => boolean = () => true): Promise<string[]> {
    const { shelf, ledger, catalogue, printed, add } = this.parts;
    const { firstTrack, nextTrack } = ledger.state;
    const prints = await shelf.keys('prints', firstTrack, nextTrack);
    const ids = prints.filter((id) => !catalogue.row(id) && isMeant(id));
    const names: string[] = [];
    for (const [i, print] of (await printed.packed(ids)).entries()) {
      if (!print) continue;
      const stray = strayOf(ids[i], print);
      await add(stray);
      await shelf.write([without('prints', ids[i]), without('tracks', ids[i])]);
      names.push(stray.tags.title);
    }
    return names;
  }

  private named(id: TrackId): string {
    return `“${this.parts.catalogue.row(id)?.title}”`;
  }

  /** What is to be said of a track without its print. */
  private deaf(id: TrackId): string {
    return `${this.named(id)} cannot be recognised any more. Learn its file again.`;
  }
}

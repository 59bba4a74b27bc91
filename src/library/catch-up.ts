/** Takes in what the shelf holds: all of it when the library is opened, and then what other tabs wrote. */
import type { Print, TrackId } from '../types.ts';
import { type Segment, unpackSegment } from './index/segment.ts';
import type { Upkeep } from './index/upkeep.ts';
import { fitsTrack, unpackPrint } from './print.ts';
import { type TrackRow, unpackTrackRow } from './row-bytes.ts';
import { isSound } from './shelf/checksum.ts';
import type { Change as News } from './shelf/other-writers.ts';
import type { Row, Shelf } from './shelf/shelf.ts';
import type { Ledger } from './state.ts';
import type { Catalogue } from './track-list.ts';

interface Parts {
  shelf: Shelf;
  ledger: Ledger;
  catalogue: Catalogue;
  upkeep: Upkeep;
  landmarkFormat: number;
  indexPrint: (row: TrackRow, print: Print) => void;
  rowLost: (id: TrackId) => void;
  printLost: (id: TrackId) => void;
}

export class Reading {
  constructor(private readonly parts: Parts) {}

  async all(): Promise<void> {
    const { shelf, ledger, catalogue } = this.parts;
    const { firstTrack, nextTrack } = ledger.state;
    const rows = await shelf.list('tracks', firstTrack, nextTrack);
    catalogue.clear();
    for (const [id, row] of rows) this.take(id, row);
    await this.segments();
  }

  /** What another tab wrote: all, if it is not told what. */
  async changed(news: News[] | undefined): Promise<void> {
    if (!news || news.some(({ tracks, segments }) => !tracks && !segments)) return this.all();
    const { shelf, catalogue, indexPrint, printLost } = this.parts;
    const ids = [...new Set(news.flatMap(({ tracks = [] }) => tracks))];
    const [rows, prints] = [await shelf.read('tracks', ids), await shelf.read('prints', ids)];
    for (const [i, id] of ids.entries()) {
      const isNew = !catalogue.row(id);
      const row = rows[i];
      if (row) this.take(id, row);
      else catalogue.delete(id);
      const added = isNew ? catalogue.row(id) : undefined;
      const print = prints[i];
      if (!added) continue;
      if (print && isSound(print) && fitsTrack(added, print)) indexPrint(added, unpackPrint(print));
      else printLost(id);
    }
    if (news.some(({ segments }) => segments)) await this.segments();
  }

  private take(id: TrackId, row: Row): void {
    const track = unpackTrackRow(id, row);
    if (track) this.parts.catalogue.put(track, row.length);
    else this.parts.rowLost(id);
  }

  private async segments(): Promise<void> {
    const { shelf, upkeep, landmarkFormat } = this.parts;
    upkeep.obsolete.clear();
    const segments: Segment[] = [];
    for (const [id, row] of await shelf.list('segments')) {
      const segment = unpackSegment(id, row);
      if (segment?.parts.landmarkFormat === landmarkFormat) segments.push(segment);
      else upkeep.obsolete.add(id);
    }
    await upkeep.fillHead(segments.sort((a, b) => a.parts.tapeStart - b.parts.tapeStart));
  }
}

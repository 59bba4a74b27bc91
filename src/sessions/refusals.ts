/**
 * "Never name this track for this sound": the prints of sounds for which a track was named wrongly. A handful of kilobytes, kept in
 * the library; `match/judge/refused.ts` compares them. The track is told apart by its content, so that it may be learnt again.
 */
import { UserError } from '../errors.ts';
import { FRAMES_PER_SECOND, KERNEL_FORMAT, PRINT_RANK } from '../kernel/format.ts';
import { packPrint, printOf } from '../library/prints/pack-print.ts';
import { unpackPrint } from '../library/prints/print.ts';
import type { KeptRows } from '../library/rows/kept-rows.ts';
import { isIntact, writeChecksum } from '../library/shelf/checksum.ts';
import { type Row, without } from '../library/shelf/shelf.ts';
import type { Peaks, Print } from '../types.ts';

interface Refusal {
  id: number;
  /** Of the track. */
  contentId: string;
  /** Of the sound. */
  print: Print;
}

/** Longer sounds are cut: what is mistaken is usually heard at once. */
const LONGEST_FRAMES = Math.round(30 * FRAMES_PER_SECOND);
/** More would slow down recognition; the oldest are forgotten. */
const MOST = 500;

export class Refusals {
  private all: Refusal[] = [];

  constructor(private readonly rows: KeptRows) {}

  static async open<R extends Refusals>(this: new (rows: KeptRows) => R, rows: KeptRows): Promise<R> {
    const refusals = new this(rows);
    await refusals.load();
    return refusals;
  }

  /** Reads them again: another tab may have added some. */
  async load(): Promise<void> {
    const rows = await this.rows.list('refusals');
    this.all = rows.flatMap(([id, row]) => unpackRefusal(id, row) ?? []);
  }

  of(contentId: string): Print[] {
    return this.all.flatMap((refusal) => (refusal.contentId === contentId ? refusal.print : []));
  }

  async add(contentId: string, print: Print): Promise<number> {
    const id = Math.max(Date.now(), (this.all.at(-1)?.id ?? 0) + 1);
    const refusal = { id, contentId, print };
    const gone = this.all.slice(0, Math.max(0, this.all.length + 1 - MOST));
    await this.rows.write([
      ...gone.map((old) => without('refusals' as const, old.id)),
      { store: 'refusals', key: id, row: packRefusal(refusal) },
    ]);
    this.all = [...this.all.slice(gone.length), refusal];
    return id;
  }

  async remove(id: number): Promise<void> {
    await this.rows.write([without('refusals', id)]);
    this.all = this.all.filter((refusal) => refusal.id !== id);
  }
}

/** A row from a backup. Throws `BundleDamaged` if it is invalid. */
export function restoredRefusal(row: Uint8Array): Row {
  const bytes = Uint8Array.from(row);
  if (unpackRefusal(0, bytes)) return bytes;
  throw new UserError('BundleDamaged', 'This bundle is damaged: an answer that is never to be given cannot be read.');
}

/** Adds those of a backup that are not there yet. */
export async function restoreRefusals(rows: KeptRows, restored: readonly Row[]): Promise<void> {
  const kept = await rows.list('refusals');
  const isKnown = (row: Row) =>
    kept.some(([, known]) => known.length === row.length && known.every((byte, i) => byte === row[i]));
  const first = Math.max(Date.now(), (kept.at(-1)?.[0] ?? 0) + 1);
  const added = restored.filter((row) => !isKnown(row));
  if (added.length > 0) await rows.write(added.map((row, i) => ({ store: 'refusals', key: first + i, row })));
}

/** The print of a clip's first seconds, from the peaks of one analysis. */
export function printOfClip(peaks: Peaks, frameCount: number): Print {
  const length = Math.min(frameCount, LONGEST_FRAMES);
  const kept = Array.from({ length: peaks.count }, (_, i) => i).filter(
    (i) => peaks.ranks[i] < PRINT_RANK && peaks.frames[i] < length,
  );
  const some = {
    ...peaks,
    count: kept.length,
    frames: Uint32Array.from(kept, (i) => peaks.frames[i]),
    bins: Uint16Array.from(kept, (i) => peaks.bins[i]),
    levels: Uint16Array.from(kept, (i) => peaks.levels[i]),
  };
  return printOf(some, length, KERNEL_FORMAT);
}

/** u16 length of the content id | content id | print | checksum. */
function packRefusal({ contentId, print }: Refusal): Row {
  const name = new TextEncoder().encode(contentId);
  const packed = packPrint(print);
  const row = new Uint8Array(2 + name.length + packed.length + 4);
  new DataView(row.buffer).setUint16(0, name.length, true);
  row.set(name, 2);
  row.set(packed, 2 + name.length);
  return writeChecksum(row);
}

/** Undefined if it is damaged. */
export function unpackRefusal(id: number, row: Row): Refusal | undefined {
  if (row.length < 6 || !isIntact(row)) return undefined;
  const length = new DataView(row.buffer, row.byteOffset).getUint16(0, true);
  try {
    const print = unpackPrint(row.slice(2 + length, -4));
    return { id, contentId: new TextDecoder().decode(row.subarray(2, 2 + length)), print };
  } catch {
    return undefined;
  }
}

/**
 * Divides the comparison of prints (`print-scan.ts`) among this thread and others. In: tracks. Out: the places where the clip fits best,
 * as one thread would find them.
 */
import type { TrackId } from '../../types.ts';
import type { Index, PackedPrints, PrintComparer } from '../index-view.ts';
import { AS_LEARNT } from '../judge/align.ts';
import { PrintScan, type ScannedPlace } from './print-scan.ts';

export async function dividedScan(
  scan: PrintScan,
  tracks: TrackId[],
  index: Pick<Index, 'packedPrints'>,
  others: PrintComparer[],
): Promise<ScannedPlace[]> {
  const size = Math.ceil(tracks.length / (others.length + 1));
  const shares = others.map((_, i) => tracks.slice(size * (i + 1), size * (i + 2)));
  // All prints are sent before this thread begins with its own share, which keeps it busy.
  const packed = await Promise.all(shares.map((share) => index.packedPrints(share)));
  const parts = [
    scan.best(tracks.slice(0, size)),
    ...shares.map((share, i) => scannedBy(others[i], share, packed[i]).catch(() => scan.best(share))),
    // Damage is noted where prints are read here.
    scan.best(shares.flatMap((share, i) => share.filter((_, at) => !packed[i][at]))),
  ];
  return PrintScan.merged(await Promise.all(parts));
}

async function scannedBy(
  thread: PrintComparer,
  tracks: TrackId[],
  rows: (Uint8Array | undefined)[],
): Promise<ScannedPlace[]> {
  const present = tracks.filter((_, i) => rows[i]);
  const { at, starts, fits } = await thread.scan(joined(rows.filter((row) => row !== undefined)));
  return Array.from(at, (print, i) => {
    const place = { track: present[print], start: starts[i], fit: fits[i] };
    return { ...place, warp: AS_LEARNT, isWarped: false };
  });
}

/** In one array, so that all are moved to another thread at once. */
function joined(rows: Uint8Array[]): PackedPrints {
  const lengths = Uint32Array.from(rows, ({ length }) => length);
  const bytes = new Uint8Array(lengths.reduce((sum, length) => sum + length, 0));
  let at = 0;
  for (const row of rows) {
    bytes.set(row, at);
    at += row.length;
  }
  return { lengths, bytes };
}

/** Compares the pieces of a published folder with the library: which of them can stay. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type HeldPiece, keptPieces } from '../../catalogue/cut-pieces.ts';
import { type CataloguePiece, type Manifest, piecePath, sha256Of } from '../../catalogue/manifest.ts';
import type { Engine } from '../../engine/api.ts';
import { KERNEL_FORMAT } from '../../kernel/format.ts';
import { readBundle } from '../../library/bundle/read-bundle.ts';
import type { Track, TrackId } from '../../types.ts';

/** The library that is published. */
export type Publishable = Pick<Engine, 'tracks' | 'exportBundle'>;

/** A piece of the previous version, compared with the library. */
interface Compared extends HeldPiece {
  piece: CataloguePiece;
  without: string[];
}

/** The pieces of the previous version that stay. A piece whose file is missing or damaged is left out. */
export async function keptOf(
  library: Publishable,
  folder: string,
  before: Manifest | undefined,
  tracks: Track[],
): Promise<Compared[]> {
  if (!before || before.kernel !== KERNEL_FORMAT) return [];
  const ids = new Map(tracks.map(({ contentId, id }) => [contentId, id]));
  const compared: Compared[] = [];
  for (const piece of before.pieces) {
    const bytes = await readFile(join(folder, piecePath(piece.sha256))).catch(() => undefined);
    if (!bytes || (await sha256Of(new Uint8Array(bytes))) !== piece.sha256) continue;
    const there = await digests(new Blob([new Uint8Array(bytes)]));
    const wanted = [...there.keys()].flatMap((contentId) => ids.get(contentId) ?? []);
    const here = await digests(await bundleOf(library, wanted));
    const gone = new Set(piece.without);
    const same = [...there].flatMap(([id, digest]) => (here.get(id) === digest && !gone.has(id) ? id : []));
    const without = [...there.keys()].filter((id) => !same.includes(id));
    compared.push({ piece, tracks: there.size, bytes: piece.bytes, same, without });
  }
  return keptPieces(compared);
}

/** What is published of each track in a bundle, as digests by content id. */
async function digests(bundle: Blob): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for await (const track of readBundle(bundle, KERNEL_FORMAT)) {
    const { tags, seconds, learntSeconds, contentId, print, cover } = track;
    const text = JSON.stringify([tags, seconds, learntSeconds, cover?.type]);
    const parts = [new TextEncoder().encode(text), print as Uint8Array<ArrayBuffer>, cover ?? ''];
    found.set(contentId, await sha256Of(new Uint8Array(await new Blob(parts).arrayBuffer())));
  }
  return found;
}

/** The same tracks always give the same bytes. */
export async function bundleOf(library: Publishable, tracks: TrackId[]): Promise<Blob> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  const options = { name: '', made: 0, tracks };
  await library.exportBundle(options, async (bytes) => void parts.push(bytes as Uint8Array<ArrayBuffer>));
  return new Blob(parts);
}

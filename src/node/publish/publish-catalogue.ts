/**
 * Publishes a library in a folder, for any static host: pieces first, the manifest last. A folder that was published before is
 * brought up to date.
 */
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Cuttable, cut } from '../../catalogue/cut-pieces.ts';
import {
  type CataloguePiece,
  MANIFEST_NAME,
  type Manifest,
  piecePath,
  readManifest,
  sha256Of,
  writeManifest,
} from '../../catalogue/manifest.ts';
import type { Signer } from '../../catalogue/signature.ts';
import { faultOf, UserError } from '../../errors.ts';
import { KERNEL_FORMAT } from '../../kernel/format.ts';
import type { Track, TrackId } from '../../types.ts';
import { makeFolder } from '../system/make-folder.ts';
import { writeNewFile } from '../system/new-file.ts';
import { bundleOf, keptOf, type Publishable } from './kept-pieces.ts';

export interface PublishOptions {
  /** Default: the name it was published with before. */
  name?: string;
  /** Default: all tracks, except those of other catalogues. */
  tracks?: TrackId[];
  signer?: Signer;
  progress?(progress: { done: number; total: number }): void;
  /** In milliseconds since 1970. */
  now?: number;
}

export interface Published {
  manifest: Manifest;
  /** Pieces that were written, and their bytes. */
  newPieces: number;
  newBytes: number;
  /** False if the folder was up to date. */
  hasChanged: boolean;
}

const PRINT_BYTES_PER_PEAK = 2;
const ENTRY_BYTES = 300;
const COVER_BYTES = 12_000;

export async function publishCatalogue(
  library: Publishable,
  folder: string,
  options: PublishOptions = {},
): Promise<Published> {
  const { name, signer, progress = () => {}, now = Date.now() } = options;
  makeFolder(join(folder, 'pieces'));
  const before = await manifestIn(folder);
  const tracks = await tracksToPublish(library, options.tracks);
  const kept = await keptOf(library, folder, before, tracks);
  const keptIds = new Set(kept.flatMap(({ same }) => same));
  const groups = cut(tracks.filter(({ contentId }) => !keptIds.has(contentId)).map(cuttable));
  const total = tracks.length;
  let done = keptIds.size;
  const made: CataloguePiece[] = [];
  for (const group of groups) {
    made.push(
      await writePiece(
        library,
        folder,
        group.map(({ id }) => id),
      ),
    );
    done += group.length;
    progress({ done, total });
  }
  const pieces = [...kept.map(({ piece, without }) => ({ ...piece, without })), ...made].map(tidy).sort(byName);
  const manifest: Manifest = {
    name: name ?? before?.name ?? '',
    version: Math.max((before?.version ?? 0) + 1, Math.floor(now / 1000)),
    kernel: KERNEL_FORMAT,
    tracks: tracks.length,
    seconds: tracks.reduce((sum, { learntSeconds }) => sum + learntSeconds, 0),
    pieces,
  };
  const hasChanged = !before || isOther(before, manifest) || before.key !== signer?.publicKey;
  if (hasChanged) {
    await writeNewFile(join(folder, MANIFEST_NAME), await writeManifest(manifest, signer));
    await deleteOld(folder, [...pieces, ...(before?.pieces ?? [])]);
  }
  const newBytes = made.reduce((sum, { bytes }) => sum + bytes, 0);
  return { manifest: hasChanged ? manifest : before, newPieces: made.length, newBytes, hasChanged };
}

/** The tracks to publish: one of each content. */
async function tracksToPublish(library: Publishable, wanted: TrackId[] | undefined): Promise<Track[]> {
  const { rows } = await library.tracks({ sort: 'added', limit: Infinity });
  const chosen = wanted && new Set(wanted);
  const tracks = rows.filter(({ id, catalogue }) => (chosen ? chosen.has(id) : catalogue === undefined));
  if (tracks.length === 0)
    throw new UserError('FileEmpty', 'There is nothing to publish: the library has no songs of its own.');
  return [...new Map(tracks.map((track) => [track.contentId, track])).values()];
}

async function manifestIn(folder: string): Promise<(Manifest & { key?: string }) | undefined> {
  const path = join(folder, MANIFEST_NAME);
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (!bytes) return undefined;
  try {
    return await readManifest(bytes);
  } catch (error) {
    const advice = 'Delete it to publish anew: subscribers then fetch everything again.';
    throw new UserError(
      faultOf(error).name as 'CatalogueDamaged',
      `"${path}" cannot be read as a catalogue. ${advice}`,
      {
        cause: error,
      },
    );
  }
}

async function writePiece(library: Publishable, folder: string, tracks: TrackId[]): Promise<CataloguePiece> {
  const bytes = new Uint8Array(await (await bundleOf(library, tracks)).arrayBuffer());
  const sha256 = await sha256Of(bytes);
  await writeNewFile(join(folder, piecePath(sha256)), bytes);
  return { sha256, bytes: bytes.length, tracks: tracks.length };
}

/** Deletes pieces that neither this version nor the one before has: somebody may just be fetching that one. */
async function deleteOld(folder: string, pieces: readonly CataloguePiece[]): Promise<void> {
  const needed = new Set(pieces.map(({ sha256 }) => piecePath(sha256)));
  for (const name of await readdir(join(folder, 'pieces'))) {
    const path = `pieces/${name}`;
    if (/^[0-9a-f]{64}\.bin$/.test(name) && !needed.has(path)) await rm(join(folder, path));
  }
}

const cuttable = ({ id, contentId, peakCount, hasCover }: Track): Cuttable & { id: TrackId } => ({
  ...{ id, contentId },
  bytes: ENTRY_BYTES + peakCount * PRINT_BYTES_PER_PEAK + (hasCover ? COVER_BYTES : 0),
});

const tidy = ({ without, ...piece }: CataloguePiece): CataloguePiece => ({
  ...piece,
  ...(without?.length && { without }),
});
const byName = (a: CataloguePiece, b: CataloguePiece) => (a.sha256 < b.sha256 ? -1 : 1);
const isOther = ({ version: _, ...before }: Manifest & { key?: string }, { version: __, ...now }: Manifest) =>
  JSON.stringify([before.name, before.pieces]) !== JSON.stringify([now.name, now.pieces]);

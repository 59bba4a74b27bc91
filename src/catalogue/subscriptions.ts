/** The catalogues of a library: keeps their rows, takes their pieces, and removes their tracks. Loaded on first use. */
import { UserError } from '../errors.ts';
import { KERNEL_FORMAT } from '../kernel/format.ts';
import type { Library } from '../library/library.ts';
import { without } from '../library/shelf/shelf.ts';
import type { Catalogue, CatalogueNews, Catalogues, CatalogueTaken, CatalogueWishes } from './catalogue-model.ts';
import { type CatalogueRow, catalogueRows, packCatalogue } from './catalogue-row.ts';
import { readManifest, type SignedManifest, sha256Of } from './manifest.ts';
import { damagedPiece, mark, tracksOf } from './piece-tracks.ts';

/** An update that has begun. */
interface UnderWay {
  manifest: SignedManifest;
  added: number;
  /** Pieces that were taken, and whether all of their tracks were added. */
  taken: Map<string, boolean>;
}

export class Subscriptions implements Catalogues {
  private readonly underWay = new Map<number, UnderWay>();

  constructor(private readonly library: Library) {}

  async list(): Promise<Catalogue[]> {
    return (await this.rows()).map(({ pieces, shared, ...catalogue }) => catalogue);
  }

  async preview(address: string, bytes: Uint8Array): Promise<CatalogueNews> {
    const manifest = await readManifest(bytes);
    return this.newsOf(manifest, this.checked(manifest, await this.rowAt(address)));
  }

  async begin(address: string, bytes: Uint8Array, wishes: CatalogueWishes = {}) {
    const manifest = await readManifest(bytes);
    const known = this.checked(manifest, await this.rowAt(address));
    const row: CatalogueRow = known ?? {
      ...{ number: nextNumber(await this.rows()), address, name: manifest.name, version: 0, tracks: manifest.tracks },
      ...{ hosts: [], weekly: false, checked: 0, pieces: [], shared: [] },
      ...(manifest.key && { key: manifest.key }),
    };
    if (!known || wishes.weekly !== undefined || wishes.hosts) await this.write({ ...row, ...wishes });
    this.underWay.set(row.number, { manifest, added: 0, taken: new Map() });
    return { ...(await this.newsOf(manifest, row)), number: row.number };
  }

  async take(number: number, sha256: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    const update = this.updateOf(number);
    const piece = update.manifest.pieces.find((each) => each.sha256 === sha256);
    if (!piece || bytes.length !== piece.bytes || (await sha256Of(bytes)) !== sha256) throw damagedPiece();
    const tracks = await tracksOf(piece, new Blob([bytes]), number);
    const ids = new Set(tracks.map(({ contentId }) => contentId));
    const changes = await this.library.loadChanges();
    await this.library.indexed();
    // Nothing is removed until all of the piece is known to be right.
    await changes.erase(
      ({ catalogue, contentId, piece: from }) => catalogue === number && (from === mark(sha256) || ids.has(contentId)),
    );
    const { added, known } = await this.library.addAll(each(tracks));
    update.added += added;
    update.taken.set(sha256, known === 0);
  }

  async finish(number: number): Promise<CatalogueTaken> {
    const { manifest, added, taken } = this.updateOf(number);
    const row = await this.row(number);
    const pieces = new Map(manifest.pieces.map((piece) => [mark(piece.sha256), new Set(piece.without)]));
    const changes = await this.library.loadChanges();
    const removed = await changes.erase(
      ({ catalogue, contentId, piece = '' }) => catalogue === number && (pieces.get(piece)?.has(contentId) ?? true),
    );
    const { name, version, tracks, key } = manifest;
    const names = manifest.pieces.map(({ sha256 }) => sha256);
    const { fault, ...rest } = row;
    await this.write({
      ...rest,
      ...{ name, version, tracks, ...(key && { key }) },
      ...{ checked: Date.now(), pieces: names },
      shared: names.filter((sha256) => !(taken.get(sha256) ?? !row.shared.includes(sha256))),
    });
    this.underWay.delete(number);
    return { number, added, removed };
  }

  async note(number: number, changes: CatalogueWishes & { fault?: string }): Promise<void> {
    const row = await this.row(number);
    await this.write({ ...row, ...changes, ...('fault' in changes && { checked: Date.now() }) });
  }

  async unsubscribe(number: number): Promise<void> {
    const rows = await this.rows();
    await this.library.kept.write([without('state', number)]);
    this.underWay.delete(number);
    await (await this.library.loadChanges()).erase(({ catalogue }) => catalogue === number);
    // Other catalogues may have skipped tracks that this one had; their next update fetches those pieces again.
    for (const row of rows) {
      if (row.number === number || row.shared.length === 0) continue;
      const pieces = row.pieces.filter((sha256) => !row.shared.includes(sha256));
      await this.write({ ...row, pieces });
    }
  }

  /** What is missing here of a manifest. Pieces of an interrupted update are here although the row does not list them. */
  private async newsOf(manifest: SignedManifest, row: CatalogueRow | undefined): Promise<CatalogueNews> {
    const { name, version, tracks, seconds, key } = manifest;
    const here = new Set(row?.pieces);
    const marks = row ? await this.marks(row) : new Set<string>();
    const missing = manifest.pieces.filter(({ sha256 }) => !here.has(sha256) && !marks.has(mark(sha256)));
    return {
      ...{ name, version, tracks, seconds, missing },
      missingBytes: missing.reduce((sum, { bytes }) => sum + bytes, 0),
      ...(row && { number: row.number }),
      ...(key && { key }),
    };
  }

  private async marks({ number, shared }: CatalogueRow): Promise<Set<string>> {
    const marks = new Set<string>();
    const changes = await this.library.loadChanges();
    for (const { catalogue, piece } of changes.livingRows()) if (catalogue === number && piece) marks.add(piece);
    for (const sha256 of shared) marks.delete(mark(sha256)); // some of its tracks may be missing
    return marks;
  }

  /** Refuses a manifest that cannot follow what is here. */
  private checked(manifest: SignedManifest, row: CatalogueRow | undefined): CatalogueRow | undefined {
    if (manifest.kernel !== KERNEL_FORMAT) {
      throw new UserError(
        'BundleOtherKernel',
        `The prints of this catalogue have format ${manifest.kernel}, but this version of Entendu uses format ${KERNEL_FORMAT}.`,
      );
    }
    if (row?.key && row.key !== manifest.key) {
      throw new UserError(
        'CatalogueKeyChanged',
        'The catalogue is no longer signed with the key that it had. Nothing was changed. Ask its publisher; if the new key is right, unsubscribe and subscribe again.',
      );
    }
    if (row && manifest.version < row.version) {
      throw new UserError('CatalogueOlder', 'The catalogue is older than what is here. Nothing was changed.');
    }
    return row;
  }

  private updateOf(number: number): UnderWay {
    const update = this.underWay.get(number);
    if (!update) throw new UserError('CatalogueGone', 'There is no subscription to this catalogue any more.');
    return update;
  }

  private rows(): Promise<CatalogueRow[]> {
    return catalogueRows(this.library.kept);
  }

  private async row(number: number): Promise<CatalogueRow> {
    const row = (await this.rows()).find((each) => each.number === number);
    if (!row) throw new UserError('CatalogueGone', 'There is no subscription to this catalogue any more.');
    return row;
  }

  private async rowAt(address: string): Promise<CatalogueRow | undefined> {
    return (await this.rows()).find((row) => row.address === address);
  }

  private write(row: CatalogueRow): Promise<void> {
    return this.library.kept.write([{ store: 'state', key: row.number, row: packCatalogue(row) }]);
  }
}

/** Numbers are not reused soon: tracks of an interrupted removal must not get to another catalogue. */
const nextNumber = (rows: CatalogueRow[]) => {
  const now = Math.floor(Date.now() / 1000) % 2 ** 31;
  return rows.some(({ number }) => number === now) ? Math.max(...rows.map(({ number }) => number)) + 1 : now;
};

async function* each<T>(all: T[]): AsyncGenerator<T> {
  yield* all;
}

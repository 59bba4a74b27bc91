/**
 * Brings a copy of a shard up to date with its original: what a search needs, without covers and sessions. In: both shelves, and the
 * notices of what changed since. Out: what changed in the copy.
 *
 * New prints and pages are written first; nothing refers to them yet. One last batch then makes them valid: the rows that change,
 * what is deleted, and the state. If the copy is interrupted, the next one continues with what is missing.
 */
import { MAX_PAGES, pageKey, segmentOfPage } from '../../library/index/segment.ts';
import { unpackState } from '../../library/rows/row-checks.ts';
import { STATE_KEY } from '../../library/rows/state.ts';
import type { Notice } from '../../library/shelf/other-writers.ts';
import { type Change, type Shelf, type Store, without } from '../../library/shelf/shelf.ts';

type ReadableRows = Pick<Shelf, 'read' | 'list' | 'keys'>;

/** Copied if they are missing, or if the row of their track has changed: numbers may be taken twice if a database was restored. */
const OF_TRACK = ['prints', 'sketches'] as const;
const ROWS_PER_BATCH = 256;

export interface CopiedChanges {
  notice: Notice;
  /** Bytes of the rows that were copied. */
  bytes: number;
}

/** Undefined if the copy is up to date, or the original holds nothing yet. All of `from` must be of the same moment. */
export async function followShard(
  from: ReadableRows,
  to: Shelf,
  notices: readonly Notice[],
  progress: (bytes: number) => void = () => {},
): Promise<CopiedChanges | undefined> {
  const [state] = await from.read('state', [STATE_KEY]);
  const theirs = state && unpackState(state)?.generation;
  if (!state || theirs === undefined) return undefined;
  const [own] = await to.read('state', [STATE_KEY]);
  const ours = own && unpackState(own)?.generation;
  if (ours === theirs) return undefined;
  const copy = new ShardCopy(from, to, progress);
  const missed = missedBetween(notices, ours, theirs);
  await (missed ? copy.changes(missed) : copy.everything());
  await copy.finish({ store: 'state', key: STATE_KEY, row: state });
  const tracks = missed && [...new Set(missed.flatMap((notice) => notice.tracks ?? []))];
  const what = missed && {
    ...(tracks && { tracks }),
    ...(missed.some(({ segments }) => segments) && { segments: true }),
    ...(missed.some(({ kept }) => kept) && { kept: true }),
  };
  return { notice: { ...what, generation: theirs }, bytes: copy.bytes };
}

/** The notices of all changes between two generations, if each says what it changed. */
function missedBetween(notices: readonly Notice[], ours: number | undefined, theirs: number): Notice[] | undefined {
  if (ours === undefined) return undefined;
  const missed = notices.filter(({ generation }) => generation > ours && generation <= theirs);
  const isComplete = new Set(missed.map(({ generation }) => generation)).size === theirs - ours;
  return isComplete && missed.every(({ tracks, segments, kept }) => tracks || segments || kept) ? missed : undefined;
}

class ShardCopy {
  bytes = 0;
  private readonly last: Change[] = [];

  constructor(
    private readonly from: ReadableRows,
    private readonly to: Shelf,
    private readonly progress: (bytes: number) => void,
  ) {}

  async everything(): Promise<void> {
    const tracks = await this.compare('tracks');
    const segments = await this.compare('segments');
    await this.compare('refusals');
    for (const store of OF_TRACK) await this.copyMissing(store, (key) => tracks.has(key));
    await this.copyMissing('pages', (key) => segments.has(segmentOfPage(key)));
  }

  async changes(notices: readonly Notice[]): Promise<void> {
    const ids = [...new Set(notices.flatMap(({ tracks = [] }) => tracks))];
    for (const store of ['tracks', ...OF_TRACK] as const) {
      const rows = await this.from.read(store, ids);
      for (const [i, key] of ids.entries()) {
        const row = rows[i];
        this.last.push(row ? { store, key, row } : without(store, key));
        this.bytes += row?.length ?? 0;
      }
    }
    if (notices.some(({ segments }) => segments)) await this.segments();
    if (notices.some(({ kept }) => kept)) await this.compare('refusals');
  }

  async finish(state: Change): Promise<void> {
    await this.to.write([...this.last, state]);
    this.progress(this.bytes);
  }

  private async segments(): Promise<void> {
    const present = new Set(await this.to.keys('segments'));
    const keys = await this.from.keys('segments');
    for (const id of keys.filter((key) => !present.has(key)))
      await this.copy('pages', await this.from.keys('pages', pageKey(id, 0), pageKey(id, MAX_PAGES)));
    for (const id of present)
      if (!keys.includes(id)) this.last.push({ store: 'pages', from: pageKey(id, 0), below: pageKey(id, MAX_PAGES) });
    await this.compare('segments');
  }

  private async copyMissing(store: Store, isChanged: (key: number) => boolean): Promise<void> {
    const present = new Set(await this.to.keys(store));
    const keys = await this.from.keys(store);
    await this.copy(
      store,
      keys.filter((key) => !present.has(key) || isChanged(key)),
    );
    this.drop(store, present, keys);
  }

  private async copy(store: Store, keys: number[]): Promise<void> {
    for (let at = 0; at < keys.length; at += ROWS_PER_BATCH) {
      const some = keys.slice(at, at + ROWS_PER_BATCH);
      const rows = await this.from.read(store, some);
      const changes = rows.flatMap((row, i): Change[] => (row ? [{ store, key: some[i], row }] : []));
      await this.to.write(changes, true);
      for (const row of rows) this.bytes += row?.length ?? 0;
      this.progress(this.bytes);
    }
  }

  /** The keys of rows that are new or differ. */
  private async compare(store: Store): Promise<Set<number>> {
    const changed = new Set<number>();
    const present = new Map(await this.to.list(store));
    const rows = await this.from.list(store);
    for (const [key, row] of rows) {
      const own = present.get(key);
      if (own && Buffer.compare(own, row) === 0) continue;
      this.last.push({ store, key, row });
      this.bytes += row.length;
      changed.add(key);
    }
    this.drop(
      store,
      present.keys(),
      rows.map(([key]) => key),
    );
    return changed;
  }

  private drop(store: Store, present: Iterable<number>, keys: readonly number[]): void {
    const wanted = new Set(keys);
    for (const key of present) if (!wanted.has(key)) this.last.push(without(store, key));
  }
}

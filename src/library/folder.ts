/**
 * A shelf in a folder, for Node: batches appended to a few large files ("volumes"). A batch counts once all of it is
 * there, so a crash leaves whole batches only; where a row lies is known from the batches' directories, read at opening.
 * A volume that is mostly overwritten is copied to the end and removed. The bytes are described in `FORMAT.md`.
 */
import { closeSync, existsSync, fstatSync, mkdirSync, openSync, readdirSync, readSync } from 'node:fs';
import { type FileHandle, open, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../errors.ts';
import { type Batch, batchBytes, readBatches, VOLUME_HEADER, type Written } from './batch.ts';
import { lockFolder } from './folder-lock.ts';
import { type Change, type Row, type Shelf, STORES, type Store } from './shelf.ts';

/** A volume that has grown to this takes no further batch. */
const VOLUME_BYTES = 2 ** 26;
/** Bytes copied in one batch when a volume is cleared. */
const COPY_BYTES = 2 ** 22;

interface Volume {
  number: number;
  path: string;
  reading: number;
  bytes: number;
  /** Bytes of rows that are still to be found. */
  live: number;
  isDamaged: boolean;
}

interface Place {
  volume: Volume;
  offset: number;
  length: number;
}

const volumeName = (number: number) => `${String(number).padStart(8, '0')}.entendu`;

export async function openFolder(path: string, options: { readOnly?: boolean } = {}): Promise<Shelf> {
  if (options.readOnly && !existsSync(path)) throw new UserError('FileUnreadable', `There is no library in ${path}.`);
  mkdirSync(path, { recursive: true });
  const lock = options.readOnly ? undefined : lockFolder(path);
  try {
    return new Folder(path, lock);
  } catch (error) {
    lock?.release();
    throw error;
  }
}

class Folder implements Shelf {
  readonly damaged: string[] = [];
  private readonly volumes: Volume[] = [];
  private readonly places = new Map<Store, Map<number, Place>>(STORES.map((store) => [store, new Map()]));
  private writing: FileHandle | undefined;
  /** Whether all that was written has reached the disk, and says so. */
  private isSettled = true;
  private queue: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly path: string,
    private readonly lock: { release(): void } | undefined,
  ) {
    const numbers = readdirSync(path).flatMap((name) => name.match(/^(\d{8})\.entendu$/)?.[1] ?? []);
    numbers.sort();
    for (const number of numbers) this.load(Number(number), number === numbers.at(-1));
  }

  get isReadOnly(): boolean {
    return this.lock === undefined;
  }

  async read(store: Store, keys: ArrayLike<number>): Promise<(Row | undefined)[]> {
    return Array.from(keys, (key) => {
      const place = this.placesOf(store).get(key);
      return place && this.rowAt(place);
    });
  }

  async list(store: Store, from?: number, below?: number): Promise<[number, Row][]> {
    const keys = await this.keys(store, from, below);
    return keys.map((key) => [key, this.rowAt(this.placesOf(store).get(key) as Place)]);
  }

  async keys(store: Store, from = 0, below = Infinity): Promise<number[]> {
    return this.keysWithin(store, from, below).sort((a, b) => a - b);
  }

  write(changes: readonly Change[], lazy = false): Promise<void> {
    return this.inTurn(async () => {
      if (changes.length > 0) await this.append(changes, lazy);
      await this.clear(this.volumes.slice(0, -1).filter(({ live, bytes }) => live < bytes / 2));
    });
  }

  mend(): Promise<void> {
    return this.inTurn(async () => {
      const damaged = this.volumes.filter(({ isDamaged }) => isDamaged);
      if (damaged.length > 0) await this.begin();
      await this.clear(damaged);
      this.damaged.length = 0;
    });
  }

  async close(): Promise<void> {
    await this.queue;
    if (this.writing && !this.isSettled) await this.append([], false);
    await this.writing?.close();
    for (const { reading } of this.volumes) closeSync(reading);
    this.volumes.length = 0;
    this.lock?.release();
  }

  private inTurn(work: () => Promise<void>): Promise<void> {
    if (!this.lock) throw new UserError('LibraryBusy', 'The library was opened for reading only.');
    const done = this.queue.then(work);
    this.queue = done.catch(() => {});
    return done;
  }

  private placesOf(store: Store): Map<number, Place> {
    return this.places.get(store) as Map<number, Place>;
  }

  /** In any order. */
  private keysWithin(store: Store, from: number, below: number): number[] {
    const places = this.placesOf(store);
    if (below - from > places.size) return [...places.keys()].filter((key) => key >= from && key < below);
    return Array.from({ length: below - from }, (_, i) => from + i).filter((key) => places.has(key));
  }

  private rowAt({ volume, offset, length }: Place): Row {
    const row = new Uint8Array(length);
    const got = readSync(volume.reading, row, 0, length, offset);
    if (got !== length) throw new UserError('LibraryDamaged', `The library’s file ${volume.path} was cut short.`);
    return row;
  }

  /** Takes in a volume from an earlier day; what a crash left of its last batch is forgotten. */
  private load(number: number, isLast: boolean): void {
    const path = join(this.path, volumeName(number));
    const reading = openSync(path, 'r');
    const { batches, lost } = readBatches(reading, fstatSync(reading).size, path, isLast);
    const volume: Volume = { number, path, reading, bytes: VOLUME_HEADER.length, live: 0, isDamaged: lost > 0 };
    this.volumes.push(volume);
    for (const batch of batches) this.note(volume, batch);
    if (lost > 0) this.damaged.push(`${path} is damaged: of what was written there, ${lost} changes are lost.`);
  }

  private note(volume: Volume, { changes, end }: Batch): void {
    for (const change of changes) {
      const places = this.placesOf(change.store);
      if ('key' in change) {
        this.forget(places, change.key);
        places.set(change.key, { volume, offset: change.offset, length: change.length });
        volume.live += change.length;
      } else {
        for (const key of this.keysWithin(change.store, change.from, change.below)) {
          if ((places.get(key) as Place).volume.number < change.before) this.forget(places, key);
        }
      }
    }
    volume.bytes = end;
  }

  private forget(places: Map<number, Place>, key: number): void {
    const place = places.get(key);
    if (place) place.volume.live -= place.length;
    places.delete(key);
  }

  private async append(changes: readonly Written[], lazy: boolean): Promise<void> {
    let volume = this.volumes.at(-1);
    if (volume && !this.writing) await this.reopen(volume);
    if (!volume || volume.bytes >= VOLUME_BYTES) volume = await this.begin();
    const { bytes, batch } = batchBytes(changes, volume.bytes, lazy);
    try {
      await this.writing?.write(bytes, 0, bytes.length, volume.bytes);
      if (!lazy) await this.writing?.datasync();
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
      await this.writing?.truncate(volume.bytes);
      throw new UserError('StorageFull', 'The disk is full. Free some space and try again.', { cause: error });
    }
    this.note(volume, batch);
    this.isSettled = !lazy;
    if (!lazy) await this.mark(volume);
  }

  /** An empty batch after one that has reached the disk: should that be damaged one day, it is known to be no tear. */
  private async mark(volume: Volume): Promise<void> {
    const { bytes, batch } = batchBytes([], volume.bytes, true);
    try {
      await this.writing?.write(bytes, 0, bytes.length, volume.bytes);
      this.note(volume, batch);
    } catch (error) {
      // Without room it is done without: the batch before it is there.
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
    }
  }

  /** Makes the last volume ready for writing; what a crash left of its last batch is gone then. */
  private async reopen(volume: Volume): Promise<void> {
    this.writing = await open(volume.path, 'r+');
    await this.writing.truncate(volume.bytes);
    await this.writing.write(VOLUME_HEADER, 0, VOLUME_HEADER.length, 0); // a crash may have left the file empty
  }

  private async begin(): Promise<Volume> {
    await this.writing?.datasync();
    await this.writing?.close();
    const number = (this.volumes.at(-1)?.number ?? 0) + 1;
    const path = join(this.path, volumeName(number));
    this.writing = await open(path, 'w');
    await this.writing.write(VOLUME_HEADER, 0, VOLUME_HEADER.length, 0);
    const reading = openSync(path, 'r');
    const volume: Volume = { number, path, reading, bytes: VOLUME_HEADER.length, live: 0, isDamaged: false };
    this.volumes.push(volume);
    const folder = await open(this.path, 'r').catch(() => undefined);
    await folder?.sync().catch(() => {}); // not every system lets a folder be synced
    await folder?.close();
    return volume;
  }

  /** Copies what is still wanted of volumes, and removes them. */
  private async clear(volumes: Volume[]): Promise<void> {
    for (const volume of volumes) {
      await this.copyOut(volume);
      this.volumes.splice(this.volumes.indexOf(volume), 1);
      closeSync(volume.reading);
      await unlink(volume.path);
    }
  }

  private async copyOut(volume: Volume): Promise<void> {
    const isOldest = volume === this.volumes[0];
    let changes: Written[] = [];
    let bytes = 0;
    for (const batch of readBatches(volume.reading, volume.bytes, volume.path, false).batches) {
      for (const change of batch.changes) {
        const places = this.placesOf(change.store);
        if ('key' in change) {
          const place = places.get(change.key);
          if (place?.volume !== volume || place.offset !== change.offset) continue;
          changes.push({ store: change.store, key: change.key, row: this.rowAt(place) });
          bytes += place.length;
        } else if (!isOldest) {
          // Rows that this took away may lie in older volumes still, and must not come back.
          changes.push({ ...change, before: Math.min(change.before, volume.number) });
        }
        if (bytes > COPY_BYTES) {
          await this.append(changes, true);
          changes = [];
          bytes = 0;
        }
      }
    }
    await this.append(changes, false);
  }
}

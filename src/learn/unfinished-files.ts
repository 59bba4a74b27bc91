/**
 * The files that were waiting when the page was closed. With a handle, a file is opened again (the browser may ask for
 * permission first); of the others only the names are kept, so that the person can choose them again.
 */
import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { FoundFile } from './found-file.ts';

interface WaitingFile {
  name: string;
  handle?: FileSystemFileHandle;
  chosen?: FileSystemHandle;
  /** The file itself, if it cannot be opened again. */
  file?: File;
  lyrics?: File;
}

interface UnfinishedSchema extends DBSchema {
  waiting: { key: [visit: number, id: number]; value: WaitingFile };
}

/** Methods of Chromium that TypeScript does not declare. */
export interface Permitted {
  queryPermission?(): Promise<PermissionState>;
  requestPermission?(): Promise<PermissionState>;
}

export interface Left {
  /** Files that can be learnt at once. */
  found: FoundFile[];
  /** Names of files that need permission: `reopen` asks for it. */
  locked: string[];
  /** Names of files that must be chosen again. */
  missing: string[];
}

/** What is told to it; ids are those of this visit. */
export interface UnfinishedFiles {
  put(files: (FoundFile & { id: number })[]): void;
  drop(ids: number[]): void;
}

export class QueueNotes implements UnfinishedFiles {
  readonly #database: Promise<IDBPDatabase<UnfinishedSchema>>;
  /** Distinguishes the rows of this visit from earlier ones. */
  readonly #visit = Date.now();
  #locked: WaitingFile[] = [];
  #writing: Promise<unknown> = Promise.resolve();

  constructor(name = 'entendu-queue') {
    this.#database = openDB<UnfinishedSchema>(name, 1, {
      upgrade: (database) => void database.createObjectStore('waiting'),
    });
    this.#database.catch(() => {}); // a private window may refuse; then nothing is kept
  }

  put(files: (FoundFile & { id: number })[]): void {
    this.#write((store) =>
      files.map(({ id, file, handle, chosen, isKept, lyrics }) =>
        store({ name: file.name, handle, chosen, file: isKept ? file : undefined, lyrics }, id),
      ),
    );
  }

  drop(ids: number[]): void {
    this.#write((_, remove) => ids.map((id) => remove(id)));
  }

  /** The files of earlier visits. Their rows are deleted; files that are added again get new ones. */
  async recall(): Promise<Left> {
    const database = await this.#database;
    const transaction = database.transaction('waiting', 'readwrite');
    const before = IDBKeyRange.upperBound([this.#visit, 0]);
    const waiting = await transaction.store.getAll(before);
    await transaction.store.delete(before);
    await transaction.done;
    const left: Left = { found: [], locked: [], missing: [] };
    for (const one of waiting) {
      const { file, lyrics } = one;
      const found = file ? { file, isKept: true, lyrics } : (await isPermitted(one.handle)) && (await opened(one));
      if (found) left.found.push(found);
      else if (one.handle) this.#locked.push(one);
      else left.missing.push(one.name);
    }
    left.locked = this.#locked.map(({ name }) => name);
    return left;
  }

  /** Asks for permission, once for each folder; to be called within a click. */
  async reopen(): Promise<Left> {
    const left: Left = { found: [], locked: [], missing: [] };
    for (const one of this.#locked.splice(0)) {
      const handle = one.handle as FileSystemFileHandle & Permitted;
      if (!(await isPermitted(handle))) await ((one.chosen ?? handle) as Permitted).requestPermission?.();
      const found = (await isPermitted(handle)) && (await opened(one));
      if (found) left.found.push(found);
      else left.missing.push(one.name);
    }
    return left;
  }

  /** Resolves when all rows are written. */
  async settled(): Promise<void> {
    await this.#writing;
  }

  #write(act: (put: (value: WaitingFile, id: number) => unknown, remove: (id: number) => unknown) => unknown): void {
    this.#writing = this.#writing
      .then(async () => {
        const transaction = (await this.#database).transaction('waiting', 'readwrite');
        act(
          (value, id) => transaction.store.put(value, [this.#visit, id]),
          (id) => transaction.store.delete([this.#visit, id]),
        );
        await transaction.done;
      })
      .catch((error) => console.warn('The queue could not be noted:', error));
  }
}

export async function isPermitted(handle: FileSystemFileHandle | undefined): Promise<boolean> {
  if (!handle) return false;
  const state = await (handle as Permitted).queryPermission?.();
  return state === undefined || state === 'granted';
}

async function opened({ handle, chosen, lyrics }: WaitingFile): Promise<FoundFile | undefined> {
  const file = await handle?.getFile().catch(() => undefined);
  return file && { file, handle, chosen, lyrics };
}

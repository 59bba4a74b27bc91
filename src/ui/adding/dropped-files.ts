/** Files as they come in: dropped, pasted or chosen, alone or in folders. */
import type { FoundFile } from '../../learn/found-file.ts';

/** What Chromium has beyond the types that TypeScript knows. */
interface HandleGiver {
  getAsFileSystemHandle?(): Promise<FileSystemHandle | null>;
}
interface FolderAsker {
  showDirectoryPicker?(options: { id: string; startIn: string }): Promise<FileSystemDirectoryHandle>;
}

/** What a person chose with `showDirectoryPicker` or that the system hands over when it opens files with the app. */
export async function* filesOf(handle: FileSystemHandle, chosen = handle): AsyncGenerator<FoundFile> {
  if (isFile(handle)) {
    // One that is gone or refused is as if it had not been there: the rest of the folder counts.
    const file = await handle.getFile().catch(() => undefined);
    if (file) yield { file, handle, chosen };
  } else if (isFolder(handle)) {
    for await (const inner of handle.values()) yield* filesOf(inner, chosen);
  }
}

const isFile = (handle: FileSystemHandle): handle is FileSystemFileHandle => handle.kind === 'file';
const isFolder = (handle: FileSystemHandle): handle is FileSystemDirectoryHandle => handle.kind === 'directory';

/**
 * All files of a drop or a paste, in the folders too. Must be called within the event: what is dropped can be asked for
 * only then, though it may be read later.
 */
export function filesOfTransfer(transfer: DataTransfer): AsyncGenerator<FoundFile> {
  const items = [...transfer.items].filter(({ kind }) => kind === 'file');
  const asked = items.map((item) => ({
    handle: (item as HandleGiver).getAsFileSystemHandle?.(),
    entry: item.webkitGetAsEntry?.(),
    file: item.getAsFile(),
  }));
  return (async function* () {
    for (const { handle, entry, file } of asked) {
      const given = await handle?.catch(() => null);
      if (given) yield* filesOf(given);
      else if (entry) yield* filesOfEntry(entry);
      else if (file) yield { file };
    }
  })();
}

async function* filesOfEntry(entry: FileSystemEntry): AsyncGenerator<FoundFile> {
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) =>
      (entry as FileSystemFileEntry).file(resolve, reject),
    ).catch(() => undefined);
    if (file) yield { file };
    return;
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  for (;;) {
    // A folder is told in portions; an empty one is its end.
    const portion = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (portion.length === 0) return;
    for (const inner of portion) yield* filesOfEntry(inner);
  }
}

/** Asks for a folder where the browser can; `undefined` where it cannot (an input with `webkitdirectory` can). */
export async function pickFolder(): Promise<AsyncGenerator<FoundFile> | undefined> {
  const asker = window as Window & FolderAsker;
  if (!asker.showDirectoryPicker) return undefined;
  try {
    return filesOf(await asker.showDirectoryPicker({ id: 'music', startIn: 'music' }));
  } catch (error) {
    if ((error as Error).name === 'AbortError') return filesOfNothing(); // the person thought better of it
    throw error;
  }
}

async function* filesOfNothing(): AsyncGenerator<FoundFile> {}

/** Thousands of files come in portions, so that the first are learnt while a folder is still being looked through. */
export async function* portionsOf(files: AsyncIterable<FoundFile>, size = 50): AsyncGenerator<FoundFile[]> {
  let portion: FoundFile[] = [];
  for await (const found of files) {
    portion.push(found);
    if (portion.length < size) continue;
    yield portion;
    portion = [];
  }
  if (portion.length > 0) yield portion;
}

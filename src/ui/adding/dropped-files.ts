/** Collects files that are dropped, pasted or chosen, also from folders. */
import type { FoundFile } from '../../learn/found-file.ts';
import { pairLyrics } from '../../lyrics/pair-lyrics.ts';

/** Methods of Chromium that TypeScript's types lack. */
interface HandleGiver {
  getAsFileSystemHandle?(): Promise<FileSystemHandle | null>;
}
interface FolderAsker {
  showDirectoryPicker?(options: { id: string; startIn: string }): Promise<FileSystemDirectoryHandle>;
}

/** Files chosen with `showDirectoryPicker`, or opened with the app by the system. */
export async function* filesOf(handle: FileSystemHandle, chosen = handle): AsyncGenerator<FoundFile> {
  if (isFile(handle)) {
    // Skip a file that is missing or refused, and continue with the rest of the folder.
    const file = await handle.getFile().catch(() => undefined);
    if (file) yield { file, handle, chosen };
  } else if (isFolder(handle)) {
    const inside: FileSystemHandle[] = [];
    for await (const inner of handle.values()) inside.push(inner);
    yield* withLyrics(inside, (inner) => filesOf(inner, chosen));
  }
}

/** The files of one folder, each song with its lyrics. */
async function* withLyrics<T extends { name: string }>(
  inside: readonly T[],
  filesIn: (item: T) => AsyncGenerator<FoundFile>,
): AsyncGenerator<FoundFile> {
  for (const { item, lyrics } of pairLyrics(inside)) {
    const words = lyrics && (await firstOf(filesIn(lyrics)))?.file;
    for await (const found of filesIn(item)) yield words ? { ...found, lyrics: words } : found;
  }
}

async function firstOf<T>(all: AsyncIterable<T>): Promise<T | undefined> {
  for await (const one of all) return one;
  return undefined;
}

const isFile = (handle: FileSystemHandle): handle is FileSystemFileHandle => handle.kind === 'file';
const isFolder = (handle: FileSystemHandle): handle is FileSystemDirectoryHandle => handle.kind === 'directory';

/**
 * All files of a drop or paste, including those in folders. Call it within the event handler: dropped items are only available then,
 * although they may be read later.
 */
export function filesOfTransfer(transfer: DataTransfer): AsyncGenerator<FoundFile> {
  const items = [...transfer.items].filter(({ kind }) => kind === 'file');
  const asked = items.map((item) => {
    const entry = item.webkitGetAsEntry?.();
    const file = item.getAsFile();
    const handle = (item as HandleGiver).getAsFileSystemHandle?.();
    return { name: entry?.name ?? file?.name ?? '', handle, entry, file };
  });
  return withLyrics(asked, async function* ({ handle, entry, file }) {
    const given = await handle?.catch(() => null);
    if (given) yield* filesOf(given);
    else if (entry) yield* filesOfEntry(entry);
    else if (file) yield { file };
  });
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
  const inside: FileSystemEntry[] = [];
  for (;;) {
    // A folder is listed in batches; an empty batch is the end.
    const portion = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (portion.length === 0) break;
    inside.push(...portion);
  }
  yield* withLyrics(inside, filesOfEntry);
}

/** Files chosen with an input, each song with its lyrics. */
export function chosenFiles(files: readonly File[]): FoundFile[] {
  const folders = new Map<string, File[]>();
  for (const file of files) {
    const { webkitRelativePath: path } = file;
    const folder = path.slice(0, path.lastIndexOf('/') + 1);
    folders.set(folder, [...(folders.get(folder) ?? []), file]);
  }
  return [...folders.values()].flatMap((inside) =>
    pairLyrics(inside).map(({ item, lyrics }) => ({ file: item, ...(lyrics && { lyrics }) })),
  );
}

/** Asks for a folder; undefined if the browser has no such picker (use an input with `webkitdirectory` instead). */
export async function pickFolder(): Promise<AsyncGenerator<FoundFile> | undefined> {
  const asker = window as Window & FolderAsker;
  if (!asker.showDirectoryPicker) return undefined;
  try {
    return filesOf(await asker.showDirectoryPicker({ id: 'music', startIn: 'music' }));
  } catch (error) {
    if ((error as Error).name === 'AbortError') return filesOfNothing(); // the user cancelled
    throw error;
  }
}

async function* filesOfNothing(): AsyncGenerator<FoundFile> {}

/** Yields files in batches, so that learning starts while a large folder is still being searched. */
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

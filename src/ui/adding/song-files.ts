/**
 * Remembers the user's own files, so that songs can be played: the files themselves while the page is open and, in browsers with file
 * handles, the handles in a database of their own. Nothing is copied.
 */
import { type DBSchema, openDB } from 'idb';
import type { FoundFile } from '../../learn/found-file.ts';
import { isPermitted, type Permitted } from '../../learn/unfinished-files.ts';

/** By the content id of the track that was learnt from the file. */
interface FilePlace {
  handle: FileSystemFileHandle;
  /** What the user chose: permission is asked for this. */
  chosen?: FileSystemHandle;
}

interface SongFilesSchema extends DBSchema {
  places: { key: string; value: FilePlace };
}

const files = new Map<string, File>();
let opening: ReturnType<typeof openPlaces> | undefined;

const openPlaces = () =>
  openDB<SongFilesSchema>('entendu-files', 1, { upgrade: (database) => void database.createObjectStore('places') });

const database = () => {
  opening ??= openPlaces();
  return opening;
};

/** Remembers the file that a track was learnt from. */
export async function rememberFile(contentId: string, { file, handle, chosen }: FoundFile): Promise<void> {
  files.set(contentId, file);
  if (handle) await (await database()).put('places', { handle, chosen }, contentId);
}

/**
 * The file of a track; undefined if it is not known or cannot be read any more. Call it in a click handler: the browser may ask for
 * permission.
 */
export async function fileOf(contentId: string): Promise<File | undefined> {
  return find(
    contentId,
    async ({ handle, chosen }) => void (await ((chosen ?? handle) as Permitted).requestPermission?.()),
  );
}

/** The same without a prompt: undefined if the browser would have to ask. */
export const fileAtHand = (contentId: string): Promise<File | undefined> => find(contentId, async () => {});

/** The content ids of all songs whose file was known once. */
export async function songsWithFiles(): Promise<Set<string>> {
  return new Set([...files.keys(), ...(await (await database()).getAllKeys('places'))]);
}

async function find(contentId: string, ask: (place: FilePlace) => Promise<void>): Promise<File | undefined> {
  const open = files.get(contentId);
  if (open && (await canBeRead(open))) return open;
  const place = await (await database()).get('places', contentId);
  if (!place) return undefined;
  if (!(await isPermitted(place.handle))) {
    await ask(place);
    if (!(await isPermitted(place.handle))) return undefined;
  }
  const file = await place.handle.getFile().catch(() => undefined);
  if (file) files.set(contentId, file);
  return file;
}

/** A file that was moved or changed since it was chosen cannot be read any more. */
export const canBeRead = (file: File): Promise<boolean> =>
  file
    .slice(0, 1)
    .arrayBuffer()
    .then(
      () => true,
      () => false,
    );

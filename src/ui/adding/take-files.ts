/** Where files go that were chosen, dropped, shared or opened with the app. */
import type { FoundFile } from '../../learn/found-file.ts';
import { isSound } from '../../learn/sound-names.ts';
import { type Cell, cell } from '../parts/cell.ts';
import type { Imports } from './imports.ts';

const isBundle = (file: File) => file.name.toLowerCase().endsWith('.entendu');

/** A bundle that waits to be looked into: see `open-bundle.tsx`. */
export const waitingBundle: Cell<Blob | undefined> = cell<Blob | undefined>(undefined);

/** The ways to bring songs in are shown: see `add-songs.tsx`. */
export const isAdding = cell(false);

/** Songs are learnt; a bundle is first looked into. */
export function takeFiles(files: File[], imports: Imports): void {
  const bundle = files.find(isBundle);
  if (bundle) waitingBundle.set(bundle);
  const songs = files.filter((file) => !isBundle(file));
  if (songs.length) imports.add(songs);
}

/** The same of files that another app handed over once; resolves when they are safe from a reload. */
export async function keepFiles(files: File[], imports: Imports): Promise<void> {
  takeFiles(files.filter(isBundle), imports);
  await imports.keep(files.filter((file) => !isBundle(file)));
}

/** The same, of all that lies in dropped folders. */
export function takeFound(files: AsyncIterable<FoundFile>, imports: Imports): Promise<void> {
  return imports.addAll(songsOf(files));
}

/** The sounds among dropped files, to be recognised; a bundle among them is looked into. */
export async function soundsOf(files: AsyncIterable<FoundFile>): Promise<FoundFile[]> {
  const sounds: FoundFile[] = [];
  for await (const found of songsOf(files)) if (isSound(found.file)) sounds.push(found);
  return sounds;
}

async function* songsOf(files: AsyncIterable<FoundFile>): AsyncGenerator<FoundFile> {
  for await (const found of files) {
    if (isBundle(found.file)) waitingBundle.set(found.file);
    else yield found;
  }
}

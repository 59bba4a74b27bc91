/** Sorts files that were chosen, dropped, shared or opened with the app into songs and bundles. */
import type { FoundFile } from '../../learn/found-file.ts';
import { isSound } from '../../learn/sound-names.ts';
import { type Cell, cell } from '../parts/state/cell.ts';
import { chosenFiles } from './dropped-files.ts';
import type { Imports } from './queue/imports.ts';

const isBundle = (file: File) => file.name.toLowerCase().endsWith('.entendu');

/** The bundle that `open-bundle.tsx` is showing. */
export const waitingBundle: Cell<Blob | undefined> = cell<Blob | undefined>(undefined);

/** Whether `add-songs.tsx` is shown. */
export const isAdding = cell(false);

/** Learns songs, with the lyrics among the files; previews a bundle first. */
export function takeFiles(files: File[], imports: Imports): void {
  const bundle = files.find(isBundle);
  if (bundle) waitingBundle.set(bundle);
  const songs = files.filter((file) => !isBundle(file));
  if (songs.length) imports.add(chosenFiles(songs));
}

/** The same for files from another app; resolves when they would survive a reload. */
export async function keepFiles(files: File[], imports: Imports): Promise<void> {
  takeFiles(files.filter(isBundle), imports);
  await imports.keep(chosenFiles(files.filter((file) => !isBundle(file))));
}

/** The same for all files in dropped folders. */
export function takeFound(files: AsyncIterable<FoundFile>, imports: Imports): Promise<void> {
  return imports.addAll(songsOf(files));
}

/** The sound files among dropped files, which are to be recognised. A bundle among them is opened for preview. */
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

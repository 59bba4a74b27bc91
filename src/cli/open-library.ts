/** The library as commands open it that change it: they tell what is damaged, since others may never be called. */
import { type Library, openLibrary } from '../node/package.ts';
import type { Terminal } from './terminal.ts';

export async function openToChange(folder: string | undefined, terminal: Terminal): Promise<Library> {
  const library = await openLibrary(folder);
  noteDamage((await library.status()).damaged, terminal);
  return library;
}

export function noteDamage(damaged: readonly string[], terminal: Terminal): void {
  for (const damage of damaged) terminal.note(`damaged: ${damage}`);
  if (damaged.length > 0) terminal.note('"entendu verify" repairs what can be repaired.');
}

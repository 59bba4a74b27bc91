/** Opens the library for commands that change it. They also report damage, because users may never run `stats` or `verify`. */
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

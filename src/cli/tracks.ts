/** Finds the tracks that a user names. */
import type { Library } from '../node/package.ts';
import type { Track } from '../types.ts';
import { nameOf } from './answer-text.ts';
import { UsageError } from './options.ts';
import { counted } from './words.ts';

/** Finds a track by number, or by words that occur in only one track. An unknown number is never taken for part of a title. */
export async function theTrack(library: Library, named: string): Promise<Track> {
  const isNumber = /^\d+$/.test(named);
  const numbered = isNumber ? await library.track(Number(named)) : undefined;
  if (numbered) return numbered;
  const { total, rows } = await library.tracks({ search: named, limit: 6 });
  const exact = rows.filter(({ title, fileName }) => title === named || fileName === named);
  if (exact.length === 1) return exact[0];
  if (total === 1 && !isNumber) return rows[0];
  if (total === 0 || isNumber) throw new UsageError(`There is no track "${named}". "entendu list" shows all tracks.`);
  const some = rows.slice(0, 5).map((track) => `  ${track.id}  ${nameOf(track)}`);
  throw new UsageError(
    `"${named}" matches ${counted(total, 'track')}; choose one by its number:\n${some.join('\n')}${total > 5 ? '\n  ...' : ''}`,
  );
}

export async function theTracks(library: Library, named: string[]): Promise<Track[]> {
  const tracks: Track[] = [];
  for (const name of named) tracks.push(await theTrack(library, name));
  return tracks;
}

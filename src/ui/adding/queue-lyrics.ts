/** Lyrics in files of their own: read for the song that is learnt, or given to a song that is known. */
import { tagsOfName } from '../../audio/tags-from-name.ts';
import type { Engine } from '../../engine/api.ts';
import { UserError } from '../../errors.ts';
import { lyricsTextOf } from '../../lyrics/lyrics-text.ts';
import { baseOf } from '../../lyrics/pair-lyrics.ts';
import type { Track } from '../../types.ts';

export type LyricsEngine = Pick<Engine, 'tracks' | 'lyrics' | 'setLyrics'>;

/** Of the songs whose names contain the same words, at most so many are compared. */
const MOST_FOUND = 200;

export async function readLyricsFile(file: Blob): Promise<string> {
  return lyricsTextOf(new Uint8Array(await file.arrayBuffer()));
}

/** Gives lyrics to the song whose file, or whose artist and title, has the same name. */
export async function giveLyrics(engine: LyricsEngine, file: File): Promise<Track> {
  const text = await readLyricsFile(file);
  const track = await songOf(engine, file.name);
  if (!track) throw new UserError('LyricsAlone', 'No song in the library has the name of this file of lyrics.');
  await engine.setLyrics(track.id, text);
  return track;
}

async function songOf(engine: LyricsEngine, name: string): Promise<Track | undefined> {
  const base = baseOf(name);
  const { title, artist } = tagsOfName(base);
  const { rows } = await engine.tracks({ search: title, limit: MOST_FOUND });
  const plain = (text = '') => text.normalize().toLowerCase();
  const called = rows.filter(
    (row) => plain(row.title) === plain(title) && (!artist || plain(row.artist) === plain(artist)),
  );
  return rows.find(({ fileName }) => baseOf(fileName) === base) ?? (called.length === 1 ? called[0] : undefined);
}

/** A song that was known before keeps the lyrics that it has. */
export async function completeLyrics(engine: LyricsEngine, { id }: Track, text: string): Promise<void> {
  if (!(await engine.lyrics(id))) await engine.setLyrics(id, text);
}

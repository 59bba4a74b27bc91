/** The songs whose files can be read, for dejavu's test. */
import { randomOf } from '../../../accuracy/random.ts';
import { contentIdOf } from '../../../audio/content-id.ts';
import type { Engine } from '../../../engine/api.ts';
import type { TrialSong } from '../../../lab/lab-api.ts';
import type { Track } from '../../../types.ts';
import { rememberFile, songsWithFiles } from '../../adding/song-files.ts';
import { demoTunes } from '../../listen/demo.ts';
import { fileOfSong } from '../lab-songs.ts';

/** Songs that one test uses: more would only take longer. */
export const MOST_SONGS = 100;

/** Songs of the library whose file was known once; the demo tunes are always known. */
export async function songsToTry(engine: Engine): Promise<Track[]> {
  const songs = new Map<string, Track>();
  for (const contentId of await songsWithFiles()) {
    const track = await engine.known(contentId);
    if (track?.enabled) songs.set(contentId, track);
  }
  const { rows } = await engine.tracks({ search: '', sort: 'added', descending: true, offset: 0, limit: 50 });
  for (const track of rows) if (demoTunes.includes(track.fileName)) songs.set(track.contentId, track);
  return [...songs.values()];
}

/** Some of them, always the same for a seed, with their files. To be called within a click: the browser may ask. */
export async function trialSongs(tracks: Track[], seed: number): Promise<TrialSong[]> {
  const random = randomOf(`${seed}/songs`);
  const inOrder = [...tracks]
    .sort((a, b) => (a.contentId < b.contentId ? -1 : 1))
    .map((track) => ({ track, place: random() }))
    .sort((a, b) => a.place - b.place);
  const songs: TrialSong[] = [];
  for (const { track } of inOrder.slice(0, MOST_SONGS)) {
    const file = await fileOfSong(track);
    if (file) songs.push({ key: track.contentId, title: track.title, file });
  }
  return songs;
}

/** Remembers those of the files that were learnt; returns their number. */
export async function takeFilesOfSongs(engine: Engine, files: File[]): Promise<number> {
  let taken = 0;
  for (const file of files) {
    const contentId = await contentIdOf(file);
    if (!(await engine.known(contentId))) continue;
    await rememberFile(contentId, { file });
    taken++;
  }
  return taken;
}

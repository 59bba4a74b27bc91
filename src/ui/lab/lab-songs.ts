/** The file of a song for the lab: the person's own, where it is known, or one of the demo tunes. */
import { contentIdOf } from '../../audio/content-id.ts';
import type { Engine } from '../../engine/api.ts';
import type { Track } from '../../types.ts';
import { fileAtHand, fileOf } from '../adding/song-files.ts';
import { demoAddress, demoTunes } from '../listen/demo.ts';

/** To be called within a click: the browser may ask for permission. */
export async function fileOfSong(track: Track): Promise<File | undefined> {
  const found = await fileOf(track.contentId).catch(() => undefined);
  return found ?? demoFile(track);
}

async function demoFile({ fileName, contentId }: Track): Promise<File | undefined> {
  if (!demoTunes.includes(fileName)) return undefined;
  const answer = await fetch(demoAddress(fileName)).catch(() => undefined);
  if (!answer?.ok) return undefined;
  const file = new File([await answer.blob()], fileName, { type: 'audio/mpeg' });
  return (await contentIdOf(file)) === contentId ? file : undefined;
}

/** How many of the latest songs are looked at for one to begin with. */
const LATEST = 50;

/** A song that can be played without asking for permission. */
export async function songToBeginWith(engine: Engine): Promise<Track | undefined> {
  const { rows } = await engine.tracks({ search: '', sort: 'added', descending: true, offset: 0, limit: LATEST });
  for (const track of rows) {
    if (demoTunes.includes(track.fileName) || (await fileAtHand(track.contentId).catch(() => undefined))) return track;
  }
  return undefined;
}

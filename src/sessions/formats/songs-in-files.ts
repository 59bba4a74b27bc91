/** Summarises many recordings: which song is in which of them, and for how long. */
import { csvOf } from '../../csv.ts';
import type { Session, StretchTrack } from '../session-model.ts';
import { songsOf } from './timeline-rows.ts';

interface SongInFiles {
  track: StretchTrack;
  /** Total over all files. */
  seconds: number;
  files: {
    session: Session;
    /** How often the song begins there, and how long it is heard. */
    times: number;
    seconds: number;
  }[];
}

/** Sorted by total time, longest first; the files of a song are in the order of the sessions. */
export function songsInFiles(sessions: readonly Session[]): SongInFiles[] {
  const songs = new Map<string, SongInFiles>();
  for (const session of sessions) {
    for (const { track, fromSeconds, toSeconds } of songsOf(session)) {
      const key = track.contentId ?? `${track.artist ?? ''}\n${track.title}`;
      const song = songs.get(key) ?? { track, seconds: 0, files: [] };
      songs.set(key, song);
      const seconds = toSeconds - fromSeconds;
      const file = song.files.find((entry) => entry.session === session);
      if (file) Object.assign(file, { times: file.times + 1, seconds: file.seconds + seconds });
      else song.files.push({ session, times: 1, seconds });
      song.seconds += seconds;
    }
  }
  return [...songs.values()].sort((a, b) => b.seconds - a.seconds);
}

export function songsInFilesCsv(songs: readonly SongInFiles[]): string {
  const rows = songs.flatMap(({ track, files }) =>
    files.map(({ session, times, seconds }) => [
      ...[track.title, track.artist, track.album],
      ...[session.name, times, Number(seconds.toFixed(1))],
    ]),
  );
  return csvOf(['title', 'artist', 'album', 'file', 'times', 'seconds'], rows);
}

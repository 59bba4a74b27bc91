/** Writes a CUE sheet, a format of players and editors: https://wiki.hydrogenaud.io/index.php?title=Cue_sheet. */
import type { Session } from '../session-model.ts';
import { songsOf } from './timeline-rows.ts';

/** Maximum number of tracks in a sheet. */
const MOST_TRACKS = 99;

/** `file`: name of the sound file; default: the name of the session. */
export function cueSheet(session: Pick<Session, 'name' | 'stretches'>, file = session.name ?? ''): string {
  const quoted = (words: string) => `"${words.replace(/["\p{Cc}]/gu, "'")}"`;
  const two = (n: number) => String(n).padStart(2, '0');
  const index = (seconds: number) => {
    const frames = Math.round(seconds * 75);
    return `${two(Math.floor(frames / 4500))}:${two(Math.floor(frames / 75) % 60)}:${two(frames % 75)}`;
  };
  const songs = songsOf(session).slice(0, MOST_TRACKS);
  const lines = [
    `FILE ${quoted(file)} ${typeOf(file)}`,
    ...songs.flatMap(({ track, fromSeconds }, i) => [
      `  TRACK ${two(i + 1)} AUDIO`,
      `    TITLE ${quoted(track.title)}`,
      ...(track.artist ? [`    PERFORMER ${quoted(track.artist)}`] : []),
      `    INDEX 01 ${index(fromSeconds)}`,
    ]),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

/** Players look at the file itself when they do not know the type; WAVE stands for any. */
const typeOf = (file: string) => (/\.mp3$/i.test(file) ? 'MP3' : /\.aiff?$/i.test(file) ? 'AIFF' : 'WAVE');

/** Summarises plays with one row per song and station, as CSV and as a printable HTML page. */
import { csvOf } from '../../csv.ts';
import type { Play, PlayedTrack } from './station-play.ts';

export interface PlayCount {
  track: PlayedTrack;
  station: string;
  plays: number;
  seconds: number;
  first: string;
  last: string;
}

/** Most played first. */
export function countPlays(plays: readonly Play[]): PlayCount[] {
  const rows = new Map<string, PlayCount>();
  for (const { track, station, began, seconds } of plays) {
    const key = JSON.stringify([track.contentId ?? [track.title, track.artist], station]);
    const row = rows.get(key) ?? { track, station, plays: 0, seconds: 0, first: began, last: began };
    row.plays++;
    row.seconds = Math.round(10 * (row.seconds + seconds)) / 10;
    if (began < row.first) row.first = began;
    if (began > row.last) row.last = began;
    rows.set(key, row);
  }
  const name = ({ track: { artist = '', title }, station }: PlayCount) => `${artist}\0${title}\0${station}`;
  return [...rows.values()].sort((a, b) => b.plays - a.plays || (name(a) < name(b) ? -1 : 1));
}

const HEADER = ['artist', 'title', 'album', 'station', 'plays', 'seconds', 'first', 'last'];
const cellsOf = ({ track, station, plays, seconds, first, last }: PlayCount) => [
  ...[track.artist, track.title, track.album, station, plays, seconds, first, last],
];

export const reportCsv = (rows: readonly PlayCount[]): string => csvOf(HEADER, rows.map(cellsOf));

export const playsCsv = (plays: readonly Play[]): string =>
  csvOf(
    ['began', 'station', 'seconds', 'artist', 'title', 'album', 'from', 'confidence', 'speed'],
    plays.map(({ began, station, seconds, track, trackSeconds, confidence, speed }) => [
      ...[began, station, seconds, track.artist, track.title, track.album, trackSeconds, confidence, speed],
    ]),
  );

const SIGNS: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const safe = (text: string | number) => String(text).replace(/[&<>"]/g, (sign) => SIGNS[sign]);

/** `title`: the day or week. */
export function reportHtml(title: string, rows: readonly PlayCount[]): string {
  const total = rows.reduce((sum, { plays }) => sum + plays, 0);
  const songs = new Set(rows.map(({ track }) => track.contentId ?? track.title)).size;
  const counted = (n: number, what: string) => `${n} ${what}${n === 1 ? '' : 's'}`;
  const cells = (row: PlayCount) =>
    cellsOf(row)
      .map((cell) => `<td${typeof cell === 'number' ? ' class="number"' : ''}>${safe(cell ?? '')}</td>`)
      .join('');
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width">
<title>Played ${safe(title)}</title>
<style>
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem; color-scheme: light dark }
table { border-collapse: collapse } th, td { text-align: left; padding: .2rem .8rem .2rem 0; border-bottom: 1px solid #8884 }
.number { text-align: right; font-variant-numeric: tabular-nums }
</style>
<h1>Played ${safe(title)}</h1>
<p>${counted(total, 'play')} of ${counted(songs, 'song')}. Times are UTC.</p>
<table>
<thead><tr>${HEADER.map((name) => `<th scope="col">${name}</th>`).join('')}</tr></thead>
<tbody>
${rows.map((row) => `<tr>${cells(row)}</tr>`).join('\n')}
</tbody>
</table>
</html>
`;
}

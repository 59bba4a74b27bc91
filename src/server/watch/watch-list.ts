/** Songs for which an event is reported when they start to play. */
import type { PlayedTrack } from './station-play.ts';

/** By number, or by words that must all be in artist, title or album. */
export type WatchedEntry = number | string;

const folded = (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

export function watchListOf(watched: readonly WatchedEntry[]): (track: PlayedTrack) => boolean {
  const ids = new Set(watched.filter((entry) => typeof entry === 'number'));
  const phrases = watched
    .filter((entry) => typeof entry === 'string')
    .map((words) => folded(words).split(/\s+/).filter(Boolean));
  return ({ id, title, artist = '', album = '' }) => {
    if (id !== undefined && ids.has(id)) return true;
    const text = folded(`${artist} ${title} ${album}`);
    return phrases.some((words) => words.length > 0 && words.every((word) => text.includes(word)));
  };
}

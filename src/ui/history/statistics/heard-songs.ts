/** How often and when each song was heard last, counted from the sessions once for all screens. */
import { useEffect } from 'preact/hooks';
import type { Session } from '../../../engine/api.ts';
import { cell, useCell } from '../../parts/state/cell.ts';
import { useServices } from '../../services.ts';
import { heardIn } from '../session-words.ts';

interface HeardSong {
  count: number;
  /** Milliseconds since 1970. */
  last: number;
}

/** By content id. */
type HeardSongs = ReadonlyMap<string, HeardSong>;

export function heardBySong(sessions: readonly Session[]): HeardSongs {
  const songs = new Map<string, HeardSong>();
  for (const session of sessions) {
    for (const { track, fromSeconds } of heardIn(session)) {
      if (!track.contentId) continue;
      const { count, last } = songs.get(track.contentId) ?? { count: 0, last: 0 };
      const at = session.began + fromSeconds * 1000;
      songs.set(track.contentId, { count: count + 1, last: Math.max(last, at) });
    }
  }
  return songs;
}

/** Content ids, the most heard first. */
export const mostHeard = (songs: HeardSongs): string[] =>
  [...songs].sort(([, a], [, b]) => b.count - a.count || b.last - a.last).map(([contentId]) => contentId);

const known = cell<HeardSongs>(new Map());
let counted: unknown;

export function useHeardSongs(): HeardSongs {
  const { engine, sessionsVersion } = useServices();
  const version = useCell(sessionsVersion);
  useEffect(() => {
    const state = `${version}`;
    if (counted === state) return;
    counted = state;
    engine.sessions.list().then(({ rows }) => known.set(heardBySong(rows)), console.error);
  }, [version]);
  return useCell(known);
}

/** How often what was heard, and when: counted from the sessions. */
import type { Session } from '../../../engine/api.ts';
import { heardIn } from '../session-words.ts';

export interface Count {
  name: string;
  count: number;
}

const MOST = 10;

/** Answers of each of the last days, the oldest first; days without any count too. `name` is the day's beginning in milliseconds. */
export function countByDay(sessions: readonly Session[], days: number, now: number): { day: number; count: number }[] {
  const dayOf = (ms: number) => new Date(ms).setHours(0, 0, 0, 0);
  const counts = new Map<number, number>();
  for (const session of sessions) {
    for (const { fromSeconds } of heardIn(session)) {
      const day = dayOf(session.began + fromSeconds * 1000);
      counts.set(day, (counts.get(day) ?? 0) + 1);
    }
  }
  return Array.from({ length: days }, (_, i) => {
    const date = new Date(dayOf(now));
    date.setDate(date.getDate() - (days - 1 - i));
    return { day: date.getTime(), count: counts.get(date.getTime()) ?? 0 };
  });
}

/** The songs, or the artists, that were heard most. */
export function countBy(sessions: readonly Session[], by: 'title' | 'artist'): Count[] {
  const counts = new Map<string, Count>();
  for (const { track } of sessions.flatMap(heardIn)) {
    const name = track[by];
    if (!name) continue;
    const key = by === 'title' ? (track.contentId ?? `${name}/${track.artist}`) : name;
    const known = counts.get(key);
    if (known) known.count += 1;
    else counts.set(key, { name, count: 1 });
  }
  return [...counts.values()].sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1)).slice(0, MOST);
}

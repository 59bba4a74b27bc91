/** Finds the sessions that match a query, newest first. */
import { folded } from '../library/tracks/search-terms.ts';
import type { SessionQuery } from './session-model.ts';
import type { SessionRow } from './session-row.ts';

export function selected(rows: readonly SessionRow[], query: SessionQuery): { total: number; rows: SessionRow[] } {
  const { offset = 0, limit = Infinity } = query;
  const found = rows.filter(isAskedFor(query)).sort((a, b) => b.began - a.began || b.id - a.id);
  return { total: found.length, rows: found.slice(offset, offset + limit) };
}

function isAskedFor({ search = '', from = -Infinity, until = Infinity, sources, contentId }: SessionQuery) {
  const words = folded(search).split(/\s+/).filter(Boolean);
  return (row: SessionRow) =>
    row.removed === undefined &&
    row.began >= from &&
    row.began < until &&
    (sources === undefined || sources.includes(row.source)) &&
    (contentId === undefined || row.stretches.some(({ track }) => track.contentId === contentId)) &&
    (words.length === 0 || hasAll(textOf(row), words));
}

const hasAll = (text: string, words: readonly string[]) => words.every((word) => text.includes(word));

function textOf({ name, note, stretches }: SessionRow): string {
  const tracks = stretches.flatMap(({ track: { title, artist, album } }) => [title, artist, album]);
  return folded([name, note, ...tracks].filter(Boolean).join('\n'));
}

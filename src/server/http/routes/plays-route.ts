/** The plays recorded by "entendu watch", one by one or summed, as JSON or CSV. */
import { Hono } from 'hono';
import type { Service } from '../../service.ts';
import { countPlays, playsCsv, reportCsv } from '../../watch/reports.ts';
import type { Play } from '../../watch/station-play.ts';
import { needs } from '../access.ts';
import { Problem } from '../problem.ts';
import { choiceOf, numberOf } from '../query-values.ts';

const DAY_MS = 86_400_000;
const MOST = 10_000;
const PAGE = 1000;

export function playsRoute(service: Service): Hono {
  const routes = new Hono();
  routes.get('/', needs(service, 'read'), (c) => {
    const now = Date.now();
    const from = timeOf('from', c.req.query('from')) ?? now - 7 * DAY_MS;
    const until = timeOf('until', c.req.query('until')) ?? now + DAY_MS;
    const limit = numberOf(c, 'limit', { least: 1, most: MOST, whole: true }) ?? PAGE;
    const offset = numberOf(c, 'offset', { whole: true }) ?? 0;
    const isCsv = choiceOf(c, 'format', ['json', 'csv']) === 'csv';
    const isCounted = choiceOf(c, 'group', ['song']) === 'song';
    const plays = service.plays
      .plays(new Date(from).toISOString(), new Date(until).toISOString())
      .filter((play) => isMeant(play, from, until, c.req.query('station'), numberOf(c, 'track', { whole: true })));
    const csv = (text: string) => c.body(text, 200, { 'Content-Type': 'text/csv; charset=utf-8' });
    if (isCounted) {
      const rows = countPlays(plays);
      return isCsv ? csv(reportCsv(rows)) : c.json({ total: rows.length, songs: rows.slice(offset, offset + limit) });
    }
    return isCsv ? csv(playsCsv(plays)) : c.json({ total: plays.length, plays: plays.slice(offset, offset + limit) });
  });
  return routes;
}

/** A day or a time in ISO 8601. Years must have four digits, because the dates of files are compared as text. */
function timeOf(name: string, typed: string | undefined): number | undefined {
  if (typed === undefined) return undefined;
  const time = /^\d{4}-\d\d-\d\d/.test(typed) ? Date.parse(typed) : Number.NaN;
  if (!Number.isNaN(time)) return time;
  throw new Problem(422, `?${name}= must be a day or a moment, as 2026-11-26 or 2026-11-26T12:00:00Z.`, 'Query');
}

const isMeant = ({ began, station, track }: Play, from: number, until: number, wanted?: string, id?: number): boolean =>
  Date.parse(began) >= from &&
  Date.parse(began) < until &&
  (wanted === undefined || station === wanted) &&
  (id === undefined || track.id === id);

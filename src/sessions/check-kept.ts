/**
 * Checks the rows of sessions, strips, refusals and catalogues. They cannot be repaired: what is damaged is reported and deleted. An intact row that
 * cannot be read may come from a later version of the app, so it is kept.
 */
import { FIRST_CATALOGUE, unpackCatalogue } from '../catalogue/catalogue-row.ts';
import type { KeptRows, KeptStore } from '../library/rows/kept-rows.ts';
import { isIntact } from '../library/shelf/checksum.ts';
import { type Change, type Row, without } from '../library/shelf/shelf.ts';
import { unpackRefusal } from './refusals.ts';
import { packSession, type SessionRow, unpackSession, unpackStrip } from './session-row.ts';

/** A strip has up to 70 kB. */
const STRIPS_AT_ONCE = 64;
/** Earlier versions of the app numbered sessions from 1. Later numbers are times. */
const FIRST_TIME = Date.UTC(2020, 0);

interface KeptFindings {
  /** As sentences. */
  lost: string[];
  changes: Change<KeptStore>[];
}

/** Gives what was lost, as sentences. */
export async function checkKept(rows: KeptRows): Promise<string[]> {
  const sessions = await sessionsIn(rows);
  const all = [sessions, await stripsOf(sessions.sound, rows), await refusalsIn(rows), await cataloguesIn(rows)];
  const changes = all.flatMap((found) => found.changes);
  if (changes.length > 0) await rows.write(changes);
  return all.flatMap(({ lost }) => lost);
}

/** A row that storage cannot read is empty, and may be readable again later. */
const deletionsOf = (row: Row, ...changes: Change<KeptStore>[]) => (row.length > 0 && !isIntact(row) ? changes : []);

async function sessionsIn(rows: KeptRows): Promise<KeptFindings & { sound: SessionRow[] }> {
  const found: KeptFindings & { sound: SessionRow[] } = { lost: [], changes: [], sound: [] };
  for (const [id, row] of await rows.list('sessions')) {
    const session = unpackSession(id, row);
    if (session) found.sound.push(session);
    else {
      found.lost.push(`${titled(id)} cannot be read any more.`);
      found.changes.push(...deletionsOf(row, without('sessions', id), without('strips', id)));
    }
  }
  return found;
}

/** A running session is left alone: it is written every minute. */
async function stripsOf(sessions: readonly SessionRow[], rows: KeptRows): Promise<KeptFindings> {
  const found: KeptFindings = { lost: [], changes: [] };
  const pictured = sessions.filter(({ hasStrip, isRunning }) => hasStrip && !isRunning);
  for (let start = 0; start < pictured.length; start += STRIPS_AT_ONCE) {
    const some = pictured.slice(start, start + STRIPS_AT_ONCE);
    const ids = some.map(({ id }) => id);
    for (const [i, row] of (await rows.read('strips', ids)).entries()) {
      if (row && unpackStrip(row)) continue;
      found.lost.push(`${titled(some[i].id, some[i].name)} has lost its picture.`);
      const session = { ...some[i], hasStrip: false };
      const bare: Change<KeptStore> = { store: 'sessions', key: session.id, row: packSession(session) };
      found.changes.push(...(row ? deletionsOf(row, bare, without('strips', session.id)) : [bare]));
    }
  }
  return found;
}

async function refusalsIn(rows: KeptRows): Promise<KeptFindings> {
  const damaged = (await rows.list('refusals')).filter(([id, row]) => !unpackRefusal(id, row));
  return {
    lost: damaged.map(
      () =>
        'A correction is lost: a sound for which you said “never name this song”. If it is named again, say so again.',
    ),
    changes: damaged.flatMap(([id, row]) => deletionsOf(row, without('refusals', id))),
  };
}

/** Its songs stay. */
async function cataloguesIn(rows: KeptRows): Promise<KeptFindings> {
  const all = await rows.list('state', FIRST_CATALOGUE);
  const damaged = all.filter(([number, row]) => !unpackCatalogue(number, row));
  return {
    lost: damaged.map(
      () => 'A subscription to a catalogue is lost. Its songs are still here; subscribe again for updates.',
    ),
    changes: damaged.flatMap(([number, row]) => deletionsOf(row, without('state', number))),
  };
}

function titled(id: number, name?: string): string {
  if (name) return `The session “${name}”`;
  if (id < FIRST_TIME) return `Session ${id}`;
  return `The session of ${new Date(id).toISOString().slice(0, 16).replace('T', ' ')} (UTC)`;
}

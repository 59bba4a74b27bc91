/** Writes sessions to a backup and reads them from one. */
import { UserError } from '../errors.ts';
import type { BundledSession, BundledSessions } from '../library/bundle/write-bundle.ts';
import type { NewSession, Sessions, Strip } from './session-model.ts';
import { checkedSession, packStrip, rowOf, type SessionRow, sessionOf, unpackStrip } from './session-row.ts';

export async function bundledSessions(sessions: Sessions): Promise<BundledSessions> {
  const { rows } = await sessions.list();
  async function* bundled(): AsyncGenerator<BundledSession> {
    for (const session of rows) {
      const strip = session.hasStrip ? await sessions.strip(session.id) : undefined;
      const row = rowOf({ ...session, hasStrip: strip !== undefined }, session.began);
      const json = new TextEncoder().encode(JSON.stringify(row));
      yield { json, ...(strip && { strip: packStrip(strip) }) };
    }
  }
  return { count: rows.length, rows: bundled() };
}

interface RestoredSession {
  session: NewSession & { id: number };
  strip?: Strip;
}

/** Throws `BundleDamaged` for invalid sessions. */
export function restoredSession({ json, strip: bytes }: BundledSession): RestoredSession {
  const row = checkedSession(JSON.parse(new TextDecoder().decode(json)));
  const strip = bytes && unpackStrip(Uint8Array.from(bytes));
  if (!row || (bytes && !strip)) {
    throw new UserError('BundleDamaged', 'This bundle is damaged: a session in it is invalid.');
  }
  return { session: sessionOf(notRemoved(row), Date.now()), ...(strip && { strip }) };
}

const notRemoved = ({ removed, ...row }: SessionRow): SessionRow => row;

/**
 * Stores the sessions of a backup that the library does not have yet. With `replace`, sessions that are not in the backup are removed.
 * Restoring the same backup again changes nothing.
 */
export async function restoreSessions(
  sessions: Sessions,
  bundled: AsyncIterable<BundledSession>,
  replace: boolean,
): Promise<void> {
  const here = new Map((await sessions.list()).rows.map((session) => [session.id, session]));
  for await (const each of bundled) {
    const { session, strip } = restoredSession(each);
    const { id, ...fresh } = session;
    const known = here.get(id);
    here.delete(id);
    if (known?.began === session.began) continue;
    await sessions.save(known ? fresh : session, strip);
  }
  if (replace) await sessions.remove([...here.keys()]);
}

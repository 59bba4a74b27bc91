/**
 * Stores sessions in the library. On first use, all sessions are read into memory, but not their strips. This module is loaded when
 * the first session is listed or stored, so that listening can start without it.
 */
import type { KeptRows, KeptStore } from '../library/rows/kept-rows.ts';
import { type Change, without } from '../library/shelf/shelf.ts';
import type { Track } from '../types.ts';
import type { NewSession, Session, SessionId, SessionPage, SessionQuery, Sessions, Strip } from './session-model.ts';
import {
  packSession,
  packStrip,
  rowOf,
  type SessionRow,
  sessionOf,
  unpackSession,
  unpackStrip,
} from './session-row.ts';
import { selected } from './session-search.ts';

/** Removed sessions are deleted after this time. */
const REMOVED_KEPT_MS = 3_600_000;

export interface SessionHost {
  rows: KeptRows;
  /** The track that was learnt from these bytes, if the library has it. */
  known(contentId: string): Track | undefined;
  /** The history of an earlier version of the app. It is written here and then deleted there. */
  earlier?(): Promise<{ sessions: NewSession[]; forget(): Promise<void> }>;
}

export class SessionStore implements Sessions {
  private loading: Promise<Map<SessionId, SessionRow>> | undefined;
  private hasTidied = false;

  constructor(private readonly host: SessionHost) {}

  async list(query: SessionQuery = {}): Promise<SessionPage> {
    const rows = await this.rows();
    const now = Date.now();
    const { total, rows: page } = selected([...rows.values()], query);
    return { total, rows: page.map((row) => this.resolved(sessionOf(row, now))) };
  }

  async get(id: SessionId): Promise<Session | undefined> {
    const row = (await this.rows()).get(id);
    return row && row.removed === undefined ? this.resolved(sessionOf(row, Date.now())) : undefined;
  }

  async strip(id: SessionId): Promise<Strip | undefined> {
    const [row] = await this.host.rows.read('strips', [id]);
    return row && unpackStrip(row);
  }

  async save(session: NewSession, strip?: Strip): Promise<Session> {
    const rows = await this.rows();
    const id = session.id ?? this.newId(rows);
    const hasStrip = strip !== undefined || rows.get(id)?.hasStrip === true;
    const row = rowOf({ ...session, id, hasStrip }, Date.now());
    const changes: Change<KeptStore>[] = [{ store: 'sessions', key: id, row: packSession(row) }];
    if (strip) changes.push({ store: 'strips', key: id, row: packStrip(strip) });
    rows.set(id, row); // before writing, so that no other session takes the number
    try {
      await this.host.rows.write(changes);
    } catch (error) {
      this.forget();
      throw error;
    }
    return this.resolved(sessionOf(row, Date.now()));
  }

  remove(ids: readonly SessionId[]): Promise<void> {
    const removed = Date.now();
    return this.edit(ids, (row) => ({ ...row, removed }));
  }

  restore(ids: readonly SessionId[]): Promise<void> {
    return this.edit(ids, ({ removed, ...row }) => row);
  }

  /** Another tab has changed sessions: they are read again on next use. */
  forget(): void {
    this.loading = undefined;
  }

  private async edit(ids: readonly SessionId[], change: (row: SessionRow) => SessionRow): Promise<void> {
    const rows = await this.rows();
    const changed = ids.flatMap((id) => rows.get(id) ?? []).map(change);
    if (changed.length === 0) return;
    await this.host.rows.write(changed.map((row) => ({ store: 'sessions', key: row.id, row: packSession(row) })));
    for (const row of changed) rows.set(row.id, row);
  }

  private rows(): Promise<Map<SessionId, SessionRow>> {
    if (!this.loading) {
      const loading = this.load();
      this.loading = loading;
      loading.catch(() => {
        if (this.loading === loading) this.loading = undefined;
      });
    }
    return this.loading;
  }

  private async load(): Promise<Map<SessionId, SessionRow>> {
    const { rows: kept } = this.host;
    if (!this.hasTidied && !kept.isReadOnly) await this.takeEarlier();
    const rows = new Map<SessionId, SessionRow>();
    for (const [id, bytes] of await kept.list('sessions')) {
      const row = unpackSession(id, bytes);
      if (row) rows.set(id, row);
    }
    if (!this.hasTidied && !kept.isReadOnly) await this.deleteRemoved(rows);
    this.hasTidied = true;
    return rows;
  }

  /** The ids stay the same, so that an interrupted move can be repeated. */
  private async takeEarlier(): Promise<void> {
    const earlier = await this.host.earlier?.();
    if (!earlier || earlier.sessions.length === 0) return;
    const written = Date.now();
    const changes = earlier.sessions.map((session): Change<KeptStore> => {
      const id = session.id as SessionId;
      return { store: 'sessions', key: id, row: packSession(rowOf({ ...session, id, hasStrip: false }, written)) };
    });
    await this.host.rows.write(changes);
    await earlier.forget();
  }

  private async deleteRemoved(rows: Map<SessionId, SessionRow>): Promise<void> {
    const latest = Date.now() - REMOVED_KEPT_MS;
    const due = [...rows.values()].flatMap(({ id, removed = Infinity }) => (removed < latest ? id : []));
    if (due.length === 0) return;
    await this.host.rows.write(due.flatMap((id) => [without('sessions', id), without('strips', id)]));
    for (const id of due) rows.delete(id);
  }

  private newId(rows: ReadonlyMap<SessionId, SessionRow>): SessionId {
    let id = Date.now();
    while (rows.has(id)) id++;
    return id;
  }

  private resolved(session: Session): Session {
    const stretches = session.stretches.map((stretch) => {
      const { contentId } = stretch.track;
      const id = contentId === undefined ? undefined : this.host.known(contentId)?.id;
      return id === undefined ? stretch : { ...stretch, track: { ...stretch.track, id } };
    });
    return { ...session, stretches };
  }
}

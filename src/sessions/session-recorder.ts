/**
 * Stores a running session: when something is found, at least every minute, and at its end. Corrections that the user makes meanwhile
 * are kept.
 */
import type { Fault } from '../errors.ts';
import type { Gap, NewSession, Session, SessionId, SessionStart, Sessions, Stretch, Strip } from './session-model.ts';

const WRITTEN_EVERY_MS = 60_000;

/** What is known about a session at some moment. */
export interface SessionSoFar {
  seconds: number;
  stretches: Stretch[];
  gaps: Gap[];
}

export class SessionRecorder {
  private id: SessionId | undefined;
  private readonly began: number;
  private writtenMs = Number.NEGATIVE_INFINITY;
  private writing: Promise<unknown> = Promise.resolve();
  private stretchCount = 0;

  constructor(
    private readonly start: SessionStart,
    /** Undefined: nothing is stored. */
    private readonly sessions: Sessions | undefined,
  ) {
    this.began = start.began ?? Date.now();
  }

  /** Writes if a minute has passed or there is a new stretch. Does not wait; a full disk does not stop listening. */
  note(progress: SessionSoFar, strip: () => Strip | undefined): void {
    const now = performance.now();
    if (!this.sessions) return;
    const isNew = progress.stretches.length > this.stretchCount;
    if (!isNew && (this.id === undefined || now - this.writtenMs < WRITTEN_EVERY_MS)) return;
    this.stretchCount = progress.stretches.length;
    this.writtenMs = now;
    this.write({ ...progress, state: 'running' }, strip()).catch((error) =>
      console.error('a session could not be kept', error),
    );
  }

  /** Writes the final session. */
  end(progress: SessionSoFar, strip: Strip | undefined, fault?: Fault): Promise<Session> {
    return this.write({ ...progress, state: 'ended', fault }, strip);
  }

  /** Whether the session has been written. */
  get isKept(): boolean {
    return this.id !== undefined;
  }

  /** The session with what is known now, as it will be stored. */
  sessionOf(progress: SessionSoFar, state: Session['state'] = 'running'): Session {
    const { source, name, isPictured = true } = this.start;
    const hasStrip = isPictured && this.id !== undefined;
    return { id: this.id ?? 0, began: this.began, source, name, ...progress, state, hasStrip };
  }

  private write(now: SessionSoFar & Pick<Session, 'state' | 'fault'>, strip: Strip | undefined): Promise<Session> {
    const written = this.writing.catch(() => {}).then(() => this.writeNow(now, strip));
    this.writing = written;
    return written;
  }

  private async writeNow(
    { state, fault, ...progress }: SessionSoFar & Pick<Session, 'state' | 'fault'>,
    strip: Strip | undefined,
  ): Promise<Session> {
    const { sessions } = this;
    const { hasStrip, ...fresh } = this.sessionOf(progress, state);
    if (!sessions) return { ...fresh, ...(fault && { fault }), hasStrip };
    const kept = this.id === undefined ? undefined : await sessions.get(this.id);
    // The user removed it while it was running.
    if (this.id !== undefined && !kept) return { ...fresh, hasStrip };
    const session: NewSession = { ...withCorrections(fresh, kept), ...(fault && { fault }), id: this.id };
    const saved = await sessions.save(session, strip);
    this.id = saved.id;
    return saved;
  }
}

/** The running session, with the note and the corrected stretches of the stored one. */
function withCorrections<T extends NewSession>(fresh: T, kept: Session | undefined): T {
  if (!kept) return fresh;
  const corrected = kept.stretches.filter(({ isEdited }) => isEdited);
  const verdicts = new Map(kept.stretches.map(({ number, verdict }) => [number, verdict]));
  const isCorrected = ({ number }: Stretch) => corrected.some((stretch) => stretch.number === number);
  const heard = fresh.stretches
    .filter((stretch) => !isCorrected(stretch))
    .map((stretch) => {
      const verdict = verdicts.get(stretch.number);
      return verdict ? { ...stretch, verdict } : stretch;
    });
  const stretches = [...heard, ...corrected].sort((a, b) => a.fromSeconds - b.fromSeconds);
  return { ...fresh, stretches, ...(kept.note !== undefined && { note: kept.note }) };
}

/** Records a session while it is heard: its timeline and its picture. Loaded only if a session is to be stored. */
import type { Fault } from '../../errors.ts';
import { GapSounds } from '../../sessions/gap-sounds.ts';
import type { Session, SessionStart, Sessions, Strip } from '../../sessions/session-model.ts';
import { SessionRecorder, type SessionSoFar } from '../../sessions/session-recorder.ts';
import { StripMaker } from '../../sessions/strip-maker.ts';
import { gapsOf, stretchesOf } from '../../sessions/timeline.ts';
import type { Played } from './hearing-model.ts';

export class SessionRecording {
  private readonly strips: StripMaker | undefined;
  private readonly sounds = new GapSounds();
  private readonly recorder: SessionRecorder;

  /** Without `sessions`, nothing is stored. */
  constructor(start: SessionStart, sessions?: Sessions) {
    this.strips = start.isPictured === false ? undefined : new StripMaker();
    this.recorder = new SessionRecorder(start, sessions);
  }

  /** Takes a block of sound: its rows of the map, its mean power and its length. */
  hear(rows: Uint8Array, power: number, seconds: number): void {
    this.strips?.pushRows(rows);
    this.sounds.pushRows(rows);
    if (seconds === 0) return;
    this.strips?.pushPower(power, seconds);
    this.sounds.pushPower(power, seconds);
  }

  /** Stores the session so far, if that is due. */
  note(played: readonly Played[], seconds: number): void {
    this.recorder.note(this.progressOf(played, seconds), () => this.strip());
  }

  session(played: readonly Played[], seconds: number): Session {
    return this.recorder.sessionOf(this.progressOf(played, seconds));
  }

  strip(): Strip | undefined {
    return this.strips?.strip();
  }

  end(played: readonly Played[], seconds: number, fault?: Fault): Promise<Session> {
    return this.recorder.end(this.progressOf(played, seconds), this.strip(), fault);
  }

  get isKept(): boolean {
    return this.recorder.isKept;
  }

  private progressOf(played: readonly Played[], seconds: number): SessionSoFar {
    const stretches = stretchesOf(played);
    return { seconds, stretches, gaps: gapsOf(stretches, seconds, (from, to) => this.sounds.partsOf(from, to)) };
  }
}

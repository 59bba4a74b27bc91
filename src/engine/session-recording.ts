/** Records a session while it is heard: its timeline and its picture. Loaded only if a session is to be stored. */
import type { Fault } from '../errors.ts';
import type { Session, SessionStart, Sessions, Strip } from '../sessions/session-model.ts';
import { type Progress, SessionRecorder } from '../sessions/session-recorder.ts';
import { StripMaker } from '../sessions/strip-maker.ts';
import { gapsOf, stretchesOf } from '../sessions/timeline.ts';
import type { Played } from './api.ts';

export class SessionRecording {
  private readonly strips = new StripMaker();
  private readonly recorder: SessionRecorder;

  /** Without `sessions`, nothing is stored. */
  constructor(start: SessionStart, sessions?: Sessions) {
    this.recorder = new SessionRecorder(start, sessions);
  }

  /** Takes a block of sound: its rows of the map, its mean power and its length. */
  hear(rows: Uint8Array, power: number, seconds: number): void {
    this.strips.pushRows(rows);
    this.strips.pushPower(power, seconds);
  }

  /** Stores the session so far, if that is due. */
  note(played: readonly Played[], seconds: number): void {
    this.recorder.note(progressOf(played, seconds), () => this.strip());
  }

  session(played: readonly Played[], seconds: number): Session {
    return this.recorder.sessionOf(progressOf(played, seconds));
  }

  strip(): Strip {
    return this.strips.strip();
  }

  end(played: readonly Played[], seconds: number, fault?: Fault): Promise<Session> {
    return this.recorder.end(progressOf(played, seconds), this.strip(), fault);
  }

  get isKept(): boolean {
    return this.recorder.isKept;
  }
}

function progressOf(played: readonly Played[], seconds: number): Progress {
  const stretches = stretchesOf(played);
  return { seconds, stretches, gaps: gapsOf(stretches, seconds, () => 'unclear') };
}

/** The states of a listening session, and how one follows from another. */
import type { Conclusion, Heard, Piece } from '../../../engine/api.ts';
import type { Fault } from '../../../errors.ts';
import type { Match, Recognition } from '../../../types.ts';

export type LiveSource = 'microphone' | 'tab' | 'recent';

/** Where to listen again. */
export const liveSource = (source: LiveSource): LiveSource => (source === 'recent' ? 'microphone' : source);

/** An answer, its position being that of the music at the moment `atMs` of the page's clock. */
export interface Found {
  match: Match;
  /** Other tracks that sound at the same time. */
  alsoPlaying: Match[];
  /** Less likely candidates, but possible ones. */
  others: Match[];
  positionSeconds: number;
  atMs: number;
  /** Still playing, as far as we hear. */
  isRunning: boolean;
  /** Seconds of the session's sound before the clip that was judged: its peaks are counted from there. */
  fromSeconds: number;
}

/** Where in the track the music is now. */
export function positionNow({ match: { track, speed }, isRunning, atMs, positionSeconds }: Found): number {
  const passed = isRunning ? ((performance.now() - atMs) / 1000) * speed : 0;
  return Math.min(track.seconds, positionSeconds + passed);
}

export type SessionState =
  | { name: 'idle' }
  | { name: 'asking' | 'judging'; source: LiveSource }
  | { name: 'listening'; source: LiveSource; seconds: number; isSilent: boolean; soundSeconds: number; found?: Found }
  | { name: 'found'; source: LiveSource; found: Found }
  | { name: 'none'; source: LiveSource; seconds: number; nearest?: Match }
  | { name: 'interrupted'; source: LiveSource }
  | { name: 'fault'; source: LiveSource; fault: Fault['name'] };

type ListeningState = Extract<SessionState, { name: 'listening' }>;

/** What a session reports to `onAnswer`. */
export interface Answered {
  source: LiveSource;
  found?: Found;
  /** In continuous listening; the same number again means that the same piece continues. */
  piece?: Piece;
}

/** Whether something is being listened to, or will be as soon as it can. */
export const isAtWork = ({ name }: SessionState): boolean =>
  name === 'asking' || name === 'judging' || name === 'listening' || name === 'interrupted';

/** Whether there is an answer to look at, known or not. */
export const isAnswer = ({ name }: SessionState): boolean => name === 'found' || name === 'none';

/** A microphone is called silent only after this many seconds without any sound: people take a moment to press play. */
const SILENT_SECONDS = 3;

/** A candidate below this is not worth mentioning. */
const POSSIBLE = 0.02;
const isPossible = ({ confidence }: Match) => confidence >= POSSIBLE;

export const listeningFrom = (source: LiveSource): ListeningState => ({
  name: 'listening',
  source,
  seconds: 0,
  isSilent: false,
  soundSeconds: 0,
});

/** `found` stays on the screen when its music is over. */
export function listeningAfter(before: SessionState, heard: Heard, source: LiveSource, found?: Found): ListeningState {
  const last = before.name === 'listening' ? before : listeningFrom(source);
  const soundSeconds = heard.state === 'silent' ? last.soundSeconds : heard.seconds;
  return {
    name: 'listening',
    source,
    seconds: heard.seconds,
    soundSeconds,
    isSilent: heard.seconds - soundSeconds >= SILENT_SECONDS,
    found: found ?? (last.found && { ...last.found, isRunning: false }),
  };
}

export function foundOf({ match, also = [], others, state, clipSeconds }: Heard): Found | undefined {
  if (!match) return undefined;
  return {
    match,
    alsoPlaying: also,
    others: others.filter(isPossible),
    positionSeconds: match.positionSeconds,
    atMs: performance.now(),
    isRunning: state === 'found',
    fromSeconds: clipSeconds,
  };
}

/** The answer for a whole clip. The music is assumed to continue while the answer is shown. */
export function concluded(heard: Recognition | Conclusion, source: LiveSource): SessionState {
  const { matches, others, heardSeconds } = heard;
  const [match, ...alsoPlaying] = matches;
  if (!match) return { name: 'none', source, seconds: heardSeconds, nearest: others[0] };
  const found = {
    match,
    alsoPlaying,
    others: others.filter(isPossible),
    positionSeconds: match.offsetSeconds + heardSeconds * match.speed,
    atMs: performance.now(),
    isRunning: true,
    fromSeconds: 'clipSeconds' in heard ? heard.clipSeconds : 0,
  };
  return { name: 'found', source, found };
}

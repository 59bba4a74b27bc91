/** What a long recording holds, one track after the other: listening's pieces, put together. */
import type { Piece, Played } from './api.ts';

/** So much at either end of a track goes unheard: listening needs a while to be sure. */
const UNHEARD_SECONDS = 15;
/** Where two pieces of a track fit together better than this, they are one. */
const FIT_SECONDS = 2;

/** Second of the track at the end of an entry. */
const trackEnd = ({ trackSeconds, fromSeconds, toSeconds, speed }: Played) =>
  trackSeconds + (toSeconds - fromSeconds) * speed;

/** `pieces` in the order they were heard; `seconds`: how long the recording is. */
export function trackList(pieces: Iterable<Piece>, seconds: number): Played[] {
  const entries: Played[] = [];
  for (const { number, ...piece } of pieces) {
    const last = entries.at(-1);
    if (last && continues(last, piece)) {
      last.toSeconds = piece.toSeconds;
      last.confidence = Math.max(last.confidence, piece.confidence);
    } else {
      entries.push({ ...piece });
    }
  }
  const trimmed = entries.map(trimmedToTrack);
  return trimmed.map((entry, i) =>
    stretched(entry, trimmed[i - 1]?.toSeconds ?? 0, trimmed[i + 1]?.fromSeconds ?? seconds),
  );
}

function continues(last: Played, next: Played): boolean {
  if (last.track.id !== next.track.id) return false;
  const expected = trackEnd(last) + (next.fromSeconds - last.toSeconds) * last.speed;
  return Math.abs(next.trackSeconds - expected) < FIT_SECONDS;
}

/** What would lie before the beginning of the track, or after its end, is not the track. */
function trimmedToTrack(entry: Played): Played {
  const { track, trackSeconds, speed } = entry;
  const early = Math.max(0, -trackSeconds / speed);
  const late = Math.max(0, (trackEnd(entry) - track.seconds) / speed);
  const fromSeconds = entry.fromSeconds + early;
  const toSeconds = Math.max(fromSeconds, entry.toSeconds - late);
  return { ...entry, fromSeconds, toSeconds, trackSeconds: trackSeconds + early * speed };
}

/** To the track's own beginning and end where these are near, but not into the neighbours. */
function stretched(entry: Played, noEarlier: number, noLater: number): Played {
  const { track, trackSeconds, speed } = entry;
  const before = trackSeconds / speed;
  const after = (track.seconds - trackEnd(entry)) / speed;
  const begin = entry.fromSeconds - (before <= UNHEARD_SECONDS ? before : 0);
  const end = entry.toSeconds + (after <= UNHEARD_SECONDS ? after : 0);
  const fromSeconds = Math.max(begin, Math.min(noEarlier, entry.fromSeconds));
  const toSeconds = Math.min(end, Math.max(noLater, entry.toSeconds));
  return { ...entry, fromSeconds, toSeconds, trackSeconds: trackSeconds - (entry.fromSeconds - fromSeconds) * speed };
}

/** Joins the pieces of a long recording to a list of the tracks that were played. */
import type { Piece, Played } from '../sessions/hearing-model.ts';

/** How much of either end of a track may be missing from its pieces, because listening needs a while to be sure. */
const UNHEARD_SECONDS = 15;
/** Pieces of a track are joined if their positions agree within this. */
const FIT_SECONDS = 2;

/** Position in the track at the end of an entry, in seconds. */
const trackEnd = ({ trackSeconds, fromSeconds, toSeconds, speed }: Played) =>
  trackSeconds + (toSeconds - fromSeconds) * speed;

/** `pieces`: in the order in which they were heard; `seconds`: length of the recording. */
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

/** Cuts off what would be before the beginning of the track or after its end. */
function trimmedToTrack(entry: Played): Played {
  const { track, trackSeconds, speed } = entry;
  const early = Math.max(0, -trackSeconds / speed);
  const late = Math.max(0, (trackEnd(entry) - track.seconds) / speed);
  const fromSeconds = entry.fromSeconds + early;
  const toSeconds = Math.max(fromSeconds, entry.toSeconds - late);
  return { ...entry, fromSeconds, toSeconds, trackSeconds: trackSeconds + early * speed };
}

/** Extends an entry to the track's beginning and end where these are near, but not into its neighbours. */
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

/** Converts a state of the live search to what listeners are told: from frames and track numbers to seconds and tracks. */
import { FRAMES_PER_SECOND } from '../../kernel/format.ts';
import type { Analysis } from '../../match/analysis.ts';
import type { Index } from '../../match/index-view.ts';
import type { LiveState } from '../../match/live/live-state.ts';
import type { Track, TrackId } from '../../types.ts';
import { matchesOf, pieceOf, possible, withHeardPeaks } from '../clips/matches.ts';
import type { Heard } from '../sessions/hearing-model.ts';

type TrackOf = (id: TrackId) => Track | undefined;

/** Below this level, in dBFS, the microphone must be muted; even a quiet room is louder. */
const SILENCE_DB = -80;

/** Without the match. */
export function heardOf(
  state: LiveState,
  { seconds, levelDb }: Pick<Heard, 'seconds' | 'levelDb'>,
  trackOf: TrackOf,
): Heard {
  const isSilent = state.state === 'listening' && levelDb < SILENCE_DB;
  return {
    seconds,
    levelDb,
    state: isSilent ? 'silent' : state.state,
    clipSeconds: state.clipFrame / FRAMES_PER_SECOND,
    ...(state.also?.length && { also: matchesOf(state.also, trackOf, FRAMES_PER_SECOND) }),
    others: possible(matchesOf(state.others, trackOf, FRAMES_PER_SECOND)),
    piece: state.piece && pieceOf(state.piece, trackOf, FRAMES_PER_SECOND),
  };
}

/** Adds the match, with the peaks of it that are visible in the clip, and where its track is now. */
export async function withMatch(
  heard: Heard,
  state: LiveState,
  trackOf: TrackOf,
  { live, index }: { live: { clip(fromFrame: number): Analysis }; index: Index },
): Promise<Heard> {
  const [match] = matchesOf(state.match ? [state.match] : [], trackOf, FRAMES_PER_SECOND);
  if (!match) return heard;
  const positionSeconds = match.offsetSeconds + (heard.seconds - heard.clipSeconds) * match.speed;
  const [met] = await withHeardPeaks([match], live.clip(state.clipFrame), index);
  return { ...heard, match: { ...met, positionSeconds } };
}

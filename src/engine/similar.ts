/**
 * Finds out whether the library already has this recording from another file. Another encoding of the same sound shares most of its
 * landmarks, all at the same offset; another song, a cover or a remix shares few.
 */
import type { Index } from '../match/index-view.ts';
import { landmarksOf } from '../match/landmarks.ts';
import type { Print, TrackId } from '../types.ts';

/** Probes: parts of the new print that are looked up, enough to distinguish the same recording from one that contains a part of it. */
const PROBES = 5;
const PROBE_LANDMARKS = 400;
/** Share of a probe's landmarks that must agree. Other recordings stay below 0.1; the same one at a low bit rate above 0.4. */
const ALIKE = 0.3;
/** Recordings whose lengths differ by more than this factor are not the same: a song is not the mix that contains it. */
const LENGTH_TOLERANCE = 0.25;
/** Votes this close together, in frames, count for the same place. */
const TOLERANCE_FRAMES = 2;

/** The track that most probes agree on, and the share of the probes that do. */
export async function findSimilar(
  print: Print,
  index: Index,
): Promise<{ track: TrackId; confidence: number } | undefined> {
  const { hashes, frames, count } = landmarksOf(print);
  const { frameCounts, tracks } = index.stretches();
  const asLong = (track: TrackId) => {
    const frameCount = frameCounts[tracks.indexOf(track)];
    return Math.abs(frameCount - print.frameCount) <= LENGTH_TOLERANCE * print.frameCount;
  };
  if (count < PROBE_LANDMARKS / 4) return undefined;
  const length = Math.min(count, PROBE_LANDMARKS);
  const agreeing = new Map<TrackId, number>();
  for (let probe = 0; probe < PROBES; probe++) {
    const from = Math.round(((count - length) * probe) / (PROBES - 1));
    const track = await probeTrack(hashes.slice(from, from + length), frames.slice(from, from + length), index);
    if (track !== undefined && asLong(track)) agreeing.set(track, (agreeing.get(track) ?? 0) + 1);
  }
  const [best] = [...agreeing].sort((a, b) => b[1] - a[1]);
  return best && best[1] > PROBES / 2 ? { track: best[0], confidence: best[1] / PROBES } : undefined;
}

async function probeTrack(hashes: Uint32Array, frames: Uint32Array, index: Index): Promise<TrackId | undefined> {
  const asked = Uint32Array.from(new Set(hashes)).sort();
  const { starts, positions } = await index.lookup(asked);
  const placeOf = new Map(Array.from(asked, (hash, i) => [hash, i]));
  const votes = new Map<number, number>();
  for (let i = 0; i < hashes.length; i++) {
    const place = placeOf.get(hashes[i])!;
    const seen = new Set<number>();
    for (let p = starts[place]; p < starts[place + 1]; p++) {
      seen.add(Math.round((positions[p] - frames[i]) / TOLERANCE_FRAMES));
    }
    for (const cell of seen) votes.set(cell, (votes.get(cell) ?? 0) + 1);
  }
  let best = 0;
  let bestVotes = 0;
  for (const [cell, count] of votes) {
    const near = count + (votes.get(cell + 1) ?? 0);
    if (near > bestVotes) [best, bestVotes] = [cell, near];
  }
  return bestVotes >= ALIKE * hashes.length ? trackAt(best * TOLERANCE_FRAMES + frames[0], index) : undefined;
}

function trackAt(position: number, index: Index): TrackId | undefined {
  const { starts, frameCounts, tracks } = index.stretches();
  for (let i = starts.length - 1; i >= 0; i--) {
    if (starts[i] <= position + TOLERANCE_FRAMES) {
      return position <= starts[i] + frameCounts[i] ? tracks[i] : undefined;
    }
  }
  return undefined;
}

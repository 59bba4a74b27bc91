/**
 * Finds out whether the library already has this recording from another file. Another encoding of the same sound shares most of its
 * landmarks, all at the same offset; another song, a cover or a remix shares few.
 */
import type { Index } from '../../match/index-view.ts';
import { landmarksOf } from '../../match/landmarks.ts';
import type { Print, TrackId } from '../../types.ts';

/** Probes: parts of the new print that are looked up, enough to distinguish the same recording from one that contains a part of it. */
const PROBES = 5;
const PROBE_LANDMARKS = 400;
/** A long recording gets one more probe for this many landmarks (about two minutes), up to MOST_PROBES. */
const FRESH_LANDMARKS = 6000;
const MOST_PROBES = 20;
/** Share of the probes of a longer recording that must be found for it to contain a known track. */
const CONTAINED = 0.4;
/** Share of a probe's landmarks that must agree. Other recordings stay below 0.1; the same one at a low bit rate above 0.4. */
const ALIKE = 0.3;
/** Recordings whose lengths differ by more than this factor are not the same: one is an excerpt, or a mix that holds the other. */
const LENGTH_TOLERANCE = 0.25;
/** Votes this close together, in frames, count for the same place. */
const TOLERANCE_FRAMES = 2;

interface Similar {
  track: TrackId;
  /** Share of the probes that say so. */
  confidence: number;
  /** `excerpt`: the track holds the new print. `contains`: the new print holds the track, and perhaps others. */
  kind: 'same' | 'excerpt' | 'contains';
}

/** The track that most probes agree on. Of a longer print it is enough that a part of the probes is known. */
export async function findSimilar(print: Print, index: Index): Promise<Similar | undefined> {
  const { hashes, frames, count } = landmarksOf(print);
  const { frameCounts, tracks } = index.stretches();
  if (count < PROBE_LANDMARKS / 4) return undefined;
  const length = Math.min(count, PROBE_LANDMARKS);
  const probes = Math.max(PROBES, Math.min(MOST_PROBES, Math.floor(count / FRESH_LANDMARKS)));
  const agreeing = new Map<TrackId, number>();
  for (let probe = 0; probe < probes; probe++) {
    const from = Math.round(((count - length) * probe) / (probes - 1));
    const track = await probeTrack(hashes.slice(from, from + length), frames.slice(from, from + length), index);
    if (track !== undefined) agreeing.set(track, (agreeing.get(track) ?? 0) + 1);
  }
  const [best] = [...agreeing].sort((a, b) => b[1] - a[1]);
  if (!best) return undefined;
  const [track, votes] = best;
  const longer = frameCounts[tracks.indexOf(track)] / print.frameCount - 1;
  const known = [...agreeing.values()].reduce((sum, each) => sum + each, 0);
  if (longer < -LENGTH_TOLERANCE) {
    return known >= CONTAINED * probes ? { track, confidence: known / probes, kind: 'contains' } : undefined;
  }
  if (votes <= probes / 2) return undefined;
  return { track, confidence: votes / probes, kind: longer > LENGTH_TOLERANCE ? 'excerpt' : 'same' };
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

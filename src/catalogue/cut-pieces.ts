/**
 * Decides which tracks share a piece. Pieces of the previous version are kept while most of their tracks are unchanged, so that an
 * update makes new pieces only of what changed.
 */
import { checksum } from '../library/shelf/checksum.ts';

/** A track to be published. */
export interface Cuttable {
  contentId: string;
  /** Estimated size in a piece. */
  bytes: number;
}

const MOST_BYTES = 2 ** 18;
const LEAST_BYTES = MOST_BYTES / 4;
/** A piece is cut again when less than this share of its tracks is left. */
const LEAST_LEFT = 0.5;
/** If there are more small pieces than this, they are all cut again. */
const MOST_SMALL = 16;

export interface HeldPiece {
  tracks: number;
  bytes: number;
  /** Content ids of its tracks that have not changed. */
  same: string[];
}

/** The pieces of the previous version that are kept. */
export function keptPieces<P extends HeldPiece>(pieces: readonly P[]): P[] {
  const full = pieces.filter(({ same, tracks }) => same.length >= Math.max(1, LEAST_LEFT * tracks));
  const small = full.filter(({ bytes }) => bytes < LEAST_BYTES);
  return small.length > MOST_SMALL ? full.filter((piece) => !small.includes(piece)) : full;
}

/**
 * Splits tracks into groups, one for each piece. Where it splits depends only on the content ids nearby. So the same library, published
 * from another computer after a small change, gives mostly the same pieces.
 */
export function cut<T extends Cuttable>(tracks: readonly T[]): T[][] {
  const ordered = [...tracks].sort((a, b) => (a.contentId < b.contentId ? -1 : 1));
  const mean = ordered.reduce((sum, { bytes }) => sum + bytes, 0) / Math.max(1, ordered.length);
  /** On average one track in `every` ends a piece, unless the piece is too small. A power of two, so that it seldom changes. */
  const every = 2 ** Math.max(0, Math.round(Math.log2((MOST_BYTES / mean) * 0.5)));
  const groups: T[][] = [];
  let group: T[] = [];
  let bytes = 0;
  for (const track of ordered) {
    if (bytes > 0 && bytes + track.bytes > MOST_BYTES) close();
    group.push(track);
    bytes += track.bytes;
    if (bytes >= LEAST_BYTES && checksum(new TextEncoder().encode(track.contentId)) % every === 0) close();
  }
  if (group.length > 0) close();
  return groups;

  function close(): void {
    groups.push(group);
    group = [];
    bytes = 0;
  }
}

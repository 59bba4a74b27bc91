/**
 * A sample of the landmarks of all tracks in memory: enough to find tracks that may share sound, and small enough for ten thousand
 * tracks. Whether a landmark is in the sample depends only on its hash, so shared landmarks are in the sample for both tracks.
 */
import { HASH_BITS, type Landmarks } from '../../match/landmarks.ts';
import type { TrackId } from '../../types.ts';

/** Maximum number of landmarks in the sample; 8 bytes each. */
const MOST_LANDMARKS = 8_000_000;
/** Landmarks of four minutes of music. */
const USUAL_LANDMARKS = 13_400;
const MASK = 2 ** HASH_BITS - 1;
/** Frames between two tracks, more than any tolerance. */
const GAP_FRAMES = 64;
/** A block is 2 to this many frames. */
const BLOCK_BITS = 9;

export interface SampledTrack {
  id: TrackId;
  /** Positions count frames over all tracks. */
  start: number;
  frameCount: number;
}

export class LandmarkSample {
  readonly tracks: SampledTrack[] = [];
  private keys = new Uint32Array(2 ** 16);
  private positions = new Uint32Array(2 ** 16);
  private count = 0;
  /** Keys below this are in the sample. */
  private readonly limit: number;
  /** Index in `sorted` of the first position of each key. */
  private starts = new Uint32Array(0);
  private sorted = new Uint32Array(0);
  /** The number of the track at the beginning of each block of frames. */
  private blocks = new Uint32Array(0);

  /** `share`: how many of all landmarks are in the sample. */
  constructor(
    trackCount: number,
    readonly share = shareFor(trackCount),
  ) {
    this.limit = Math.floor(share * 2 ** HASH_BITS);
  }

  add(id: TrackId, frameCount: number, { count, hashes, frames }: Landmarks): void {
    const last = this.tracks.at(-1);
    const start = last ? last.start + last.frameCount + GAP_FRAMES : 0;
    this.reserve(count);
    for (let i = 0; i < count; i++) {
      const key = scrambled(hashes[i]);
      if (key >= this.limit) continue;
      this.keys[this.count] = key;
      this.positions[this.count++] = start + frames[i];
    }
    this.tracks.push({ id, start, frameCount });
  }

  /** Call when all tracks have been added. */
  sort(): void {
    const starts = new Uint32Array(this.limit + 1);
    for (let i = 0; i < this.count; i++) starts[this.keys[i] + 1]++;
    for (let key = 0; key < starts.length - 1; key++) starts[key + 1] += starts[key];
    const next = starts.slice();
    this.sorted = new Uint32Array(this.count);
    for (let i = 0; i < this.count; i++) this.sorted[next[this.keys[i]]++] = this.positions[i];
    this.starts = starts;
    [this.keys, this.positions] = [new Uint32Array(0), new Uint32Array(0)];
    this.indexTracks();
  }

  /**
   * Calls back for each of these landmarks and each position with the same hash, of hashes with at most `most` positions. `share`: of
   * how many of all hashes, at most those in the sample.
   */
  eachPlace(
    { count, hashes, frames }: Landmarks,
    { most = Number.POSITIVE_INFINITY, share = 1 },
    take: (frame: number, position: number) => void,
  ): void {
    const limit = Math.min(this.limit, Math.floor(share * 2 ** HASH_BITS));
    for (let i = 0; i < count; i++) {
      const key = scrambled(hashes[i]);
      if (key >= limit) continue;
      const [first, last] = [this.starts[key], this.starts[key + 1]];
      if (last - first > most) continue; // too common to be informative
      for (let p = first; p < last; p++) take(frames[i], this.sorted[p]);
    }
  }

  /** The number of the track at a position. Call after `sort`. */
  trackAt(position: number): number {
    let track = this.blocks[position >>> BLOCK_BITS];
    while (track + 1 < this.tracks.length && this.tracks[track + 1].start <= position) track++;
    return track;
  }

  private indexTracks(): void {
    const { start = 0, frameCount = 0 } = this.tracks.at(-1) ?? {};
    this.blocks = new Uint32Array(((start + frameCount) >>> BLOCK_BITS) + 1);
    for (let block = 0, track = 0; block < this.blocks.length; block++) {
      const first = block * 2 ** BLOCK_BITS;
      while (track + 1 < this.tracks.length && this.tracks[track + 1].start <= first) track++;
      this.blocks[block] = track;
    }
  }

  private reserve(more: number): void {
    if (this.count + more <= this.keys.length) return;
    const length = Math.max(2 * this.keys.length, this.count + more);
    const grown = (old: Uint32Array) => {
      const larger = new Uint32Array(length);
      larger.set(old);
      return larger;
    };
    [this.keys, this.positions] = [grown(this.keys), grown(this.positions)];
  }
}

/** Maps every hash to another number with the same number of bits, evenly distributed. */
function scrambled(hash: number): number {
  let key = hash ^ (hash >>> 11);
  key = Math.imul(key, 0x9e3779b1) & MASK;
  key ^= key >>> 12;
  key = Math.imul(key, 0x85ebca6b) & MASK;
  return key ^ (key >>> 11);
}

const shareFor = (trackCount: number) => Math.min(1, MOST_LANDMARKS / (trackCount * USUAL_LANDMARKS));

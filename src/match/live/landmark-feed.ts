/**
 * Makes landmarks from peaks that arrive in parts. Each landmark is returned once, as soon as its second peak has arrived. Together
 * they are the landmarks that `landmarksOf` makes from all peaks at once.
 */
import { type Constellation, type Landmarks, pack, REACH_BINS, REACH_FRAMES } from '../landmarks.ts';

interface Anchor {
  frame: number;
  bin: number;
  /** How many partners are still missing. */
  wanted: number;
}

export class LandmarkFeed {
  /** Peaks that may still find partners, in the order of their frames. */
  private open: Anchor[] = [];

  constructor(private readonly fan: number) {}

  /** Takes peaks, none earlier than those before; returns the landmarks that they complete. */
  push({ count, frames, bins }: Constellation): Landmarks {
    const hashes: number[] = [];
    const anchors: number[] = [];
    for (let i = 0; i < count; i++) {
      const frame = frames[i];
      const bin = bins[i];
      this.open = this.open.filter((anchor) => anchor.wanted > 0 && frame - anchor.frame <= REACH_FRAMES);
      for (const anchor of this.open) {
        const binDifference = bin - anchor.bin;
        if (frame === anchor.frame || Math.abs(binDifference) >= REACH_BINS) continue;
        hashes.push(pack(anchor.bin, binDifference, frame - anchor.frame));
        anchors.push(anchor.frame);
        anchor.wanted--;
      }
      this.open.push({ frame, bin, wanted: this.fan });
    }
    return { count: hashes.length, hashes: Uint32Array.from(hashes), frames: Uint32Array.from(anchors) };
  }
}

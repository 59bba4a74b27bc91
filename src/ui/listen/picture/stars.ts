/** Stars are peaks by which a song was recognised; lines join those that lie near each other. */
import { BIN_COUNT, FRAMES_PER_SECOND } from '../../../kernel/format.ts';

export interface Star {
  frame: number;
  bin: number;
}

/** Makes distances in pitch and time comparable. */
const BINS_A_FRAME = BIN_COUNT / FRAMES_PER_SECOND;

/** The nearest later star within half a second. */
export function nearest(from: Star, stars: Star[]): Star | undefined {
  const far = ({ frame, bin }: Star) => Math.hypot(frame - from.frame, (bin - from.bin) / BINS_A_FRAME);
  const after = stars.filter(({ frame }) => frame > from.frame && frame - from.frame < 20);
  const best = after.reduce<Star | undefined>(
    (near, star) => (near && far(near) <= far(star) ? near : star),
    undefined,
  );
  return best && far(best) < 16 ? best : undefined;
}

/** Stars are peaks; those by which a song was recognised are lit, and lines join lit ones that lie near each other. */
import { BIN_COUNT, FIRST_BIN, FRAMES_PER_SECOND } from '../../../kernel/format.ts';
import { css, type Palette } from './colour-scale.ts';
import type { View } from './film.ts';

export interface Star {
  frame: number;
  bin: number;
}

/** Makes distances in pitch and time comparable. */
const BINS_A_FRAME = BIN_COUNT / FRAMES_PER_SECOND;
/** Frames during which a new star flares. */
const FLARE = 12;

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

export function drawStars(
  context: OffscreenCanvasRenderingContext2D,
  view: View,
  palette: Palette,
  { stars, lit }: { stars: Star[]; lit: Star[] },
): void {
  const { width, height, scale, frameWidth, shown } = view;
  const at = ({ frame, bin }: Star) =>
    [width - (shown - frame) * frameWidth, height * (1 - (bin - FIRST_BIN + 0.5) / BIN_COUNT)] as const;
  const isSeen = ({ frame }: Star) => frame <= shown && (shown - frame) * frameWidth < width;
  const dot = (star: Star, radius: number, colour: string) => {
    context.fillStyle = colour;
    context.beginPath();
    context.arc(...at(star), radius * scale, 0, 2 * Math.PI);
    context.fill();
  };
  for (const star of stars.filter(isSeen)) {
    const flare = Math.max(0, 1 - (shown - star.frame) / FLARE);
    dot(star, 1.4 + 1.6 * flare, css(palette.paper, 0.6 + 0.4 * flare));
  }
  const bright = lit.filter(isSeen);
  context.strokeStyle = css(palette.accent, 0.7);
  context.lineWidth = 1.2 * scale;
  context.beginPath();
  for (const star of bright) {
    const next = nearest(star, bright);
    if (!next) continue;
    context.moveTo(...at(star));
    context.lineTo(...at(next));
  }
  context.stroke();
  for (const star of bright) dot(star, 3, css(palette.accent, 1));
}

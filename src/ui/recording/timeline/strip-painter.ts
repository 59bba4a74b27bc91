/** Draws the strip of a session: its spectrogram from left to right. Runs in a worker where there is an OffscreenCanvas. */
import type { Strip } from '../../../engine/api.ts';
import { MAP_ZERO } from '../../../kernel/format.ts';
import { type Palette, scaleOf } from '../../listen/picture/colour-scale.ts';
import type { Canvas } from '../../listen/picture/film.ts';

export type StripMessage =
  | { kind: 'strip'; strip: Strip; palette: Palette }
  /** The part of the session that fills the canvas; sizes in device pixels. */
  | { kind: 'view'; fromSeconds: number; toSeconds: number; width: number; height: number };

export function createStripPainter(canvas: Canvas, memory: Canvas): (message: StripMessage) => void {
  const view = contextOf(canvas);
  let strip: Strip | undefined;
  let seen: Extract<StripMessage, { kind: 'view' }> | undefined;

  function draw() {
    if (!strip || !seen) return;
    const { width, height, fromSeconds, toSeconds } = seen;
    canvas.width = width;
    canvas.height = height;
    const first = fromSeconds / strip.secondsPerColumn;
    const count = (toSeconds - fromSeconds) / strip.secondsPerColumn;
    view.drawImage(memory, first, 0, count, strip.bands, 0, 0, width, height);
  }

  return (message) => {
    if (message.kind === 'view') seen = message;
    else {
      strip = message.strip;
      remember(memory, strip, message.palette);
    }
    draw();
  };
}

/** One pixel for each band of each column. */
function remember(memory: Canvas, { columns, bands, rows }: Strip, palette: Palette): void {
  memory.width = Math.max(1, columns);
  memory.height = bands;
  const colours = scaleOf(palette);
  const context = contextOf(memory);
  const picture = context.createImageData(memory.width, bands);
  for (let column = 0; column < columns; column++) {
    for (let band = 0; band < bands; band++) {
      const level = Math.min(255, rows[column * bands + band] + MAP_ZERO);
      const at = 4 * ((bands - 1 - band) * memory.width + column);
      picture.data.set(colours.subarray(3 * level, 3 * level + 3), at);
      picture.data[at + 3] = 255;
    }
  }
  context.putImageData(picture, 0, 0);
}

// The two kinds of canvas have contexts of two types with the same methods.
const contextOf = (canvas: Canvas) => canvas.getContext('2d') as OffscreenCanvasRenderingContext2D;

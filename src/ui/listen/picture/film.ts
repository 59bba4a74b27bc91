/** The spectrogram so far, on a canvas of its own: one column for each frame, the oldest overwritten by the newest. */
import { BIN_COUNT } from '../../../kernel/format.ts';

export type Canvas = HTMLCanvasElement | OffscreenCanvas;

/** What the visible canvas shows. Sizes are in its pixels. */
export interface View {
  width: number;
  height: number;
  /** Pixels per CSS pixel. */
  scale: number;
  frameWidth: number;
  /** The frame at the right edge; not whole while the picture glides. */
  shown: number;
}

/** Frames that are remembered, more than the widest screen shows. */
export const MEMORY = 1024;
/** Rows of the remembered spectrogram; several bins share one. */
const ROWS = 140;
/** CSS pixels over which the beginning of the sound fades in. */
const FADE = 80;

// The two kinds of canvas have contexts of two types with the same methods.
export const contextOf = (canvas: Canvas) => canvas.getContext('2d') as OffscreenCanvasRenderingContext2D;

export class Film {
  readonly #canvas: Canvas;
  readonly #context: OffscreenCanvasRenderingContext2D;
  readonly #column: ImageData;
  /** The strongest prominence in each row of each remembered frame, to draw them again in other colours. */
  readonly #levels = new Uint8Array(MEMORY * ROWS);
  /** The frames that are remembered, by their place on the canvas. */
  readonly #known = new Set<number>();
  #colours: Uint8ClampedArray = new Uint8ClampedArray(256 * 3);

  constructor(canvas: Canvas) {
    canvas.width = MEMORY;
    canvas.height = ROWS;
    this.#canvas = canvas;
    this.#context = contextOf(canvas);
    this.#column = this.#context.createImageData(1, ROWS);
  }

  /** Red, green and blue for each byte of the prominence map. What was drawn before gets them, too. */
  set colours(colours: Uint8ClampedArray) {
    this.#colours = colours;
    for (const place of this.#known) this.#draw(place);
  }

  clear(): void {
    this.#known.clear();
    this.#context.clearRect(0, 0, MEMORY, ROWS);
  }

  add(frame: number, bins: Uint8Array): void {
    const place = frame % MEMORY;
    for (let row = 0; row < ROWS; row++) {
      const from = Math.floor(((ROWS - 1 - row) * BIN_COUNT) / ROWS);
      const to = Math.max(from + 1, Math.floor(((ROWS - row) * BIN_COUNT) / ROWS));
      let strongest = 0;
      for (let bin = from; bin < to; bin++) strongest = Math.max(strongest, bins[bin]);
      this.#levels[place * ROWS + row] = strongest;
    }
    this.#known.add(place);
    this.#draw(place);
  }

  #draw(place: number): void {
    const { data } = this.#column;
    for (let row = 0; row < ROWS; row++) {
      const level = this.#levels[place * ROWS + row];
      data.set(this.#colours.subarray(level * 3, level * 3 + 3), row * 4);
      data[row * 4 + 3] = 255;
    }
    this.#context.putImageData(this.#column, place, 0);
  }

  draw(context: OffscreenCanvasRenderingContext2D, { width, height, scale, frameWidth, shown }: View): void {
    const last = Math.floor(shown);
    const count = Math.min(Math.ceil(width / frameWidth) + 2, MEMORY - 1, last + 1);
    const left = width - (shown - last) * frameWidth - count * frameWidth;
    const start = (last - count + 1) % MEMORY;
    const untilEnd = Math.min(count, MEMORY - start);
    const strip = (from: number, frames: number, x: number) =>
      context.drawImage(this.#canvas, from, 0, frames, ROWS, x, 0, frames * frameWidth, height);
    context.imageSmoothingEnabled = true;
    context.globalAlpha = 0.9;
    strip(start, untilEnd, left);
    if (untilEnd < count) strip(0, count - untilEnd, left + untilEnd * frameWidth);
    context.globalAlpha = 1;
    fadeIn(context, left, height, scale);
  }
}

function fadeIn(context: OffscreenCanvasRenderingContext2D, left: number, height: number, scale: number): void {
  context.globalCompositeOperation = 'destination-out';
  const dark = context.createLinearGradient(left, 0, left + FADE * scale, 0);
  dark.addColorStop(0, 'rgb(0 0 0 / 1)');
  dark.addColorStop(1, 'rgb(0 0 0 / 0)');
  context.fillStyle = dark;
  context.fillRect(left - scale, 0, (FADE + 1) * scale, height);
  context.globalCompositeOperation = 'source-over';
}

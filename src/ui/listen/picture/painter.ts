/**
 * Draws the sound as it comes in: its spectrogram, and over it stars, the peaks by which it is recognised. Runs in a
 * worker where there is an OffscreenCanvas, otherwise on the page.
 */
import type { SpectrogramPart } from '../../../engine/api.ts';
import { BIN_COUNT, FRAMES_PER_SECOND } from '../../../kernel/format.ts';
import { type Palette, scaleOf } from './colour-scale.ts';
import { type Canvas, contextOf, Film, MEMORY } from './film.ts';
import { drawStars, type Star } from './stars.ts';

/** CSS pixels per frame: about two and a half seconds fill a phone. */
const FRAME_WIDTH = 3.6;
/** Frames arrive a quarter second at a time; the drawing stays this many behind, so that it can glide. */
const BEHIND = 14;

export class Painter {
  readonly #canvas: Canvas;
  readonly #context: OffscreenCanvasRenderingContext2D;
  readonly #film: Film;
  #palette: Palette | undefined;
  #scale = 1;
  /** The latest frame that came in, and the one at the right edge of the canvas; -1: none. */
  #newest = -1;
  #shown = -1;
  #stars: Star[] = [];
  #lit: Star[] = [];
  /** Listening is over: everything that was heard is drawn across the canvas. */
  #isWhole = false;

  /** Draws on `canvas`; `memory`, another canvas, keeps the spectrogram so far. */
  constructor(canvas: Canvas, memory: Canvas) {
    this.#canvas = canvas;
    this.#context = contextOf(canvas);
    this.#film = new Film(memory);
  }

  reset(): void {
    this.#film.clear();
    this.#newest = -1;
    this.#shown = -1;
    this.#stars = [];
    this.#lit = [];
    this.#isWhole = false;
  }

  add({ firstFrame, rows, peakFrames, peakBins }: SpectrogramPart): void {
    if (firstFrame <= this.#newest) this.reset();
    const frames = rows.length / BIN_COUNT;
    for (let i = 0; i < frames; i++) {
      this.#film.add(firstFrame + i, rows.subarray(i * BIN_COUNT, (i + 1) * BIN_COUNT));
    }
    peakFrames.forEach((frame, i) => {
      this.#stars.push({ frame, bin: peakBins[i] });
    });
    this.#newest = firstFrame + frames - 1;
    if (this.#shown < 0) this.#shown = this.#newest - BEHIND;
    this.#stars = this.#stars.filter(({ frame }) => frame > this.#newest - MEMORY);
  }

  /**
   * Lights the peaks by which a track was recognised. `frames`, counted from `fromSeconds` of the session's sound, and
   * `bins` need not be whole.
   */
  light(frames: Float32Array, bins: Float32Array, fromSeconds: number, isOver: boolean): void {
    const first = fromSeconds * FRAMES_PER_SECOND;
    this.#isWhole = isOver;
    this.#lit = Array.from(frames, (frame, i) => ({ frame: frame + first, bin: bins[i] }));
    this.draw(0);
  }

  /** `passedMs`: time since the last call. */
  draw(passedMs: number): void {
    if (!this.#palette) return;
    const { width, height } = this.#canvas;
    this.#context.clearRect(0, 0, width, height);
    // A canvas of a screen that is hidden has no width.
    if (this.#newest < 0 || width === 0) return;
    this.#shown = this.#isWhole ? this.#newest : this.#glide(passedMs / 1000);
    const frameWidth = this.#isWhole ? width / Math.min(this.#newest + 1, MEMORY - 1) : FRAME_WIDTH * this.#scale;
    const view = { width, height, scale: this.#scale, frameWidth, shown: this.#shown };
    this.#film.draw(this.#context, view);
    drawStars(this.#context, view, this.#palette, { stars: this.#stars, lit: this.#lit });
  }

  /** Goes on with the clock, a little faster or slower when the sound is ahead or behind. */
  #glide(seconds: number): number {
    const lead = this.#newest - BEHIND - this.#shown;
    const speed = 1 + Math.max(-0.5, Math.min(2, lead / 20));
    return Math.min(this.#newest, this.#shown + seconds * FRAMES_PER_SECOND * speed);
  }

  resize(width: number, height: number, pixelRatio: number): void {
    this.#scale = pixelRatio;
    this.#canvas.width = Math.round(width * pixelRatio);
    this.#canvas.height = Math.round(height * pixelRatio);
    this.draw(0);
  }

  paint(palette: Palette): void {
    this.#palette = palette;
    this.#film.colours = scaleOf(palette);
    this.draw(0);
  }
}

/**
 * Draws the sound as it comes in: its spectrogram, and over it stars, the peaks by which it is recognised. Runs in a
 * worker where there is an OffscreenCanvas, otherwise on the page.
 */
import type { SpectrogramPart } from '../../../engine/api.ts';
import { BIN_COUNT, FIRST_BIN, FRAMES_PER_SECOND, MAP_ZERO } from '../../../kernel/format.ts';
import { nearest, type Star } from './stars.ts';

export type Rgb = [number, number, number];
export interface Palette {
  ground: Rgb;
  accent: Rgb;
  paper: Rgb;
}

export type Canvas = HTMLCanvasElement | OffscreenCanvas;

/** Bytes of the prominence map from here on have the brightest colour; from MAP_ZERO down, the darkest. */
const STRONG = 140;
/** Frames that are remembered, more than the widest screen shows. */
const MEMORY = 1024;
/** Rows of the remembered spectrogram; several bins share one. */
const ROWS = 140;
/** CSS pixels per frame: about two and a half seconds fill a phone. */
const FRAME_WIDTH = 3.6;
/** Frames arrive a quarter second at a time; the drawing stays this many behind, so that it can glide. */
const BEHIND = 14;

/** Draws on `canvas`; `memory`, another canvas, keeps the spectrogram so far. */
export function createPainter(canvas: Canvas, memory: Canvas) {
  const view = contextOf(canvas);
  memory.width = MEMORY;
  memory.height = ROWS;
  const film = contextOf(memory);
  const column = film.createImageData(1, ROWS);
  let colours = new Uint8ClampedArray(256 * 3);
  let palette: Palette;
  let scale = 1;
  let newest = -1;
  let shown = -1;
  let stars: Star[] = [];
  let lit: Star[] = [];
  let isWhole = false;

  const reset = () => {
    film.clearRect(0, 0, MEMORY, ROWS);
    newest = -1;
    shown = -1;
    stars = [];
    lit = [];
    isWhole = false;
  };

  function add(picture: SpectrogramPart) {
    if (picture.firstFrame <= newest) reset();
    const frames = picture.rows.length / BIN_COUNT;
    for (let i = 0; i < frames; i++) {
      paintColumn(picture.rows.subarray(i * BIN_COUNT, (i + 1) * BIN_COUNT), (picture.firstFrame + i) % MEMORY);
    }
    picture.peakFrames.forEach((frame, i) => {
      stars.push({ frame, bin: picture.peakBins[i] });
    });
    newest = picture.firstFrame + frames - 1;
    if (shown < 0) shown = newest - BEHIND;
    stars = stars.filter(({ frame }) => frame > newest - MEMORY);
  }

  function paintColumn(bins: Uint8Array, x: number) {
    for (let row = 0; row < ROWS; row++) {
      const from = Math.floor(((ROWS - 1 - row) * BIN_COUNT) / ROWS);
      const to = Math.max(from + 1, Math.floor(((ROWS - row) * BIN_COUNT) / ROWS));
      let strongest = 0;
      for (let bin = from; bin < to; bin++) strongest = Math.max(strongest, bins[bin]);
      column.data.set(colours.subarray(strongest * 3, strongest * 3 + 3), row * 4);
      column.data[row * 4 + 3] = 255;
    }
    film.putImageData(column, x, 0);
  }

  /**
   * Lights the peaks by which a track was recognised. `frames`, counted from `fromSeconds` of the session's sound, and
   * `bins` need not be whole. When listening is over, everything that was heard is drawn across the canvas.
   */
  function light(frames: Float32Array, bins: Float32Array, fromSeconds: number, isOver: boolean) {
    const first = fromSeconds * FRAMES_PER_SECOND;
    isWhole = isOver;
    lit = Array.from(frames, (frame, i) => ({ frame: frame + first, bin: bins[i] }));
    draw(0);
  }

  /** `passedMs`: time since the last call. */
  function draw(passedMs: number) {
    if (!palette) return;
    const { width, height } = canvas;
    view.clearRect(0, 0, width, height);
    if (newest < 0) return;
    // Glide with the clock, a little faster or slower when the sound is ahead or behind.
    const lead = newest - BEHIND / 2 - shown;
    shown = Math.min(
      newest,
      shown + (passedMs / 1000) * FRAMES_PER_SECOND * (1 + Math.max(-0.5, Math.min(2, (lead - BEHIND / 2) / 20))),
    );
    if (isWhole) shown = newest;
    const frameWidth = isWhole ? width / Math.min(newest + 1, MEMORY - 1) : FRAME_WIDTH * scale;
    drawFilm(width, height, frameWidth);
    drawStars(width, height, frameWidth);
  }

  function drawFilm(width: number, height: number, frameWidth: number) {
    const last = Math.floor(shown);
    const count = Math.min(Math.ceil(width / frameWidth) + 2, MEMORY - 1, last + 1);
    const first = last - count + 1;
    const right = width - (shown - last) * frameWidth;
    const start = first % MEMORY;
    const untilEnd = Math.min(count, MEMORY - start);
    const left = right - count * frameWidth;
    view.imageSmoothingEnabled = true;
    view.globalAlpha = 0.9;
    view.drawImage(memory, start, 0, untilEnd, ROWS, left, 0, untilEnd * frameWidth, height);
    if (untilEnd < count) {
      const rest = count - untilEnd;
      view.drawImage(memory, 0, 0, rest, ROWS, left + untilEnd * frameWidth, 0, rest * frameWidth, height);
    }
    view.globalAlpha = 1;
    // The beginning of the sound fades in.
    view.globalCompositeOperation = 'destination-out';
    const dark = view.createLinearGradient(left, 0, left + 80 * scale, 0);
    dark.addColorStop(0, 'rgb(0 0 0 / 1)');
    dark.addColorStop(1, 'rgb(0 0 0 / 0)');
    view.fillStyle = dark;
    view.fillRect(left - scale, 0, 81 * scale, height);
    view.globalCompositeOperation = 'source-over';
  }

  function drawStars(width: number, height: number, frameWidth: number) {
    const at = ({ frame, bin }: Star) =>
      [width - (shown - frame) * frameWidth, height * (1 - (bin - FIRST_BIN + 0.5) / BIN_COUNT)] as const;
    const isSeen = ({ frame }: Star) => frame <= shown && (shown - frame) * frameWidth < width;
    const dot = (star: Star, radius: number, colour: string) => {
      view.fillStyle = colour;
      view.beginPath();
      view.arc(...at(star), radius * scale, 0, 2 * Math.PI);
      view.fill();
    };
    for (const star of stars.filter(isSeen)) {
      // A new star flares for a moment.
      const flare = Math.max(0, 1 - (shown - star.frame) / 12);
      dot(star, 1.4 + 1.6 * flare, css(palette.paper, 0.6 + 0.4 * flare));
    }
    const bright = lit.filter(isSeen);
    view.strokeStyle = css(palette.accent, 0.7);
    view.lineWidth = 1.2 * scale;
    view.beginPath();
    for (const star of bright) {
      const next = nearest(star, bright);
      if (!next) continue;
      view.moveTo(...at(star));
      view.lineTo(...at(next));
    }
    view.stroke();
    for (const star of bright) dot(star, 3, css(palette.accent, 1));
  }

  return {
    add,
    light,
    draw,
    reset,
    resize(width: number, height: number, pixelRatio: number) {
      scale = pixelRatio;
      canvas.width = Math.round(width * scale);
      canvas.height = Math.round(height * scale);
      draw(0);
    },
    paint(next: Palette) {
      palette = next;
      colours = scaleOf(next);
    },
  };
}

// The two kinds of canvas have contexts of two types with the same methods.
const contextOf = (canvas: Canvas) => canvas.getContext('2d') as OffscreenCanvasRenderingContext2D;

const css = ([r, g, b]: Rgb, alpha: number) => `rgb(${r} ${g} ${b} / ${alpha})`;

/** From ground over accent to paper, lighter (or darker) all the way, so that it can be read without colour. */
export function scaleOf({ ground, accent, paper }: Palette): Uint8ClampedArray<ArrayBuffer> {
  const colours = new Uint8ClampedArray(256 * 3);
  for (let level = 0; level < 256; level++) {
    // Most of the sound is faint. Keep the lower half of the scale near the ground, so that stars stand out.
    const strength = Math.min(1, Math.max(0, (level - MAP_ZERO) / (STRONG - MAP_ZERO))) ** 1.3;
    const [from, to, share] =
      strength < 0.7 ? [ground, accent, (strength / 0.7) * 0.85] : [accent, paper, (strength - 0.7) / 0.6];
    for (let i = 0; i < 3; i++) colours[level * 3 + i] = from[i] + (to[i] - from[i]) * share;
  }
  return colours;
}

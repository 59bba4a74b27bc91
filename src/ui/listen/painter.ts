/**
 * Draws the sound as it comes in: its spectrogram, and over it the stars, which are the peaks by which it is known.
 * Runs in a worker where there is an OffscreenCanvas, else on the page.
 */
import type { Picture } from '../../engine/api.ts';

export type Rgb = [number, number, number];
export interface Palette {
  ground: Rgb;
  accent: Rgb;
  paper: Rgb;
}

export type Canvas = HTMLCanvasElement | OffscreenCanvas;

/** Frames a second: the hops of the kernel, see `assembly/params.ts`. */
const FRAME_RATE = 11025 / 256;
/** Frames that are remembered, more than the widest screen shows. */
const MEMORY = 1024;
/** Rows of the remembered picture: several bins share one. */
const ROWS = 140;
/** CSS pixels that one frame (1/43 s) takes. */
const FRAME_WIDTH = 2.2;
/** Pictures come four times a second; the drawing stays this many frames behind, so that it can glide. */
const BEHIND = 14;

/** Draws on `canvas`; `memory`, another canvas, keeps what came in. */
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
  let binCount = 1;
  let stars: { frame: number; bin: number; lit: boolean }[] = [];

  const reset = () => {
    film.clearRect(0, 0, MEMORY, ROWS);
    newest = -1;
    shown = -1;
    stars = [];
  };

  function add(picture: Picture) {
    if (picture.firstFrame <= newest) reset();
    binCount = picture.binCount;
    const frames = picture.rows.length / binCount;
    for (let i = 0; i < frames; i++) {
      paintColumn(picture.rows.subarray(i * binCount, (i + 1) * binCount), (picture.firstFrame + i) % MEMORY);
    }
    picture.peakFrames.forEach((frame, i) => {
      stars.push({ frame, bin: picture.peakBins[i], lit: false });
    });
    newest = picture.firstFrame + frames - 1;
    if (shown < 0) shown = newest - BEHIND;
    stars = stars.filter(({ frame }) => frame > newest - MEMORY);
  }

  function paintColumn(bins: Uint8Array, x: number) {
    for (let row = 0; row < ROWS; row++) {
      const from = Math.floor(((ROWS - 1 - row) * binCount) / ROWS);
      const to = Math.max(from + 1, Math.floor(((ROWS - row) * binCount) / ROWS));
      let strongest = 0;
      for (let bin = from; bin < to; bin++) strongest = Math.max(strongest, bins[bin]);
      column.data.set(colours.subarray(strongest * 3, strongest * 3 + 3), row * 4);
      column.data[row * 4 + 3] = 255;
    }
    film.putImageData(column, x, 0);
  }

  /** Marks the peaks by which a track was known. Frames, counted from a second of the sound, and bins are not whole. */
  function light(frames: Float32Array, bins: Float32Array, fromSeconds: number) {
    const first = fromSeconds * FRAME_RATE;
    for (const star of stars) {
      star.lit = frames.some(
        (frame, i) => Math.abs(frame + first - star.frame) < 2.5 && Math.abs(bins[i] - star.bin) < 2.5,
      );
    }
    draw(0);
  }

  /** `passedMs` since it was last drawn. */
  function draw(passedMs: number) {
    if (!palette) return;
    const { width, height } = canvas;
    view.clearRect(0, 0, width, height);
    if (newest < 0) return;
    // Glide with the clock; hurry or wait a little when the sound is ahead or behind.
    const lead = newest - BEHIND / 2 - shown;
    shown = Math.min(
      newest,
      shown + (passedMs / 1000) * FRAME_RATE * (1 + Math.max(-0.5, Math.min(2, (lead - BEHIND / 2) / 20))),
    );
    const frameWidth = FRAME_WIDTH * scale;
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
  }

  function drawStars(width: number, height: number, frameWidth: number) {
    const at = ({ frame, bin }: { frame: number; bin: number }) =>
      [width - (shown - frame) * frameWidth, height * (1 - (bin + 0.5) / binCount)] as const;
    const visible = stars.filter(({ frame }) => frame <= shown && (shown - frame) * frameWidth < width);
    const lit = visible.filter((star) => star.lit).sort((a, b) => a.frame - b.frame);
    view.strokeStyle = css(palette.accent, 0.75);
    view.lineWidth = 1.2 * scale;
    view.beginPath();
    for (let i = 1; i < lit.length; i++) {
      const [before, now] = [lit[i - 1], lit[i]];
      if (now.frame - before.frame > 30 || Math.abs(now.bin - before.bin) > binCount / 4) continue;
      view.moveTo(...at(before));
      view.lineTo(...at(now));
    }
    view.stroke();
    for (const star of visible) {
      const [x, y] = at(star);
      const young = Math.max(0, 1 - (shown - star.frame) / 12);
      const radius = (star.lit ? 3.4 : 1.5 + 1.8 * young) * scale;
      view.fillStyle = star.lit ? css(palette.accent, 1) : css(palette.paper, 0.72 + 0.28 * young);
      view.beginPath();
      view.arc(x, y, radius, 0, 2 * Math.PI);
      view.fill();
    }
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

// The two kinds of canvas have contexts of two types, which can do the same.
const contextOf = (canvas: Canvas) => canvas.getContext('2d') as OffscreenCanvasRenderingContext2D;

const css = ([r, g, b]: Rgb, alpha: number) => `rgb(${r} ${g} ${b} / ${alpha})`;

/** Ground to accent to paper, getting lighter (on paper: darker) all the way, so that it reads without colour too. */
function scaleOf({ ground, accent, paper }: Palette): Uint8ClampedArray<ArrayBuffer> {
  const colours = new Uint8ClampedArray(256 * 3);
  for (let level = 0; level < 256; level++) {
    // Most of the sound is faint: the lower half of the scale stays near the ground, where the stars can be seen.
    const strength = (level / 255) ** 1.6;
    const [from, to, share] =
      strength < 0.7 ? [ground, accent, (strength / 0.7) * 0.85] : [accent, paper, (strength - 0.7) / 0.6];
    for (let i = 0; i < 3; i++) colours[level * 3 + i] = from[i] + (to[i] - from[i]) * share;
  }
  return colours;
}

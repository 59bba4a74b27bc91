/** Lays out a spectrogram with its peaks, in pixels. */

import { clock } from '../words.ts';
import type { Raster } from './png.ts';

export interface Spectrogram {
  /** Rows of the prominence map: `binCount` bytes per frame, from `firstBin` up. */
  rows: Uint8Array;
  binCount: number;
  firstBin: number;
  /** The value of a byte with prominence 0. */
  zero: number;
  framesPerSecond: number;
  /** Width of a bin in hertz. */
  binHertz: number;
  /** Time of the first frame in seconds. */
  startSeconds: number;
}

/** Places in frames (since the first one) and bins; may be fractional. */
interface Stars {
  frames: ArrayLike<number>;
  bins: ArrayLike<number>;
}

export interface Mark {
  x: number;
  y: number;
  /** A peak of the sound, or one that the track has too. */
  kind: 'peak' | 'met';
}

interface Label {
  x: number;
  y: number;
  words: string;
  side: 'left' | 'below';
}

export interface Drawing {
  width: number;
  height: number;
  image: Raster & { x: number; y: number };
  marks: Mark[];
  labels: Label[];
}

/** Colours from background to strongest. Lightness increases steadily, so the picture is readable without colour. */
export const INK: Record<'ground' | 'accent' | 'paper', [number, number, number]> = {
  ground: [0x0b, 0x0e, 0x17],
  accent: [0xff, 0xb5, 0x47],
  paper: [0xf4, 0xef, 0xe5],
};
const WIDEST = 1600;
const LEFT = 52;
const TOP = 12;
const RIGHT = 12;
const BOTTOM = 28;
const BINS_PER_PIXEL = 2;

export function draw(spectrogram: Spectrogram, peaks: Stars, met?: Stars): Drawing {
  const { rows, binCount, firstBin, framesPerSecond, binHertz, startSeconds } = spectrogram;
  const frameCount = rows.length / binCount;
  const pixelsPerFrame = frameCount > WIDEST ? WIDEST / frameCount : Math.min(4, Math.floor(WIDEST / frameCount));
  const image = { x: LEFT, y: TOP, ...paint(spectrogram, pixelsPerFrame) };
  const width = LEFT + image.width + RIGHT;
  const height = TOP + image.height + BOTTOM;
  const xOf = (frame: number) => LEFT + (frame + 0.5) * pixelsPerFrame;
  const yOf = (bin: number) => TOP + image.height - (bin - firstBin + 0.5) / BINS_PER_PIXEL;

  const marks = (stars: Stars, kind: Mark['kind']): Mark[] =>
    Array.from(stars.frames, (frame, i) => ({ x: xOf(frame), y: yOf(stars.bins[i]), kind })).filter(
      ({ x, y }) => x >= LEFT && x < width - RIGHT && y >= TOP && y < height - BOTTOM,
    );

  const labels: Label[] = [];
  for (let hertz = 500; yOf(hertz / binHertz) > TOP; hertz += hertz < 1000 ? 500 : 1000)
    labels.push({
      x: LEFT,
      y: yOf(hertz / binHertz),
      words: hertz < 1000 ? `${hertz}` : `${hertz / 1000}k`,
      side: 'left',
    });
  const pixelsPerSecond = pixelsPerFrame * framesPerSecond;
  const step = [0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600].find((seconds) => seconds * pixelsPerSecond >= 60) ?? 1800;
  const endSeconds = startSeconds + frameCount / framesPerSecond;
  for (let seconds = Math.ceil(startSeconds / step) * step; seconds <= endSeconds; seconds += step) {
    const x = xOf((seconds - startSeconds) * framesPerSecond);
    if (x < width - RIGHT)
      labels.push({ x, y: TOP + image.height, words: clock(seconds, step < 1 ? 1 : 0), side: 'below' });
  }
  return { width, height, image, marks: [...marks(peaks, 'peak'), ...(met ? marks(met, 'met') : [])], labels };
}

/** Each pixel shows the most prominent of the cells that it covers. */
function paint({ rows, binCount, zero }: Spectrogram, pixelsPerFrame: number): Raster {
  const frameCount = rows.length / binCount;
  const width = Math.max(1, Math.floor(frameCount * pixelsPerFrame));
  const height = Math.ceil(binCount / BINS_PER_PIXEL);
  const rgb = new Uint8Array(width * height * 3);
  const colours = colourMap(zero);
  for (let x = 0; x < width; x++) {
    const firstFrame = Math.floor(x / pixelsPerFrame);
    const endFrame = Math.min(frameCount, Math.max(firstFrame + 1, Math.floor((x + 1) / pixelsPerFrame)));
    for (let y = 0; y < height; y++) {
      let most = 0;
      for (let frame = firstFrame; frame < endFrame; frame++)
        for (let bin = y * BINS_PER_PIXEL; bin < Math.min(binCount, (y + 1) * BINS_PER_PIXEL); bin++)
          most = Math.max(most, rows[frame * binCount + bin]);
      rgb.set(colours[most], ((height - 1 - y) * width + x) * 3);
    }
  }
  return { width, height, rgb };
}

function colourMap(zero: number): [number, number, number][] {
  return Array.from({ length: 256 }, (_, byte) => {
    const level = Math.max(0, (byte - zero) / (255 - zero)) ** 0.7;
    const [from, to, share] =
      level < 0.6 ? [INK.ground, INK.accent, level / 0.6] : [INK.accent, INK.paper, (level - 0.6) / 0.4];
    return [0, 1, 2].map((i) => Math.round(from[i] + (to[i] - from[i]) * share)) as [number, number, number];
  });
}

/** The drawing as pixels, for where an SVG cannot be shown. */
import { type Drawing, INK } from './drawing.ts';
import { encodePng, type Raster } from './png.ts';

/** What labels are made of, 3 x 5 dots a sign: a number a row from the top, its highest bit at the left. */
const signs: Record<string, number[]> = {
  0: [7, 5, 5, 5, 7],
  1: [2, 6, 2, 2, 7],
  2: [7, 1, 7, 4, 7],
  3: [7, 1, 7, 1, 7],
  4: [5, 5, 7, 1, 1],
  5: [7, 4, 7, 1, 7],
  6: [7, 4, 7, 5, 7],
  7: [7, 1, 2, 2, 2],
  8: [7, 5, 7, 5, 7],
  9: [7, 5, 7, 1, 7],
  ':': [0, 2, 0, 2, 0],
  '.': [0, 0, 0, 0, 2],
  k: [4, 5, 6, 6, 5],
};
/** Pixels a dot of a sign is wide and high. */
const DOT = 2;
const SIGN_WIDTH = 4 * DOT;
const SIGN_HEIGHT = 5 * DOT;

export function toPng({ width, height, image, marks, labels }: Drawing): Buffer {
  const raster: Raster = { width, height, rgb: new Uint8Array(width * height * 3) };
  fill(raster, 0, 0, width, height, INK.ground);
  for (let y = 0; y < image.height; y++) {
    const row = image.rgb.subarray(y * image.width * 3, (y + 1) * image.width * 3);
    raster.rgb.set(row, ((image.y + y) * width + image.x) * 3);
  }
  for (const { x, y, kind } of marks) {
    if (kind === 'peak') fill(raster, x - 1, y - 1, 3, 3, INK.paper);
    else frame(raster, x - 4, y - 4, 9, INK.accent);
  }
  for (const { x, y, words, side } of labels) {
    const long = words.length * SIGN_WIDTH;
    if (side === 'left') write(raster, words, x - 8 - long, y - SIGN_HEIGHT / 2);
    else write(raster, words, x - long / 2, y + 8);
  }
  return encodePng(raster);
}

type Colour = readonly number[];

function fill(raster: Raster, left: number, top: number, width: number, height: number, colour: Colour): void {
  const x0 = Math.max(0, Math.round(left));
  const y0 = Math.max(0, Math.round(top));
  for (let y = y0; y < Math.min(raster.height, Math.round(top) + height); y++)
    for (let x = x0; x < Math.min(raster.width, Math.round(left) + width); x++)
      raster.rgb.set(colour, (y * raster.width + x) * 3);
}

function frame(raster: Raster, left: number, top: number, size: number, colour: Colour): void {
  fill(raster, left, top, size, 1, colour);
  fill(raster, left, top + size - 1, size, 1, colour);
  fill(raster, left, top, 1, size, colour);
  fill(raster, left + size - 1, top, 1, size, colour);
}

function write(raster: Raster, words: string, left: number, top: number): void {
  [...words].forEach((sign, i) => {
    signs[sign]?.forEach((row, y) => {
      for (let x = 0; x < 3; x++)
        if (row & (4 >> x)) fill(raster, left + i * SIGN_WIDTH + x * DOT, top + y * DOT, DOT, DOT, INK.paper);
    });
  });
}

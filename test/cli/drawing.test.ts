import { inflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { draw, type Spectrogram } from '../../src/cli/drawing/drawing.ts';
import { toSvg } from '../../src/cli/drawing/drawing-svg.ts';
import { encodePng } from '../../src/cli/drawing/png.ts';
import { random } from '../support/random.ts';

/** Undoes what `encodePng` does: the pixels, by the file's own account. */
function decodePng(png: Buffer) {
  const width = png.readUInt32BE(16);
  const height = png.readUInt32BE(20);
  const rows = inflateSync(png.subarray(41, png.indexOf('IEND') - 8));
  const stride = width * 3;
  const rgb = new Uint8Array(stride * height);
  for (let y = 0; y < height; y++) {
    expect(rows[y * (stride + 1)]).toBe(2);
    for (let i = 0; i < stride; i++)
      rgb[y * stride + i] = rows[y * (stride + 1) + 1 + i] + (y > 0 ? rgb[(y - 1) * stride + i] : 0);
  }
  return { width, height, rgb };
}

const next = random(4);
const raster = { width: 7, height: 5, rgb: Uint8Array.from({ length: 105 }, () => next() * 256) };

test('a PNG holds exactly the pixels that went in', () => {
  expect(decodePng(encodePng(raster))).toEqual(raster);
});

test('a PNG begins and ends as every PNG does, with the known checksum of an empty end', () => {
  const png = encodePng(raster).toString('hex');
  expect(png.startsWith('89504e470d0a1a0a0000000d49484452')).toBe(true);
  expect(png.endsWith('0000000049454e44ae426082')).toBe(true);
});

/** Two seconds in which one cell stands out. */
function spectrogram(frame: number, bin: number, frameCount = 86): Spectrogram {
  const rows = new Uint8Array(frameCount * 100).fill(48);
  rows[frame * 100 + bin] = 255;
  return { rows, binCount: 100, firstBin: 36, zero: 48, framesPerSecond: 43, binHertz: 5.4, startSeconds: 3 };
}

test('a peak is marked on the very cell of the picture that is brightest', () => {
  const { image, marks } = draw(spectrogram(50, 20), { frames: [50], bins: [36 + 20] });
  const x = Math.floor(marks[0].x - image.x);
  const y = Math.floor(marks[0].y - image.y);
  expect([...image.rgb.subarray((y * image.width + x) * 3, (y * image.width + x) * 3 + 3)]).toEqual([0xf4, 0xef, 0xe5]);
});

test('a long sound is drawn no wider than a screen, and loses no peak', () => {
  const { image } = draw(spectrogram(5001, 20, 9000), { frames: [], bins: [] });
  expect(image.width).toBe(1600);
  expect(image.rgb.some((byte) => byte === 0xf4)).toBe(true);
});

test('the time axis tells seconds of the sound, not of the picture', () => {
  const { labels } = draw(spectrogram(0, 0), { frames: [], bins: [] });
  expect(labels.filter(({ side }) => side === 'below').map(({ words }) => words)).toEqual([
    '0:03.0',
    '0:03.5',
    '0:04.0',
    '0:04.5',
  ]);
});

test('the picture shows matched peaks apart, and a title is text, not markup', () => {
  const drawing = draw(spectrogram(50, 20), { frames: [50], bins: [56] }, { frames: [50], bins: [56] });
  expect(toSvg(drawing, 'A <b> & "c"')).toContain('<title>A &#60;b&#62; &#38; &#34;c&#34;</title>');
  expect(toSvg(drawing, '').match(/<circle/g)).toHaveLength(1);
});

import { expect, test } from 'vitest';
import { BIN_COUNT } from '../../../src/kernel/format.ts';
import type { Canvas } from '../../../src/ui/listen/picture/film.ts';
import { Painter } from '../../../src/ui/listen/picture/painter.ts';

/** Node has no canvas: this one draws nothing, but refuses numbers that a browser refuses. */
function canvas(): { canvas: Canvas; refused: number[]; columns: number[][] } {
  const refused: number[] = [];
  const columns: number[][] = [];
  const finite = (...numbers: number[]) => refused.push(...numbers.filter((number) => !Number.isFinite(number)));
  const context = {
    createImageData: (width: number, height: number) => ({ data: new Uint8ClampedArray(4 * width * height) }),
    createLinearGradient: (...numbers: number[]) => {
      finite(...numbers);
      return { addColorStop() {} };
    },
    putImageData: ({ data }: ImageData) => void columns.push([...data.subarray(0, 3)]),
    ...Object.fromEntries(
      ['clearRect', 'fillRect', 'drawImage', 'beginPath', 'arc', 'fill', 'stroke'].map((name) => [name, () => {}]),
    ),
  };
  return { canvas: { width: 0, height: 0, getContext: () => context } as unknown as Canvas, refused, columns };
}

test.each([0, 390])('what was heard is drawn again on a canvas of %i pixels', (width) => {
  const { canvas: screen, refused } = canvas();
  const painter = new Painter(screen, canvas().canvas);
  painter.paint({ ground: [0, 0, 0], accent: [128, 0, 0], paper: [255, 255, 255] });
  painter.resize(390, 300, 1);
  const peaks = { peakFrames: new Uint32Array([3]), peakBins: new Uint16Array([40]) };
  painter.add({ firstFrame: 0, rows: new Uint8Array(20 * BIN_COUNT), ...peaks });
  painter.light(new Float32Array(0), new Float32Array(0), 0, true);
  painter.resize(width, 300, 1);
  expect(refused).toEqual([]);
});

test('what was drawn before gets the colours of another look', () => {
  const { canvas: memory, columns } = canvas();
  const painter = new Painter(canvas().canvas, memory);
  painter.paint({ ground: [0, 0, 0], accent: [128, 0, 0], paper: [255, 255, 255] });
  const peaks = { peakFrames: new Uint32Array(0), peakBins: new Uint16Array(0) };
  painter.add({ firstFrame: 0, rows: new Uint8Array(3 * BIN_COUNT), ...peaks });
  expect(columns.splice(0)).toEqual([0, 1, 2].map(() => [0, 0, 0]));
  painter.paint({ ground: [255, 255, 255], accent: [128, 0, 0], paper: [0, 0, 0] });
  expect(columns).toEqual([0, 1, 2].map(() => [255, 255, 255]));
});

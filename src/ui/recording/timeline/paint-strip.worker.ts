/** Hosts the painter of a session's strip in a worker. The first message brings the canvas. */
import { createStripPainter, type StripMessage } from './strip-painter.ts';

let paint: (message: StripMessage) => void;

addEventListener('message', ({ data }: MessageEvent<{ canvas: OffscreenCanvas } | StripMessage>) => {
  if ('canvas' in data) paint = createStripPainter(data.canvas, new OffscreenCanvas(1, 1));
  else paint(data);
});

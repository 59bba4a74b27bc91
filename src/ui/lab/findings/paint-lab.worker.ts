/** Hosts the painter of the lab in a worker. The first message brings the canvas. */
import { createLabPainter, type LabPictureMessage } from './lab-painter.ts';

let paint: (message: LabPictureMessage) => void;

addEventListener('message', ({ data }: MessageEvent<{ canvas: OffscreenCanvas } | LabPictureMessage>) => {
  if ('canvas' in data) paint = createLabPainter(data.canvas, new OffscreenCanvas(1, 1));
  else paint(data);
});

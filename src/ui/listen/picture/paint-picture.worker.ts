/** Hosts the projector of the live picture in a worker. The first message brings the canvas. */
import { createProjector, type PictureMessage } from './projector.ts';

let show: (message: PictureMessage) => void;

addEventListener(
  'message',
  ({ data }: MessageEvent<{ canvas: OffscreenCanvas; isStill: boolean } | PictureMessage>) => {
    if ('canvas' in data) show = createProjector(data.canvas, new OffscreenCanvas(1, 1), data.isStill);
    else show(data);
  },
);

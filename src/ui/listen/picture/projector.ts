/**
 * Drives the painter: by messages from the page, by pictures that the engine posts to a port of its own, and by the
 * screen's refreshes. The same in a worker and on the page.
 */
import type { SpectrogramPart } from '../../../engine/api.ts';
import type { Palette } from './colour-scale.ts';
import type { Canvas } from './film.ts';
import { FramePace } from './frame-pace.ts';
import { Painter } from './painter.ts';

/** Time between two pieces of the picture. */
const STILL_MS = 250;

export type PictureMessage =
  | { kind: 'size'; width: number; height: number; pixelRatio: number }
  | { kind: 'palette'; palette: Palette }
  /** The port at which the pictures of a new session arrive; those of an earlier one are no longer drawn. */
  | { kind: 'source'; pictures: MessagePort }
  | { kind: 'light'; frames: Float32Array; bins: Float32Array; fromSeconds: number; isOver: boolean }
  | { kind: 'run'; isRunning: boolean }
  | { kind: 'reset' };

/** `isStill`: no gliding; the picture moves on four times a second, with each piece that arrives. */
export function createProjector(canvas: Canvas, memory: Canvas, isStill: boolean): (message: PictureMessage) => void {
  const painter = new Painter(canvas, memory);
  const pace = new FramePace();
  let isRunning = false;
  let source: MessagePort | undefined;

  function tick(nowMs: number) {
    const passedMs = pace.due(nowMs);
    if (passedMs !== undefined) painter.draw(passedMs);
    if (isRunning) requestAnimationFrame(tick);
  }

  function add(picture: SpectrogramPart) {
    painter.add(picture);
    // Nothing else redraws a still picture, or the last pieces of a session that is over.
    if (!isRunning) painter.draw(isStill ? STILL_MS : 0);
  }

  return (message) => {
    switch (message.kind) {
      case 'size':
        return painter.resize(message.width, message.height, message.pixelRatio);
      case 'palette':
        return painter.paint(message.palette);
      case 'light':
        return painter.light(message.frames, message.bins, message.fromSeconds, message.isOver);
      case 'reset':
        return painter.reset();
      case 'source':
        source?.close();
        painter.reset();
        source = message.pictures;
        source.onmessage = ({ data }: MessageEvent<SpectrogramPart>) => add(data);
        return;
      case 'run':
        if (message.isRunning === isRunning) return;
        isRunning = message.isRunning && !isStill;
        pace.begin(performance.now());
        if (isRunning) requestAnimationFrame(tick);
    }
  };
}

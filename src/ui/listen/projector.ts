/** Runs the painter by messages and by the clock of the screen; the same in a worker and on the page. */
import type { Picture } from '../../engine/api.ts';
import { type Canvas, createPainter, type Palette } from './painter.ts';

export type PictureMessage =
  | { kind: 'size'; width: number; height: number; pixelRatio: number }
  | { kind: 'palette'; palette: Palette }
  | { kind: 'picture'; picture: Picture }
  | { kind: 'light'; frames: Float32Array; bins: Float32Array; fromSeconds: number; isOver: boolean }
  | { kind: 'run'; isRunning: boolean }
  | { kind: 'reset' };

/** `isStill`: no gliding; the picture is turned four times a second, when there is news. */
export function createProjector(canvas: Canvas, memory: Canvas, isStill: boolean): (message: PictureMessage) => void {
  const painter = createPainter(canvas, memory);
  let isRunning = false;
  let lastMs = 0;

  function tick(nowMs: number) {
    painter.draw(nowMs - lastMs);
    lastMs = nowMs;
    if (isRunning) requestAnimationFrame(tick);
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
      case 'picture':
        painter.add(message.picture);
        if (isStill) painter.draw(250);
        return;
      case 'run':
        if (message.isRunning === isRunning) return;
        isRunning = message.isRunning && !isStill;
        lastMs = performance.now();
        if (isRunning) requestAnimationFrame(tick);
    }
  };
}

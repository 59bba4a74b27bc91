/**
 * Draws the clip of the lab: its spectrogram, and over it the layers that are switched on. Runs in a worker where there is an
 * OffscreenCanvas.
 */
import { BIN_COUNT } from '../../../kernel/format.ts';
import { type Palette, scaleOf } from '../../listen/picture/colour-scale.ts';
import { type Canvas, contextOf } from '../../listen/picture/film.ts';
import { drawLayers, type PictureLayer, type Scene } from './picture-layers.ts';

export type LabPictureMessage =
  | { kind: 'size'; width: number; height: number; pixelRatio: number }
  | { kind: 'palette'; palette: Palette }
  | { kind: 'layers'; layers: PictureLayer[] }
  | { kind: 'scene'; scene: Scene };

export function createLabPainter(canvas: Canvas, memory: Canvas): (message: LabPictureMessage) => void {
  const context = contextOf(canvas);
  let scene: Scene | undefined;
  let palette: Palette | undefined;
  let layers: PictureLayer[] = [];
  let scale = 1;

  function draw() {
    context.clearRect(0, 0, canvas.width, canvas.height);
    if (!scene || !palette) return;
    context.globalAlpha = layers.length > 0 ? 0.75 : 1;
    context.drawImage(memory, 0, 0, canvas.width, canvas.height);
    context.globalAlpha = 1;
    drawLayers(layers, { context, scale, scene, palette });
  }

  return (message) => {
    if (message.kind === 'size') {
      scale = message.pixelRatio;
      canvas.width = Math.max(1, Math.round(message.width * scale));
      canvas.height = Math.max(1, Math.round(message.height * scale));
    } else if (message.kind === 'palette') ({ palette } = message);
    else if (message.kind === 'layers') ({ layers } = message);
    else ({ scene } = message);
    if (scene && palette && (message.kind === 'scene' || message.kind === 'palette')) remember(memory, scene, palette);
    draw();
  };
}

/** The spectrogram, a pixel for each cell. */
function remember(memory: Canvas, { rows, frameCount }: Scene, palette: Palette): void {
  memory.width = Math.max(1, frameCount);
  memory.height = BIN_COUNT;
  const context = contextOf(memory);
  const picture = context.createImageData(memory.width, BIN_COUNT);
  const pixels = new Uint32Array(picture.data.buffer);
  const colours = pixelsOf(scaleOf(palette));
  for (let frame = 0; frame < frameCount; frame++) {
    for (let bin = 0; bin < BIN_COUNT; bin++) {
      pixels[(BIN_COUNT - 1 - bin) * memory.width + frame] = colours[rows[frame * BIN_COUNT + bin]];
    }
  }
  context.putImageData(picture, 0, 0);
}

/** Colours of three bytes as pixels of four. */
function pixelsOf(colours: Uint8ClampedArray): Uint32Array {
  const bytes = new Uint8ClampedArray((colours.length / 3) * 4).fill(255);
  for (let i = 0; i < colours.length / 3; i++) bytes.set(colours.subarray(3 * i, 3 * i + 3), 4 * i);
  return new Uint32Array(bytes.buffer);
}

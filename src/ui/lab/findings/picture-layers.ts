/** The layers over the spectrogram of the lab. */
import type { Examination, ExaminedCandidate, Pairs, Points } from '../../../engine/api.ts';
import { BIN_COUNT, FIRST_BIN } from '../../../kernel/format.ts';
import { css, type Palette } from '../../listen/picture/colour-scale.ts';

export const pictureLayers = ['peaks', 'pairs', 'print', 'tones'] as const;
export type PictureLayer = (typeof pictureLayers)[number];

/** What is drawn of an examination. */
export interface Scene extends Pick<Examination, 'frameCount' | 'rows' | 'peaks' | 'pairs' | 'tones'> {
  candidate?: Pick<ExaminedCandidate, 'print' | 'isSeen' | 'agreeing' | 'tones'>;
}

interface LayersDrawing {
  context: OffscreenCanvasRenderingContext2D;
  /** Pixels per CSS pixel. */
  scale: number;
  scene: Scene;
  palette: Palette;
}

/** Part of the width that the profiles of tones take, at the end. */
const TONES_SHARE = 0.14;
/** Bins that share a bar of a profile. */
const BINS_A_BAR = 5;

export function drawLayers(layers: PictureLayer[], drawing: LayersDrawing): void {
  const { scene, palette } = drawing;
  if (layers.includes('pairs')) {
    drawPairs(drawing, scene.pairs, css(palette.paper, 0.16), 0.7);
    if (scene.candidate) drawPairs(drawing, scene.candidate.agreeing, css(palette.accent, 0.85), 1.3);
  }
  if (layers.includes('peaks')) drawPeaks(drawing, scene.peaks, css(palette.paper, 0.95));
  if (layers.includes('print') && scene.candidate) drawPrint(drawing, scene.candidate);
  if (layers.includes('tones')) drawTones(drawing);
}

const xOf = ({ context, scene }: LayersDrawing, frame: number) =>
  ((frame + 0.5) / scene.frameCount) * context.canvas.width;

const yOf = ({ context }: LayersDrawing, bin: number) =>
  context.canvas.height * (1 - (bin - FIRST_BIN + 0.5) / BIN_COUNT);

function drawPairs(
  drawing: LayersDrawing,
  { frames, bins, toFrames, toBins }: Pairs,
  colour: string,
  width: number,
): void {
  const { context, scale } = drawing;
  context.strokeStyle = colour;
  context.lineWidth = width * scale;
  context.beginPath();
  for (let i = 0; i < frames.length; i++) {
    context.moveTo(xOf(drawing, frames[i]), yOf(drawing, bins[i]));
    context.lineTo(xOf(drawing, toFrames[i]), yOf(drawing, toBins[i]));
  }
  context.stroke();
}

function drawPeaks(drawing: LayersDrawing, { frames, bins }: Points, colour: string): void {
  const { context, scale } = drawing;
  context.fillStyle = colour;
  for (let i = 0; i < frames.length; i++) {
    context.beginPath();
    context.arc(xOf(drawing, frames[i]), yOf(drawing, bins[i]), 1.7 * scale, 0, 2 * Math.PI);
    context.fill();
  }
}

/** A ring where a peak is expected: full where it is seen, hollow and faint where it is not. */
function drawPrint(drawing: LayersDrawing, { print, isSeen }: NonNullable<Scene['candidate']>): void {
  const { context, scale, palette } = drawing;
  context.lineWidth = 1.4 * scale;
  for (let i = 0; i < print.frames.length; i++) {
    context.beginPath();
    context.arc(xOf(drawing, print.frames[i]), yOf(drawing, print.bins[i]), 4 * scale, 0, 2 * Math.PI);
    context.strokeStyle = isSeen[i] ? css(palette.accent, 1) : css(palette.paper, 0.35);
    context.stroke();
  }
}

/** The clip's profile, and in front of it the track's, as bars from the end towards the beginning. */
function drawTones(drawing: LayersDrawing): void {
  const { context, scene, palette } = drawing;
  const { canvas } = context;
  const width = TONES_SHARE * canvas.width;
  context.fillStyle = css(palette.ground, 0.82);
  context.fillRect(canvas.width - width, 0, width, canvas.height);
  drawProfile(drawing, scene.tones, css(palette.paper, 0.55), 1);
  if (scene.candidate) drawProfile(drawing, scene.candidate.tones, css(palette.accent, 0.95), 0.45);
}

/** `thickness`: of the bars, relative to the room that each has. */
function drawProfile(drawing: LayersDrawing, profile: Float32Array, colour: string, thickness: number): void {
  const { context } = drawing;
  const { canvas } = context;
  const top = profile.reduce((most, value) => Math.max(most, value), 0.001);
  const bar = (canvas.height * BINS_A_BAR) / BIN_COUNT;
  context.fillStyle = colour;
  for (let bin = 0; bin < profile.length; bin += BINS_A_BAR) {
    const strongest = profile.subarray(bin, bin + BINS_A_BAR).reduce((most, value) => Math.max(most, value), 0);
    const length = (TONES_SHARE * canvas.width * 0.95 * strongest) / top;
    const middle = yOf(drawing, bin + FIRST_BIN + BINS_A_BAR / 2);
    context.fillRect(canvas.width - length, middle - (bar * thickness) / 2, length, bar * thickness);
  }
}

/**
 * Draws the clip of the lab: its spectrogram, and over it the layers that are switched on. Runs in a worker where there is an
 * OffscreenCanvas.
 */
import type { Examination, ExaminedCandidate, Pairs, Points } from '../../engine/api.ts';
import { BIN_COUNT, FIRST_BIN } from '../../kernel/format.ts';
import { type Palette, type Rgb, scaleOf } from '../listen/picture/colour-scale.ts';
import type { Canvas } from '../listen/picture/film.ts';

export const pictureLayers = ['peaks', 'pairs', 'print', 'tones'] as const;
export type PictureLayer = (typeof pictureLayers)[number];

/** What is drawn of an examination. */
interface Scene extends Pick<Examination, 'frameCount' | 'rows' | 'peaks' | 'pairs' | 'tones'> {
  candidate?: Pick<ExaminedCandidate, 'print' | 'isSeen' | 'agreeing' | 'tones'>;
}

export type LabPictureMessage =
  | { kind: 'size'; width: number; height: number; pixelRatio: number }
  | { kind: 'palette'; palette: Palette }
  | { kind: 'layers'; layers: PictureLayer[] }
  | { kind: 'scene'; scene: Scene };

/** Part of the width that the profiles of tones take, at the end. */
const TONES_SHARE = 0.14;
/** Bins that share a bar of a profile. */
const BINS_A_BAR = 5;

export function createLabPainter(canvas: Canvas, memory: Canvas): (message: LabPictureMessage) => void {
  const view = contextOf(canvas);
  let scene: Scene | undefined;
  let palette: Palette | undefined;
  let layers: PictureLayer[] = [];
  let scale = 1;

  const x = (frame: number) => ((frame + 0.5) / (scene?.frameCount ?? 1)) * canvas.width;
  const y = (bin: number) => canvas.height * (1 - (bin - FIRST_BIN + 0.5) / BIN_COUNT);

  function draw() {
    view.clearRect(0, 0, canvas.width, canvas.height);
    if (!scene || !palette) return;
    const isBusy = layers.length > 0;
    view.globalAlpha = isBusy ? 0.75 : 1;
    view.drawImage(memory, 0, 0, canvas.width, canvas.height);
    view.globalAlpha = 1;
    const { peaks, pairs, candidate } = scene;
    if (layers.includes('pairs')) {
      drawPairs(pairs, css(palette.paper, 0.16), 0.7);
      if (candidate) drawPairs(candidate.agreeing, css(palette.accent, 0.85), 1.3);
    }
    if (layers.includes('peaks')) drawPeaks(peaks, css(palette.paper, 0.95));
    if (layers.includes('print') && candidate) drawPrint(candidate, palette);
    if (layers.includes('tones')) drawTones(scene, palette);
  }

  function drawPairs({ frames, bins, toFrames, toBins }: Pairs, colour: string, width: number) {
    view.strokeStyle = colour;
    view.lineWidth = width * scale;
    view.beginPath();
    for (let i = 0; i < frames.length; i++) {
      view.moveTo(x(frames[i]), y(bins[i]));
      view.lineTo(x(toFrames[i]), y(toBins[i]));
    }
    view.stroke();
  }

  function drawPeaks({ frames, bins }: Points, colour: string) {
    view.fillStyle = colour;
    for (let i = 0; i < frames.length; i++) {
      view.beginPath();
      view.arc(x(frames[i]), y(bins[i]), 1.7 * scale, 0, 2 * Math.PI);
      view.fill();
    }
  }

  /** A ring where a peak is expected: full where it is seen, hollow and faint where it is not. */
  function drawPrint({ print, isSeen }: NonNullable<Scene['candidate']>, { accent, paper }: Palette) {
    view.lineWidth = 1.4 * scale;
    for (let i = 0; i < print.frames.length; i++) {
      view.beginPath();
      view.arc(x(print.frames[i]), y(print.bins[i]), 4 * scale, 0, 2 * Math.PI);
      view.strokeStyle = isSeen[i] ? css(accent, 1) : css(paper, 0.35);
      view.stroke();
    }
  }

  /** The clip's profile, and in front of it the track's, as bars from the end towards the beginning. */
  function drawTones({ tones, candidate }: Scene, { ground, accent, paper }: Palette) {
    const width = TONES_SHARE * canvas.width;
    view.fillStyle = css(ground, 0.82);
    view.fillRect(canvas.width - width, 0, width, canvas.height);
    drawProfile(tones, css(paper, 0.55), width, 1);
    if (candidate) drawProfile(candidate.tones, css(accent, 0.95), width, 0.45);
  }

  function drawProfile(profile: Float32Array, colour: string, width: number, thickness: number) {
    const top = profile.reduce((most, value) => Math.max(most, value), 0.001);
    const bar = (canvas.height * BINS_A_BAR) / BIN_COUNT;
    view.fillStyle = colour;
    for (let bin = 0; bin < profile.length; bin += BINS_A_BAR) {
      const strongest = profile.subarray(bin, bin + BINS_A_BAR).reduce((most, value) => Math.max(most, value), 0);
      const length = (width * 0.95 * strongest) / top;
      const middle = y(bin + FIRST_BIN + BINS_A_BAR / 2);
      view.fillRect(canvas.width - length, middle - (bar * thickness) / 2, length, bar * thickness);
    }
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

// The two kinds of canvas have contexts of two types with the same methods.
const contextOf = (canvas: Canvas) => canvas.getContext('2d') as OffscreenCanvasRenderingContext2D;

const css = ([r, g, b]: Rgb, alpha: number) => `rgb(${r} ${g} ${b} / ${alpha})`;

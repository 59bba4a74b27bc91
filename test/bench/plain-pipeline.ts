/**
 * What the kernel does, as one would write it in TypeScript with fft.js: typed arrays, no waste, no vectors. 44.1 kHz only.
 */
import FFT from 'fft.js';
import { PRINT_RANK } from '../../src/kernel/format.ts';
import { KernelStream } from '../../src/kernel/kernel.ts';

const TAPS = 112;
const WINDOW = 2048;
const HOP = 256;
const BINS = 888;
const [FIRST_BIN, LAST_BIN] = [36, 840];
const [NEAR_FRAMES, NEAR_BINS, MEAN_BINS, RANK_FRAMES] = [5, 16, 40, 22];
const RANGE = 18;

interface Peak {
  frame: number;
  bin: number;
  strength: number;
}

const hann = Float32Array.from({ length: WINDOW }, (_, n) => 0.5 - 0.5 * Math.cos((2 * Math.PI * n) / WINDOW));

/** A quarter of the rate: Hann's window on a sinc is near enough to time it. */
const lowPass = Float32Array.from({ length: TAPS }, (_, k) => {
  const t = k - (TAPS / 2 - 1);
  const sinc = t === 0 ? 0.25 : Math.sin((Math.PI * t) / 4) / (Math.PI * t);
  return sinc * (0.5 + 0.5 * Math.cos((2 * Math.PI * t) / TAPS));
});

function quartered(sound: Float32Array): Float32Array {
  const before = TAPS / 2 - 1;
  const padded = new Float32Array(sound.length + TAPS);
  padded.set(sound, before);
  padded.fill(sound[0], 0, before);
  const out = new Float32Array(Math.floor(sound.length / 4));
  for (let n = 0; n < out.length; n++) {
    let sum = 0;
    for (let k = 0, at = 4 * n; k < TAPS; k++, at++) sum += padded[at] * lowPass[k];
    out[n] = sum;
  }
  return out;
}

/** The greatest within NEAR_BINS to either side: a queue of falling candidates. */
function slide(row: Float32Array, maxima: Float32Array, queue: Int32Array): void {
  let head = 0;
  let tail = 0;
  for (let i = 0; i < BINS; i++) {
    while (tail > head && row[queue[tail - 1]] <= row[i]) tail--;
    queue[tail++] = i;
    if (i < NEAR_BINS) continue;
    while (queue[head] < i - 2 * NEAR_BINS) head++;
    maxima[i - NEAR_BINS] = row[queue[head]];
  }
}

function logRow(
  sound: Float32Array,
  start: number,
  fft: FFT,
  input: Float32Array,
  out: number[],
  row: Float32Array,
): void {
  for (let n = 0; n < WINDOW; n++) input[n] = sound[start + n] * hann[n];
  fft.realTransform(out, input);
  let greatest = Number.NEGATIVE_INFINITY;
  for (let k = 0; k < BINS; k++) {
    row[k] = Math.log(out[2 * k] * out[2 * k] + out[2 * k + 1] * out[2 * k + 1]);
    if (k >= 32 && k < 848 && row[k] > greatest) greatest = row[k];
  }
  for (let k = 0; k < BINS; k++) row[k] = Math.max(row[k], greatest - RANGE, -30);
}

function isGreatest(maxima: Float32Array[], frame: number, bin: number, value: number): boolean {
  for (let f = Math.max(0, frame - NEAR_FRAMES); f < frame; f++) if (maxima[f][bin] >= value) return false;
  const last = Math.min(maxima.length - 1, frame + NEAR_FRAMES);
  for (let f = frame; f <= last; f++) if (maxima[f][bin] > value) return false;
  return true;
}

function prominence(row: Float32Array, bin: number): number {
  const start = Math.max(bin - MEAN_BINS, 4);
  let sum = 0;
  for (let i = start; i <= start + 2 * MEAN_BINS; i++) sum += row[i];
  return row[bin] - sum / (2 * MEAN_BINS + 1);
}

export function plainPeaks(sound: Float32Array): Peak[] {
  const slow = quartered(sound);
  const fft = new FFT(WINDOW);
  const out = fft.createComplexArray();
  const input = new Float32Array(WINDOW);
  const queue = new Int32Array(BINS);
  const rows: Float32Array[] = [];
  const maxima: Float32Array[] = [];
  for (let start = 0; start + WINDOW <= slow.length; start += HOP) {
    const row = new Float32Array(BINS);
    const greatest = new Float32Array(BINS);
    logRow(slow, start, fft, input, out, row);
    slide(row, greatest, queue);
    rows.push(row);
    maxima.push(greatest);
  }
  const peaks: Peak[] = [];
  for (let frame = 0; frame < rows.length; frame++)
    for (let bin = FIRST_BIN; bin <= LAST_BIN; bin++) {
      const value = rows[frame][bin];
      if (value !== maxima[frame][bin] || !isGreatest(maxima, frame, bin, value)) continue;
      const strength = prominence(rows[frame], bin);
      if (strength > 0) peaks.push({ frame, bin, strength });
    }
  let [first, end] = [0, 0];
  return peaks.filter(({ frame, strength }) => {
    while (peaks[first].frame < frame - RANK_FRAMES) first++;
    while (end < peaks.length && peaks[end].frame <= frame + RANK_FRAMES) end++;
    let stronger = 0;
    for (let i = first; i < end; i++) if (peaks[i].strength > strength) stronger++;
    return stronger < PRINT_RANK;
  });
}

/** Makes sure that the two pipelines do the same: share of the kernel's peaks that are found. */
export function agreement(kernel: WebAssembly.Module, sound: Float32Array): number {
  const stream = new KernelStream(kernel, { sampleRate: 44100, maxRank: PRINT_RANK });
  stream.push(sound);
  stream.finish();
  const { count, frames, bins } = stream.takePeaks();
  const plain = new Set(plainPeaks(sound).map(({ frame, bin }) => `${frame} ${bin}`));
  let found = 0;
  for (let i = 0; i < count; i++) if (plain.has(`${frames[i]} ${bins[i]}`)) found++;
  return found / count;
}

/** Notes in, stereo sound out. */

import { random as seeded } from '../random.ts';
import { compose, type Plan } from './composer.ts';
import { drums, RATE } from './instruments.ts';

export interface Sound {
  left: Float32Array;
  right: Float32Array;
  sampleRate: number;
}

/** Seconds of silence and fading room after the last bar. */
const TAIL_SECONDS = 1.5;

export function render(plan: Plan): Sound {
  const random = seeded(plan.seed + 1);
  const secondsPerBeat = 60 / plan.beatsPerMinute;
  const length = Math.ceil((plan.bars * plan.beatsPerBar * secondsPerBeat + TAIL_SECONDS) * RATE);
  const left = new Float32Array(length);
  const right = new Float32Array(length);
  for (const note of compose(plan)) {
    const instrument = typeof note.play === 'string' ? drums[note.play] : note.play;
    const hertz = 440 * 2 ** ((note.pitch - 69) / 12);
    const samples = instrument(hertz, note.beats * secondsPerBeat, random);
    const start = Math.round(note.beat * secondsPerBeat * RATE);
    const toLeft = note.velocity * Math.sqrt((1 - note.pan) / 2);
    const toRight = note.velocity * Math.sqrt((1 + note.pan) / 2);
    for (let index = 0; index < samples.length && start + index < length; index++) {
      left[start + index] += toLeft * samples[index];
      right[start + index] += toRight * samples[index];
    }
  }
  for (const [channel, offset] of [
    [left, 0],
    [right, 23],
  ] as const)
    addRoom(channel, offset);
  normalise(left, right);
  return { left, right, sampleRate: RATE };
}

/** Schroeder's reverberation: four combs side by side, then two all-passes; lengths in samples. */
function addRoom(channel: Float32Array, offset: number): void {
  const wet = new Float32Array(channel.length);
  for (const [delay, feedback] of [
    [1557, 0.8],
    [1617, 0.79],
    [1491, 0.81],
    [1422, 0.82],
  ]) {
    const line = new Float32Array(delay + offset);
    for (let index = 0; index < channel.length; index++) {
      const at = index % line.length;
      wet[index] += line[at] / 4;
      line[at] = channel[index] + feedback * line[at];
    }
  }
  for (const delay of [556, 225]) {
    const line = new Float32Array(delay + offset);
    for (let index = 0; index < wet.length; index++) {
      const at = index % line.length;
      const late = line[at];
      line[at] = wet[index] + 0.5 * late;
      wet[index] = late - 0.5 * line[at];
    }
  }
  for (let index = 0; index < channel.length; index++) channel[index] += 0.16 * wet[index];
}

function normalise(...channels: Float32Array[]): void {
  let peak = 1e-9;
  for (const channel of channels) for (const sample of channel) peak = Math.max(peak, Math.abs(sample));
  for (const channel of channels) for (let index = 0; index < channel.length; index++) channel[index] *= 0.89 / peak;
}

export function mono({ left, right }: Sound): Float32Array {
  return left.map((sample, index) => (sample + right[index]) / 2);
}

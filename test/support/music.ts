/**
 * Music made from a seed: chords, a melody, a bass and drums, with vibrato, decay and overtones, so that its spectrum is
 * as busy as a song's. The same seed gives the same piece at every rate.
 */
import type { Pcm } from '../../src/types.ts';
import { random as seeded } from './random.ts';

interface Note {
  start: number;
  length: number;
  hertz: number;
  level: number;
  /** Overtones fall as 1 / n ** dullness. */
  dullness: number;
  vibrato: number;
}

interface Hit {
  start: number;
  decay: number;
  level: number;
  seed: number;
}

const scale = [0, 2, 3, 5, 7, 8, 10];

function hertzOf(root: number, degree: number): number {
  const octave = Math.floor(degree / scale.length);
  return root * 2 ** (octave + scale[degree - octave * scale.length] / 12);
}

function compose(seconds: number, seed: number): { notes: Note[]; hits: Hit[] } {
  const random = seeded(seed);
  const root = 98 * 2 ** (Math.floor(random() * 12) / 12);
  const beat = 60 / (84 + random() * 60);
  const notes: Note[] = [];
  const hits: Hit[] = [];
  const chords = Array.from({ length: 8 }, () => Math.floor(random() * 7));
  let degree = 14;
  for (let index = 0; index * beat < seconds + 4 * beat; index++) {
    const start = index * beat;
    const chord = chords[Math.floor(index / 4) % chords.length];
    if (index % 4 === 0)
      for (const third of [0, 2, 4, 6])
        notes.push({
          start,
          length: 4 * beat,
          hertz: hertzOf(root, chord + third + 7),
          level: 0.05,
          dullness: 1.6,
          vibrato: 0.002,
        });
    notes.push({ start, length: beat, hertz: hertzOf(root / 2, chord), level: 0.2, dullness: 2, vibrato: 0 });
    for (let at = 0; at < 1; ) {
      const length = [0.25, 0.25, 0.5, 1][Math.floor(random() * 4)];
      degree = Math.max(10, Math.min(26, degree + Math.floor(random() * 7) - 3));
      if (random() < 0.85)
        notes.push({
          start: start + at * beat,
          length: length * beat * (0.6 + random()),
          hertz: hertzOf(root, degree) * (1 + (random() - 0.5) * 0.004),
          level: 0.05 + random() * 0.12,
          dullness: 0.8 + random(),
          vibrato: 0.004,
        });
      at += length;
    }
    hits.push({ start, decay: index % 2 ? 18 : 40, level: index % 2 ? 0.25 : 0.12, seed: seed + index });
    if (random() < 0.7) hits.push({ start: start + beat / 2, decay: 70, level: 0.1, seed: seed + index + 7919 });
  }
  return { notes, hits };
}

function addNote(samples: Float32Array, sampleRate: number, note: Note): void {
  const first = Math.ceil(note.start * sampleRate);
  const last = Math.min(samples.length, first + Math.ceil((note.length + 0.3) * sampleRate));
  const overtones = Math.min(12, Math.floor((0.45 * 11025) / note.hertz));
  const levels = Array.from({ length: overtones }, (_, i) => note.level / (i + 1) ** note.dullness);
  for (let i = first; i < last; i++) {
    const t = i / sampleRate - note.start;
    const bend = (note.vibrato / 5.5) * Math.sin(5.5 * 2 * Math.PI * t);
    const angle = 2 * Math.PI * note.hertz * (t + bend / (2 * Math.PI));
    const fade = Math.exp((-0.4 * t) / note.length);
    // sin(n angle) = 2 cos(angle) sin((n - 1) angle) - sin((n - 2) angle)
    const twice = 2 * Math.cos(angle);
    let before = 0;
    let sine = Math.sin(angle);
    let envelope = Math.min(1, t * 150) * Math.exp(-t / note.length) * Math.min(1, (note.length + 0.3 - t) * 20);
    let sum = 0;
    for (const level of levels) {
      envelope *= fade;
      sum += level * envelope * sine;
      const next = twice * sine - before;
      before = sine;
      sine = next;
    }
    samples[i] += sum;
  }
}

/** Noise through points 1/11025 s apart, so that it is the same sound at every rate. */
function addHit(samples: Float32Array, sampleRate: number, hit: Hit): void {
  const random = seeded(hit.seed);
  const points = Float32Array.from({ length: 4096 }, () => random() * 2 - 1);
  const first = Math.ceil(hit.start * sampleRate);
  const last = Math.min(samples.length, first + Math.floor(0.35 * sampleRate));
  for (let i = first; i < last; i++) {
    const t = i / sampleRate - hit.start;
    const at = t * 11025;
    const point = Math.floor(at);
    const between = (1 - Math.cos(Math.PI * (at - point))) / 2;
    samples[i] +=
      hit.level * Math.exp(-t * hit.decay) * (points[point] + (points[point + 1] - points[point]) * between);
  }
}

/** A piece of so many seconds. */
export function music(seconds: number, sampleRate = 11025, seed = 1): Pcm {
  const samples = new Float32Array(Math.round(seconds * sampleRate));
  const { notes, hits } = compose(seconds, seed);
  for (const note of notes) addNote(samples, sampleRate, note);
  for (const hit of hits) addHit(samples, sampleRate, hit);
  return { samples, sampleRate };
}

/** White noise between -level and level. */
export function noise(length: number, level = 1, seed = 1): Float32Array {
  const random = seeded(seed);
  return Float32Array.from({ length }, () => level * (2 * random() - 1));
}

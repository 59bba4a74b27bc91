/** A song's plan in, its notes out. All that is not in the plan is drawn from the song's seed. */

import { random as seeded } from '../random.ts';
import type { Drum, Instrument, Random } from './instruments.ts';

export interface Plan {
  title: string;
  seed: number;
  beatsPerMinute: number;
  beatsPerBar: number;
  /** MIDI number of the key note. */
  key: number;
  /** Semitones above the key note. */
  scale: number[];
  /** Steps of the scale on which the chords stand, a chord a bar. */
  chords: number[];
  bars: number;
  /** How late the second half of a beat comes, as a share of the beat: 0.5 is even, 0.66 a shuffle. */
  swing: number;
  lead: Instrument;
  chord: Instrument;
  bass: Instrument;
  /** Chords are struck together, or note by note. */
  accompaniment: 'held' | 'struck' | 'broken';
  /** A character per half beat: the drum's part of one bar. */
  drums: Partial<Record<Drum, string>>;
}

export interface Note {
  beat: number;
  beats: number;
  /** MIDI number. */
  pitch: number;
  /** 0..1 */
  velocity: number;
  /** -1 left .. 1 right */
  pan: number;
  play: Instrument | Drum;
}

const pick = <T>(random: Random, choices: readonly T[]): T => choices[Math.floor(random() * choices.length)];

/** The scale goes on above and below its octave. */
export function pitchOf({ key, scale }: Plan, step: number): number {
  const octave = Math.floor(step / scale.length);
  return key + 12 * octave + scale[step - octave * scale.length];
}

/** Rhythms of a bar in half beats; they are cut to the bar. */
const rhythms = [
  [2, 1, 1, 2, 2],
  [3, 1, 2, 2],
  [1, 1, 2, 1, 1, 2],
  [4, 2, 2],
  [2, 2, 3, 1],
  [1, 2, 1, 2, 2],
  [6, 1, 1],
];

/**
 * Four-bar phrases: the second bar answers the first, the third leads on, the fourth comes to rest. The rhythm of a
 * phrase's first bar comes back (that is what makes a tune), its notes wander: no two bars of a song are the same.
 */
function melody(plan: Plan, random: Random): Note[] {
  const notes: Note[] = [];
  const motif = pick(random, rhythms);
  let step = 7 + Math.floor(random() * 5);
  for (let bar = 0; bar < plan.bars; bar++) {
    const place = bar % 4;
    const rhythm =
      place === 0 || (place === 1 && random() < 0.6) ? motif : place === 3 ? [3, 1, 4] : pick(random, rhythms);
    const chord = plan.chords[bar % plan.chords.length];
    let half = 0;
    for (const length of rhythm) {
      if (half >= plan.beatsPerBar * 2) break;
      const isStrong = half % 4 === 0;
      step += Math.round((random() - 0.5) * (isStrong ? 5 : 3)) || (random() < 0.5 ? 1 : -1);
      step = Math.min(14, Math.max(4, step));
      if (isStrong) step = nearestChordStep(step, chord, plan.scale.length);
      const halves = Math.min(length, plan.beatsPerBar * 2 - half);
      const isRest = !isStrong && random() < 0.12;
      if (!isRest)
        notes.push({
          beat: bar * plan.beatsPerBar + half / 2,
          beats: (halves / 2) * 0.92,
          pitch: pitchOf(plan, step),
          velocity: 0.5 + 0.12 * random() + (isStrong ? 0.1 : 0),
          pan: 0.1,
          play: plan.lead,
        });
      half += length;
    }
  }
  return notes;
}

function nearestChordStep(step: number, chord: number, scaleLength: number): number {
  const isIn = (candidate: number) =>
    [0, 2, 4].includes((((candidate - chord) % scaleLength) + scaleLength) % scaleLength);
  return [0, -1, 1, -2, 2].map((move) => step + move).find(isIn) ?? step;
}

function accompaniment(plan: Plan, random: Random): Note[] {
  const notes: Note[] = [];
  for (let bar = 0; bar < plan.bars; bar++) {
    const root = plan.chords[bar % plan.chords.length] % 7;
    const steps = [root, root + 2, root + 4, ...(random() < 0.4 ? [root + 6] : [])];
    const add = (offset: number, beats: number, step: number, velocity: number) =>
      notes.push({
        beat: bar * plan.beatsPerBar + offset,
        beats,
        pitch: pitchOf(plan, step),
        velocity: velocity * (0.85 + 0.3 * random()),
        pan: -0.35 + 0.1 * (step - root),
        play: plan.chord,
      });
    if (plan.accompaniment === 'held') for (const step of steps) add(0, plan.beatsPerBar, step, 0.2);
    if (plan.accompaniment === 'struck')
      for (let beat = bar % 2 ? 0.5 : 0; beat < plan.beatsPerBar; beat += pick(random, [1, 1.5, 2]))
        for (const step of steps) add(beat, 0.7, step, 0.22);
    if (plan.accompaniment === 'broken')
      for (let half = 0; half < plan.beatsPerBar * 2; half++)
        add(half / 2, 0.9, pick(random, [...steps, root + 7]), 0.32);
  }
  return notes;
}

function bassLine(plan: Plan, random: Random): Note[] {
  const notes: Note[] = [];
  for (let bar = 0; bar < plan.bars; bar++) {
    const root = (plan.chords[bar % plan.chords.length] % 7) - 14;
    for (let beat = 0; beat < plan.beatsPerBar; ) {
      const beats = beat === 0 ? pick(random, [1, 1.5, 2]) : pick(random, [0.5, 1, 1]);
      const step = beat === 0 ? root : root + pick(random, [0, 2, 4, 7, 4]);
      notes.push({
        beat: bar * plan.beatsPerBar + beat,
        beats: beats * 0.9,
        pitch: pitchOf(plan, step),
        velocity: 0.5,
        pan: 0,
        play: plan.bass,
      });
      beat += beats;
    }
  }
  return notes;
}

function drumming(plan: Plan, random: Random): Note[] {
  const notes: Note[] = [];
  for (const [drum, pattern] of Object.entries(plan.drums) as [Drum, string][])
    for (let half = 0; half < plan.bars * plan.beatsPerBar * 2; half++) {
      const isPlayed = pattern[half % pattern.length] === 'x' ? random() < 0.96 : random() < 0.05;
      if (isPlayed)
        notes.push({ beat: half / 2, beats: 0.5, pitch: 0, velocity: 0.35 + 0.25 * random(), pan: 0.2, play: drum });
    }
  return notes;
}

export function compose(plan: Plan): Note[] {
  const random = seeded(plan.seed);
  return [melody, accompaniment, bassLine, drumming]
    .flatMap((part) => part(plan, random))
    .map((note) => {
      const isOffBeat = note.beat % 1 === 0.5;
      // Nobody plays exactly on the beat; without this, repeated bars would sound exactly alike.
      return { ...note, beat: note.beat + (isOffBeat ? plan.swing - 0.5 : 0) + 0.02 * random() };
    });
}

/** Harder conditions, chosen to show where recognition fails. */
import { type Condition, noisy } from './conditions.ts';
import { heardIn, type ListeningPlace, overTheAir, telephone } from './room.ts';
import { atSpeed, withNoise } from './spoil.ts';

type Spoil = Condition['spoil'];

const faster =
  (percent: number): Spoil =>
  (sound, sampleRate) =>
    atSpeed(sound, sampleRate, 1 + percent / 100);
/** Changes the tempo, and the pitch by a factor. Only Node can: see `codec.ts`. */
type TimeStretch = (sound: Float32Array, sampleRate: number, tempo: number, pitch: number) => Float32Array;
const inPlace =
  (place: ListeningPlace): Spoil =>
  (sound, sampleRate, random) =>
    heardIn(place, sound, sampleRate, random);
/** One after the other. */
const chain =
  (...spoils: Spoil[]): Spoil =>
  (sound, sampleRate, random, others) =>
    spoils.reduce((out, spoil) => spoil(out, sampleRate, random, others), sound);
/** All equally loud. */
const together: Spoil = (sound, _rate, _random, others) => {
  const mixes = others.map((other) => withNoise(sound, other, 0));
  return sound.map((sample, i) => mixes.reduce((sum, mix) => sum + mix[i] - sample, sample));
};

const signed = (n: number) => `${n > 0 ? '+' : ''}${n}`;

const HALL: ListeningPlace = { dying: [1.8, 3.5], direct: [0.3, 0.8], talkDb: [3, 6] };
const BAR: ListeningPlace = { dying: [0.8, 1.6], direct: [0.4, 1], talkDb: [-3, 0] };
const LOUD_BAR: ListeningPlace = { dying: [0.8, 1.6], direct: [0.4, 1], talkDb: [-6, -3] };

export function hardConditions(stretched?: TimeStretch): Condition[] {
  const conditions: Condition[] = [];
  const add = (name: string, seconds: number[], spoil: Spoil, more: Partial<Condition> = {}) =>
    conditions.push({ name: `hard: ${name}`, source: 'learnt', seconds, spoil, ...more });
  add('hall', [3, 5, 10], inPlace(HALL));
  add('bar', [5, 10], inPlace(BAR));
  add('loud bar', [5, 10], inPlace(LOUD_BAR));
  for (const db of [-9, -12]) add(`talkers ${db} dB`, [5, 10], noisy('talkers', db), { snr: db });
  for (const kind of ['pink', 'white'] as const) {
    for (const db of [-9, -12, -15]) add(`${kind} ${db} dB`, [5, 10], noisy(kind, db), { snr: db });
  }
  add('telephone', [1, 2, 3], telephone);
  for (const percent of [-28, -18, -12, 12, 18, 28]) add(`speed ${signed(percent)} %`, [5], faster(percent));
  if (stretched) {
    const changed =
      (tempo: number, semitones: number): Spoil =>
      (sound, sampleRate) =>
        stretched(sound, sampleRate, tempo, 2 ** (semitones / 12));
    for (const percent of [-28, -18, -8, 8, 18, 28]) {
      add(`tempo ${signed(percent)} %`, [5], changed(1 + percent / 100, 0));
    }
    for (const steps of [-3, -2, -1, 1, 2, 3]) add(`pitch ${signed(steps)}`, [5, 10], changed(1, steps));
  }
  add('speed +5 %, talkers 0 dB', [5, 10], chain(faster(5), noisy('talkers', 0)));
  add('speed -4 %, room', [5, 10], chain(faster(-4), overTheAir));
  add('three at once', [5, 10], together, { others: 2 });
  add('absent, hall', [5, 10], inPlace(HALL), { source: 'absent' });
  add('absent, loud bar', [5, 10], inPlace(LOUD_BAR), { source: 'absent' });
  add('absent, speed +12 %', [5, 10], faster(12), { source: 'absent' });
  return conditions;
}

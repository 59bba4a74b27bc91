/** The conditions under which recognition is measured. */

import type { Random } from '../random.ts';
import { type NoiseKind, noiseOf } from './noises.ts';
import { overTheAir } from './room.ts';
import { atSpeed, withNoise } from './spoil.ts';

/** Source of a clip: a learnt track, a track that was left out, or no music at all. */
type ClipSource = 'learnt' | 'absent' | 'nothing';

export interface Condition {
  name: string;
  source: ClipSource;
  seconds: number[];
  /** Signal-to-noise ratio in dB. */
  snr?: number;
  /** How many other tracks play at the same time. */
  others?: number;
  spoil(sound: Float32Array, sampleRate: number, random: Random, others: Float32Array[]): Float32Array;
}

const same = (sound: Float32Array) => sound;
export const noisy =
  (kind: NoiseKind, db: number): Condition['spoil'] =>
  (sound, sampleRate, random) =>
    withNoise(sound, noiseOf(kind, sound.length, sampleRate, random), db);
const only =
  (kind: NoiseKind): Condition['spoil'] =>
  (sound, sampleRate, random) =>
    noiseOf(kind, sound.length, sampleRate, random).map((sample) => 0.05 * sample);

const codecs = ['mp3-64', 'opus16'] as const;
export type Codec = (typeof codecs)[number];

/** Encodes sound at a low bit rate and decodes it again. Only Node can: see `codec.ts`. */
type Through = (codec: Codec, sound: Float32Array, sampleRate: number) => Float32Array;

/** `seconds`: lengths of the clean clips; other conditions use those of them that make sense. */
export function conditionsOf(seconds: number[], snrs: number[], through?: Through): Condition[] {
  const from = (least: number) => {
    const long = seconds.filter((length) => length >= least);
    return long.length ? long : [Math.max(...seconds)];
  };
  const some = from(5).slice(0, 1);
  const conditions: Condition[] = [{ name: 'clean', source: 'learnt', seconds, spoil: same }];
  for (const snr of snrs) {
    const sign = snr > 0 ? '+' : '';
    for (const kind of ['white', 'pink', 'talkers'] as const) {
      const name = `${kind} ${sign}${snr} dB`;
      conditions.push({ name, source: 'learnt', seconds: from(3), snr, spoil: noisy(kind, snr) });
    }
  }
  conditions.push({ name: 'room', source: 'learnt', seconds, spoil: overTheAir });
  for (const codec of through ? codecs : []) {
    const spoil: Condition['spoil'] = (sound, sampleRate) => through!(codec, sound, sampleRate);
    conditions.push({ name: codec, source: 'learnt', seconds: some, spoil });
  }
  for (const percent of [-8, -4, -1, 1, 4, 8]) {
    const name = `speed ${percent > 0 ? '+' : ''}${percent} %`;
    const spoil: Condition['spoil'] = (sound, sampleRate) => atSpeed(sound, sampleRate, 1 + percent / 100);
    conditions.push({ name, source: 'learnt', seconds: some, spoil });
  }
  const mixed: Condition['spoil'] = (sound, _rate, _random, [other]) => withNoise(sound, other, 0);
  conditions.push({ name: 'two at once', source: 'learnt', seconds: from(5), others: 1, spoil: mixed });
  conditions.push({ name: 'absent', source: 'absent', seconds: from(3), spoil: same });
  conditions.push({ name: 'absent, room', source: 'absent', seconds: from(3), spoil: overTheAir });
  conditions.push({ name: 'absent, talkers +3 dB', source: 'absent', seconds: from(3), spoil: noisy('talkers', 3) });
  conditions.push({ name: 'only noise', source: 'nothing', seconds: some, spoil: only('pink') });
  conditions.push({ name: 'only talkers', source: 'nothing', seconds: some, spoil: only('talkers') });
  return conditions;
}

/**
 * Makes the clip of a mix:
 *
 *     first song  --+--> at a ratio --> room --> speed --> pitch --> noise --> clip
 *     second song --+
 *
 * What does not change while a slider is dragged (the cuts, their echoes, the noise) is kept, so that a change takes milliseconds.
 */
import { middleOf, soundOf } from '../accuracy/clips.ts';
import { randomOf } from '../accuracy/random.ts';
import { noiseOf } from '../accuracy/spoil/noises.ts';
import { atPitch } from '../accuracy/spoil/pitch.ts';
import { echoesOf } from '../accuracy/spoil/room.ts';
import { atSpeed, gainBelow, SPARE_SECONDS, withNoise } from '../accuracy/spoil/spoil.ts';
import type { Pcm } from '../types.ts';
import type { HeldSound } from './decode-song.ts';
import type { Mix } from './lab-api.ts';

/** Reverberation of a large living room, seconds. */
const DYING_SECONDS = 0.6;
/** Sounds that are kept. */
const KEPT = 24;

export class Mixer {
  private readonly kept = new Map<string, Float32Array>();

  constructor(private readonly held: (id: number) => HeldSound) {}

  clipOf(mix: Mix): Pcm {
    const { seconds, noise, noiseDb, roomDb, speed, pitch } = mix;
    const { sampleRate } = this.held(mix.sounds[0].id);
    let sound = this.together(mix, (cut) => cut, sampleRate);
    if (roomDb !== undefined) {
      const echoes = this.together(mix, (cut, key) => this.echoes(cut, key, sampleRate), sampleRate);
      sound = withNoise(sound, echoes, -roomDb);
    }
    if (speed !== 1) sound = atSpeed(sound, sampleRate, speed);
    sound = atPitch(sound, sampleRate, pitch);
    if (noise) {
      const key = `${noise} ${seconds} ${sampleRate}`;
      const made = this.keep(key, () => noiseOf(noise, sound.length, sampleRate, randomOf(key)));
      sound = withNoise(sound, made, noiseDb);
    }
    return middleOf(sound, seconds, sampleRate);
  }

  /** The songs at their ratio, or what `of` makes of each of them at the same ratio. */
  private together(
    { sounds, seconds, ratioDb }: Mix,
    of: (cut: Float32Array, key: string) => Float32Array,
    sampleRate: number,
  ): Float32Array {
    const cuts = sounds.map(({ id, fromSeconds }) => {
      const key = `${id} ${fromSeconds} ${seconds} ${sampleRate}`;
      return { key, cut: this.keep(key, () => this.cut(id, fromSeconds, seconds, sampleRate)) };
    });
    const [first, second] = cuts.map(({ cut, key }) => of(cut, key));
    if (!second) return first;
    const gain = gainBelow(cuts[0].cut, cuts[1].cut, ratioDb);
    return first.map((sample, i) => sample + gain * second[i]);
  }

  private cut(id: number, fromSeconds: number, seconds: number, sampleRate: number): Float32Array {
    const { samples, sampleRate: ownRate } = this.held(id);
    const begin = Math.round((fromSeconds - SPARE_SECONDS) * ownRate);
    const ownLength = Math.ceil((seconds + 2 * SPARE_SECONDS) * ownRate) + 1;
    const part = new Int16Array(ownLength);
    part.set(samples.subarray(Math.max(0, begin), Math.max(0, begin + ownLength)), Math.max(0, -begin));
    const length = Math.round((seconds + 2 * SPARE_SECONDS) * sampleRate);
    return soundOf({ samples: part, sampleRate: ownRate }, length, sampleRate);
  }

  private echoes(cut: Float32Array, key: string, sampleRate: number): Float32Array {
    return this.keep(`echoes ${key}`, () => echoesOf(cut, DYING_SECONDS, sampleRate, randomOf('room')));
  }

  private keep(key: string, make: () => Float32Array): Float32Array {
    const made = this.kept.get(key) ?? make();
    this.kept.delete(key);
    this.kept.set(key, made);
    for (const oldest of this.kept.keys()) {
      if (this.kept.size <= KEPT) break;
      this.kept.delete(oldest);
    }
    return made;
  }
}

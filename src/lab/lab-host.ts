/** The lab: holds the sounds, makes clips of them and asks the engine. Runs in `lab.worker.ts`. */
import { asInteger } from '../accuracy/clips.ts';
import type { Engine } from '../engine/api.ts';
import type { Pcm } from '../types.ts';
import { drawCurve } from './curves.ts';
import { type DecodeOnPage, decodeSong, type HeldSound } from './decode-song.ts';
import type { Lab, LabSound } from './lab-api.ts';
import { Mixer } from './mixer.ts';
import { runTrial } from './trial.ts';

export type LabEngine = Pick<Engine, 'examine' | 'recognize' | 'status'>;

export function createLab(engine: LabEngine, decodeOnPage: DecodeOnPage): Lab {
  const sounds = new Map<number, HeldSound>();
  let last = 0;
  const held = (id: number): HeldSound => {
    const sound = sounds.get(id);
    if (!sound) throw new Error(`the lab holds no sound ${id}`);
    return sound;
  };
  const keep = (sound: HeldSound): LabSound => {
    sounds.set(++last, sound);
    return { id: last, seconds: sound.samples.length / sound.sampleRate };
  };
  const mixer = new Mixer(held);

  return {
    load: async (file, tell) => keep(await decodeSong(file, decodeOnPage, tell)),
    async hold({ samples, sampleRate }) {
      return keep({ samples: Int16Array.from(samples, asInteger), sampleRate });
    },
    async drop(id) {
      sounds.delete(id);
    },
    async examine(mix, signal) {
      const clip = mixer.clipOf(mix);
      return { clip, examination: await engine.examine(clip, {}, signal) };
    },
    curve: (kind, mix, tracks, tell, signal) => drawCurve({ mixer, engine, signal }, kind, mix, tracks, tell),
    trial: (songs, options, tell, signal) =>
      runTrial({ engine, tell, signal, read: (file) => floats(file, decodeOnPage) }, songs, options),
  };
}

async function floats(file: File, decodeOnPage: DecodeOnPage): Promise<Pcm> {
  const { samples, sampleRate } = await decodeSong(file, decodeOnPage);
  return { samples: Float32Array.from(samples, (sample) => sample / 32768), sampleRate };
}

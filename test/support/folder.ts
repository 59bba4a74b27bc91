import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Pcm } from '../../src/types.ts';
import { wav } from './recording.ts';

/** A temporary folder; call `remove` in `afterAll`. */
export function temporaryFolder() {
  const path = mkdtempSync(join(tmpdir(), 'entendu-test-'));
  return {
    path,
    /** Path of a file in it. */
    at: (name: string) => join(path, name),
    write(name: string, bytes: Uint8Array | string): string {
      mkdirSync(dirname(join(path, name)), { recursive: true });
      writeFileSync(join(path, name), bytes);
      return join(path, name);
    },
    sound(name: string, { samples, sampleRate }: Pcm): string {
      return this.write(name, wav(samples, sampleRate));
    },
    remove: () => rmSync(path, { recursive: true, force: true }),
  };
}

export function stretchOf({ samples, sampleRate }: Pcm, from: number, seconds: number): Pcm {
  return { samples: samples.slice(from * sampleRate, (from + seconds) * sampleRate), sampleRate };
}

export function joined(...sounds: Pcm[]): Pcm {
  const samples = new Float32Array(sounds.reduce((sum, sound) => sum + sound.samples.length, 0));
  let filled = 0;
  for (const sound of sounds) {
    samples.set(sound.samples, filled);
    filled += sound.samples.length;
  }
  return { samples, sampleRate: sounds[0].sampleRate };
}

/**
 * Real tracks for the library's benchmark, from a folder of music (`ffmpeg` reads it), else composed; and a clip of each, as
 * a phone hears it in a room with people who talk.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { overTheAir } from '../../src/accuracy/spoil/room.ts';
import { kernelBytes } from '../../src/kernel/bytes.node.ts';
import { FRAMES_PER_SECOND, KERNEL_FORMAT, PRINT_RANK } from '../../src/kernel/format.ts';
import { compileKernel, KernelStream } from '../../src/kernel/kernel.ts';
import { packPrint, printOf } from '../../src/library/prints/pack-print.ts';
import type { Pcm } from '../../src/types.ts';
import { music } from '../support/music.ts';
import { random } from '../support/random.ts';
import { CLIP_SECONDS, type Material } from './library-trial.ts';

const RATE = 22_050;
const MOST = 160;

/** Any sound file, by ffmpeg. */
export function decoded(path: string): Pcm {
  const raw = execFileSync('ffmpeg', ['-v', 'error', '-i', path, '-ac', '1', '-ar', `${RATE}`, '-f', 'f32le', '-'], {
    maxBuffer: 2 ** 30,
  });
  return { samples: new Float32Array(raw.buffer.slice(raw.byteOffset, raw.byteOffset + raw.length)), sampleRate: RATE };
}

/** With `kept`, a file, it is made once and then read from there: decoding takes minutes. */
export async function material(folder?: string, kept?: string): Promise<Material> {
  if (kept && existsSync(kept)) return deserialize(readFileSync(kept));
  const made = await make(folder);
  if (kept) writeFileSync(kept, serialize(made));
  return made;
}

async function make(folder?: string): Promise<Material> {
  const kernel = Uint8Array.from(kernelBytes());
  const module = await compileKernel(kernel);
  const files = folder && readdirSync(folder).sort().slice(0, MOST);
  const sounds = files
    ? files.map((name) => () => decoded(join(folder, name)))
    : Array.from({ length: 24 }, (_, i) => () => music(60, RATE, i + 1));
  const next = random(1);
  const prints: Uint8Array[] = [];
  const clips: Material['clips'] = [];
  for (const [track, sound] of sounds.entries()) {
    const { samples } = sound();
    const stream = new KernelStream(module, { sampleRate: RATE, maxRank: PRINT_RANK });
    stream.push(samples);
    stream.finish();
    prints.push(
      packPrint(printOf(stream.takePeaks(), Math.ceil((samples.length / RATE) * FRAMES_PER_SECOND), KERNEL_FORMAT)),
    );
    const length = CLIP_SECONDS * RATE;
    if (samples.length <= length) continue;
    const start = Math.floor(next() * (samples.length - length));
    clips.push({ track, sampleRate: RATE, samples: overTheAir(samples.slice(start, start + length), RATE, next) });
  }
  return { kernel, prints, clips };
}

/** Distortions by the program ffmpeg: low bit rates, and another tempo or pitch without the other. */
import { type SpawnSyncOptions, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Codec } from './conditions.ts';
import { SPARE_SECONDS } from './spoil.ts';

const encoders: Record<Codec, { suffix: string; args: string[] }> = {
  'mp3-64': { suffix: '.mp3', args: ['-c:a', 'libmp3lame', '-b:a', '64k'] },
  opus16: { suffix: '.ogg', args: ['-c:a', 'libopus', '-b:a', '16k'] },
};

/** A clip takes it a fraction of a second. */
const bounded: SpawnSyncOptions = { timeout: 60_000, killSignal: 'SIGKILL' };

export function through(codec: Codec, sound: Float32Array, sampleRate: number): Float32Array {
  const folder = mkdtempSync(join(tmpdir(), 'entendu-'));
  try {
    const file = join(folder, `clip${encoders[codec].suffix}`);
    const raw = ['-f', 'f32le', '-ar', `${sampleRate}`, '-ac', '1'];
    const bytes = new Uint8Array(sound.buffer, sound.byteOffset, sound.byteLength);
    ffmpeg([...raw, '-i', '-', ...encoders[codec].args, file], bytes);
    const decoded = ffmpeg(['-i', file, ...raw, '-']);
    const samples = new Float32Array(sound.length);
    samples.set(new Float32Array(Uint8Array.from(decoded).buffer, 0, decoded.length >> 2).subarray(0, sound.length));
    return samples;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Plays the sound at another tempo, higher or lower by `pitch`, without shifting the clip's beginning. */
export function stretched(sound: Float32Array, sampleRate: number, tempo: number, pitch: number): Float32Array {
  const raw = ['-f', 'f32le', '-ar', `${sampleRate}`, '-ac', '1'];
  const higher = `asetrate=${Math.round(sampleRate * pitch)},aresample=${sampleRate}`;
  const bytes = new Uint8Array(sound.buffer, sound.byteOffset, sound.byteLength);
  const out = ffmpeg([...raw, '-i', '-', '-af', `${higher},atempo=${tempo / pitch}`, ...raw, '-'], bytes);
  const played = new Float32Array(Uint8Array.from(out).buffer, 0, out.length >> 2);
  const late = Math.round(SPARE_SECONDS * sampleRate * (1 / tempo - 1));
  return sound.map((_, i) => played[i + late] ?? 0);
}

function ffmpeg(args: string[], input?: Uint8Array): Uint8Array {
  const options = { ...bounded, input, maxBuffer: 2 ** 28 };
  const { status, stdout, stderr, error } = spawnSync('ffmpeg', ['-v', 'error', '-y', ...args], options);
  if (status !== 0) throw new Error(`ffmpeg failed: ${error?.message ?? stderr}`);
  return stdout as Buffer;
}

/** Sound by way of the program ffmpeg, where it is installed: for what nothing else here can decode. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { UserError } from '../errors.ts';
import type { Pcm } from '../types.ts';
import { readSound } from './raw-sound.ts';

let presence: Promise<boolean> | undefined;

/** Whether there is an ffmpeg; asked once. */
export function hasFfmpeg(): Promise<boolean> {
  presence ??= new Promise((resolve) => {
    const asked = spawn('ffmpeg', ['-version'], { stdio: 'ignore' });
    asked.on('error', () => resolve(false));
    asked.on('exit', (status) => resolve(status === 0));
  });
  return presence;
}

/**
 * Only files: a playlist must not make it fetch anything from elsewhere. Sixteen bits are enough for finding peaks, and half
 * as much to carry.
 */
const decoding = (path: string) =>
  ['-v', 'error', '-nostdin', '-protocol_whitelist', 'file', '-i', `file:${path}`].concat([
    '-map',
    '0:a:0',
    '-c:a',
    'pcm_s16le',
    '-f',
    'wav',
    '-bitexact',
    'pipe:1',
  ]);

export async function* ffmpegBlocks(path: string): AsyncGenerator<Pcm, void> {
  const ffmpeg = spawn('ffmpeg', decoding(path), { stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = once(ffmpeg, 'close');
  let complaint = '';
  ffmpeg.stderr.setEncoding('utf8').on('data', (words: string) => {
    complaint = (complaint + words).slice(0, 2000);
  });
  try {
    const { sampleRate, blocks } = await readSound(ffmpeg.stdout);
    for await (const samples of blocks) yield { samples, sampleRate };
  } catch (error) {
    throw new UserError('FileDamaged', 'Its sound cannot be decoded.', { cause: complaint || error });
  } finally {
    ffmpeg.kill();
    await ended;
  }
}

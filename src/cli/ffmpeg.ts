/** Sound by way of the program ffmpeg, where it is installed: for what nothing else here can decode. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { UserError } from '../errors.ts';
import type { Pcm } from '../types.ts';
import { readSound } from './raw-sound.ts';

let presence: boolean | undefined;

/** Whether there is an ffmpeg; looked for once, where the system would look. Running it to see would take a sixth of a second. */
export function hasFfmpeg(): boolean {
  const name = process.platform === 'win32' ? 'ffmpeg.exe' : 'ffmpeg';
  presence ??= (process.env.PATH ?? '').split(delimiter).some((folder) => canRun(join(folder, name)));
  return presence;
}

function canRun(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * Only files: a playlist must not make it fetch anything from elsewhere. Sixteen bits are enough for finding peaks, and half
 * as much to carry; in large pieces, not packet by packet, carrying takes half the time.
 */
const decoding = (path: string) => [
  ...'-v error -nostdin -protocol_whitelist file -i'.split(' '),
  `file:${path}`,
  ...'-map 0:a:0 -c:a pcm_s16le -flush_packets 0 -f wav -bitexact pipe:1'.split(' '),
];

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

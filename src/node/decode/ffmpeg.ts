/** Decodes sound with the program ffmpeg, if it is installed, for files that nothing else can decode. */
import type { ChildProcess } from 'node:child_process';
import { accessSync, closeSync, constants, openSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { PATIENCE_SECONDS, type Patience, patiently } from '../../audio/patience.ts';
import { UserError } from '../../errors.ts';
import type { Pcm } from '../../types.ts';
import { startProgram } from '../system/child-programs.ts';
import { systemPath } from '../system/system-path.ts';
import { readSound } from './raw-sound.ts';

/** A killed process ends at once, unless the system itself hangs. */
const LEAVE_MS = 500;

let presence: boolean | undefined;

/** Whether ffmpeg is installed; searched for once in PATH, because running it would take a sixth of a second. */
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
 * Containers that ffmpeg may read. Playlists and scripts (hls, concat, dash, sdp, lavfi) are missing, because they refer to other
 * files and addresses.
 */
export const CONTAINERS = [
  ...'aac ac3 aiff amr amrnb amrwb ape apm asf au avi caf dff dsf dts dtshd eac3 flac flv g722 gsm iff latm loas'.split(
    ' ',
  ),
  ...'matroska mov mp3 mpc mpc8 mpeg mpegts mpegvideo ogg oma rm shn sox tak truehd tta voc w64 wav wv wtv xa xwma'.split(
    ' ',
  ),
].join(',');

/**
 * Sixteen bits are enough for finding peaks and halve the data to transfer. Large writes instead of packets halve the transfer time.
 */
export const OUTPUT = '-map 0:a:0 -c:a pcm_s16le -flush_packets 0 -f wav -bitexact pipe:1'.split(' ');

/** Only the file protocol is allowed, so that the content of a file cannot make ffmpeg fetch anything. */
const decoding = (path: string) => [
  ...`-v error -nostdin -protocol_whitelist file -format_whitelist ${CONTAINERS} -i`.split(' '),
  `file:${path}`,
  ...OUTPUT,
];

export type Ffmpeg = ChildProcess & { stdout: Readable; stderr: Readable };

/** It may be silent for a while when it looks through a large file. When the signal aborts, ffmpeg is ended. */
export async function* ffmpegBlocks(
  path: string,
  patience: Patience = {},
  signal?: AbortSignal,
): AsyncGenerator<Pcm, void> {
  const ffmpeg = startFfmpeg(path);
  const end = () => ffmpeg.kill('SIGKILL');
  if (signal?.aborted) end();
  signal?.addEventListener('abort', end, { once: true });
  try {
    yield* decodedBy(ffmpeg, patience);
  } finally {
    signal?.removeEventListener('abort', end);
  }
}

/** What it writes, until it ends or is silent for too long. It is ended in any case. */
export async function* decodedBy(
  ffmpeg: Ffmpeg,
  { seconds = PATIENCE_SECONDS, waiting }: Patience,
): AsyncGenerator<Pcm, void> {
  const { stdout, stderr } = ffmpeg;
  const fault = () =>
    new UserError('FileUnreadable', `ffmpeg produced nothing for ${seconds} seconds and was stopped.`);
  const ended = new Promise((resolve) => ffmpeg.once('exit', resolve).once('error', resolve));
  let complaint = '';
  stderr.setEncoding('utf8').on('data', (words: string) => {
    complaint = (complaint + words).slice(0, 2000);
  });
  try {
    const { sampleRate, blocks } = await readSound(patiently<Uint8Array>(stdout, { seconds, fault, waiting }));
    for await (const samples of blocks) yield { samples, sampleRate };
  } catch (error) {
    if (error instanceof UserError && error.name === 'FileUnreadable') throw error;
    throw new UserError('FileDamaged', 'Its sound cannot be decoded.', { cause: complaint || error });
  } finally {
    ffmpeg.kill('SIGKILL');
    // Unread output would keep its pipes open, so the process would never be reported as closed.
    stdout.destroy();
    stderr.destroy();
    await Promise.race([ended, delay(LEAVE_MS, undefined, { ref: false })]);
  }
}

function startFfmpeg(path: string): Ffmpeg {
  const real = systemPath(path);
  // A name that is not UTF-8 cannot be passed as an argument, so the open file is passed.
  const file = typeof real === 'string' ? undefined : openSync(real, 'r');
  try {
    const words = decoding(file === undefined ? path : '/dev/fd/3');
    const stdio = ['ignore', 'pipe', 'pipe', ...(file === undefined ? [] : [file])] as const;
    const ffmpeg = startProgram('ffmpeg', words, { stdio: [...stdio] });
    return ffmpeg as Ffmpeg;
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

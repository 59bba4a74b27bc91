/** Opens the sound of a file in Node. Beyond `audio/decode.ts`, the package `@mediabunny/server` or the program ffmpeg may decode it. */
import { openAsBlob } from 'node:fs';
import { access, constants, stat } from 'node:fs/promises';
import { believed } from '../../audio/claimed-length.ts';
import { openSound } from '../../audio/decode.ts';
import { hearable } from '../../audio/rates.ts';
import type { LastResort } from '../../audio/sound-file.ts';
import { UserError } from '../../errors.ts';
import type { Pcm } from '../../types.ts';
import { notAFile, oddKind } from '../system/system-error.ts';
import { systemPath } from '../system/system-path.ts';
import { openerOnThread } from './decode-on-thread.ts';
import { ffmpegBlocks, hasFfmpeg } from './ffmpeg.ts';
import type { SoundStream } from './raw-sound.ts';

/** Not a literal in `import`, as the package may be missing. */
const SERVER = '@mediabunny/server';

let registered: Promise<void> | undefined;

/** Registers decoders with mediabunny, if they are installed. */
function registerDecoders(): Promise<void> {
  registered ??= import(/* @vite-ignore */ SERVER).then(
    (server: { registerMediabunnyServer(): void }) => server.registerMediabunnyServer(),
    () => {},
  );
  return registered;
}

/** The file as browsers have it. Only plain files are opened: a read from a named pipe could wait forever. */
export async function fileAt(path: string): Promise<Blob> {
  const file = systemPath(path);
  await access(file, constants.R_OK);
  const odd = oddKind(await stat(file));
  if (odd) throw new UserError('FileUnreadable', notAFile(odd));
  return openAsBlob(file);
}

/** A file with what `audio/decode.ts` needs for it; `waiting` is called now and then while ffmpeg takes long. */
export async function sourceAt(
  path: string,
  waiting?: () => void,
  signal?: AbortSignal,
): Promise<{ content: Blob; lastResort?: LastResort }> {
  const content = await fileAt(path);
  await registerDecoders();
  return { content, lastResort: hasFfmpeg() ? () => ffmpegBlocks(path, { waiting }, signal) : undefined };
}

/** Throws a fault of decoding, with what a person can do about it here. */
export function withAdvice(error: Error): never {
  if (error.name !== 'CodecMissing') throw error;
  throw new UserError('CodecMissing', `${error.message} Install ffmpeg, or the package ${SERVER}, and try again.`);
}

/** The sound of a file as a stream with a constant sample rate, until its end or until the signal aborts. */
export async function openSoundStream(path: string, signal?: AbortSignal, waiting?: () => void): Promise<SoundStream> {
  const { content, lastResort } = await sourceAt(path, waiting, signal);
  const compressed = openerOnThread(path, signal);
  const file = await openSound(content, { lastResort, compressed, patience: { waiting } }).catch(withAdvice);
  const blocks = hearable(file.blocks());
  async function* samples(first: Pcm) {
    try {
      yield first.samples;
      for await (const { samples } of blocks) {
        if (signal?.aborted) return;
        yield samples;
      }
    } catch (error) {
      if (!signal?.aborted) throw error; // otherwise its decoder was ended
    } finally {
      file.close();
    }
  }
  try {
    const { value: first } = await blocks.next();
    if (!first) throw new UserError('TooShort', 'There is no sound in it.');
    return { sampleRate: first.sampleRate, seconds: believed(file.seconds, content.size), blocks: samples(first) };
  } catch (error) {
    file.close();
    signal?.throwIfAborted();
    throw error;
  }
}

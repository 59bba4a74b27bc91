/**
 * A file's sound in Node. WAV and AIFF are always read; the rest is decoded by the package `@mediabunny/server` if it is
 * installed, else by the program ffmpeg if there is one.
 */
import { openAsBlob } from 'node:fs';
import { access, constants } from 'node:fs/promises';
import { openSound } from '../audio/decode.ts';
import type { SoundFile } from '../audio/sound-file.ts';
import { UserError } from '../errors.ts';
import type { Pcm } from '../types.ts';
import { ffmpegBlocks, hasFfmpeg } from './ffmpeg.ts';
import type { SoundStream } from './raw-sound.ts';

/** Not a literal, as it may be missing both when this is compiled and when it runs. */
const SERVER = '@mediabunny/server';

let registered: Promise<void> | undefined;

/** Lends mediabunny decoders, where they are installed. */
function registerDecoders(): Promise<void> {
  registered ??= import(/* @vite-ignore */ SERVER).then(
    (server: { registerMediabunnyServer(): void }) => server.registerMediabunnyServer(),
    () => {},
  );
  return registered;
}

/** The file as browsers have it. */
export async function fileAt(path: string): Promise<Blob> {
  await access(path, constants.R_OK);
  return openAsBlob(path);
}

export async function openSoundFile(path: string): Promise<SoundFile> {
  const file = await fileAt(path);
  await registerDecoders();
  const otherwise = (await hasFfmpeg()) ? () => ffmpegBlocks(path) : undefined;
  try {
    return await openSound(file, otherwise);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    if (error.name === 'NotAudio' && otherwise) return { tags: async () => ({}), blocks: otherwise, close() {} };
    if (error.name !== 'CodecMissing') throw error;
    throw new UserError('CodecMissing', `${error.message} Install ffmpeg, or the package ${SERVER}, and try again.`);
  }
}

/** The sound of a file as a stream of one rate, until it ends or is stopped. */
export async function openSoundStream(path: string, signal?: AbortSignal): Promise<SoundStream> {
  const file = await openSoundFile(path);
  const blocks = file.blocks();
  const first = await blocks.next();
  if (first.done) throw new UserError('TooShort', 'There is no sound in it.');
  async function* samples(block: Pcm) {
    try {
      yield block.samples;
      for await (const { samples } of blocks) {
        if (signal?.aborted) return;
        yield samples;
      }
    } finally {
      file.close();
    }
  }
  return { sampleRate: first.value.sampleRate, seconds: file.seconds, blocks: samples(first.value) };
}

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

type Blocks = SoundFile['blocks'];

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
  const otherwise = hasFfmpeg() ? () => ffmpegBlocks(path) : undefined;
  try {
    const sound = await openSound(file, otherwise);
    return { ...sound, blocks: () => firstHeard(sound.blocks, otherwise) };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    if (error.name === 'CodecMissing') throw withAdvice(error);
    if (!(error.name === 'NotAudio' || error.name === 'FileDamaged') || !otherwise) throw error;
    // Of a kind that ffmpeg may know; if not, this is what was wrong with it.
    const fail = () => {
      throw error;
    };
    return { tags: async () => ({}), blocks: () => firstHeard(otherwise, fail), close() {} };
  }
}

const withAdvice = ({ name, message }: UserError) =>
  new UserError(name, `${message} Install ffmpeg, or the package ${SERVER}, and try again.`);

/** Another try with `otherwise`, if decoding fails before anything was heard. */
async function* firstHeard(blocks: Blocks, otherwise: Blocks | undefined): AsyncGenerator<Pcm, void> {
  let isHeard = false;
  try {
    for await (const block of blocks()) {
      isHeard = true;
      yield block;
    }
  } catch (error) {
    if (isHeard || !otherwise || !(error instanceof UserError && error.name === 'FileDamaged')) throw error;
    yield* otherwise();
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

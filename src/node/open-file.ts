/**
 * A file's sound in Node. WAV and AIFF are always read; the rest is decoded by the package `@mediabunny/server` if it is
 * installed, else by the program ffmpeg if there is one.
 */
import { openAsBlob } from 'node:fs';
import { access, constants, stat } from 'node:fs/promises';
import { openSound } from '../audio/decode.ts';
import { hearable } from '../audio/rates.ts';
import type { SoundFile } from '../audio/sound-file.ts';
import { UserError } from '../errors.ts';
import type { Pcm } from '../types.ts';
import { ffmpegBlocks, hasFfmpeg } from './ffmpeg.ts';
import type { SoundStream } from './raw-sound.ts';
import { notAFile, oddKind } from './system-error.ts';
import { systemPath } from './system-path.ts';

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

/** The file as browsers have it. What is no plain file is not opened: a named pipe would be waited for without end. */
export async function fileAt(path: string): Promise<Blob> {
  const file = systemPath(path);
  await access(file, constants.R_OK);
  const odd = oddKind(await stat(file));
  if (odd) throw new UserError('FileUnreadable', notAFile(odd));
  return openAsBlob(file);
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
  const blocks = hearable(file.blocks());
  async function* samples(first: Pcm) {
    try {
      yield first.samples;
      for await (const { samples } of blocks) {
        if (signal?.aborted) return;
        yield samples;
      }
    } finally {
      file.close();
    }
  }
  try {
    const { value: first } = await blocks.next();
    if (!first) throw new UserError('TooShort', 'There is no sound in it.');
    return { sampleRate: first.sampleRate, seconds: file.seconds, blocks: samples(first) };
  } catch (error) {
    file.close();
    throw error;
  }
}

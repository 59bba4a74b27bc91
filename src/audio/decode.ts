/**
 * Opens a file's sound. This is the only list of decoders, for learning and listening, in the browser and in Node:
 *
 * 1. WAV and AIFF are read by our own code.
 * 2. mediabunny demuxes all other files, and WebCodecs (in Node: `@mediabunny/server`) decodes.
 * 3. The last resort decodes what these cannot, or where they fail before any sound: the page's own decoder
 *    (`decode-on-page.ts`), in Node the program ffmpeg. Length and tags still come from step 2.
 *
 * Steps 1 and 2 stream: they need a few megabytes, however long the file is.
 */
import { type FaultName, UserError } from '../errors.ts';
import type { Pcm } from '../types.ts';
import { type FileBytes, type HeldFile, unreadable } from './file-bytes.ts';
import { isAiff, openAiff } from './formats/aiff.ts';
import { type CompressedFile, openCompressed } from './formats/compressed.ts';
import { isWav, openWav } from './formats/wav.ts';
import { inTime, type Patience, patiently } from './patience.ts';
import type { LastResort, SoundFile } from './sound-file.ts';

interface OpenOptions {
  lastResort?: LastResort;
  /** Leave out the decoders of step 2, which have failed with this file. */
  isTriedBefore?: boolean;
  /** Takes the place of step 2. */
  compressed?: () => Promise<CompressedFile>;
  /** For opening, and for each block. */
  patience?: Patience;
}

export async function openSound(file: Blob | HeldFile, options: OpenOptions = {}): Promise<SoundFile> {
  if (file.size === 0) await refuseEmpty(file);
  return (await openPlain(file)) ?? openOther(file, options);
}

/** A file that is gone has no length either. */
async function refuseEmpty(file: FileBytes): Promise<never> {
  await file.arrayBuffer().catch((error) => {
    throw unreadable(error);
  });
  throw new UserError('FileEmpty', 'The file is empty.');
}

async function openPlain(file: FileBytes): Promise<SoundFile | undefined> {
  if (await isWav(file)) return openWav(file);
  return (await isAiff(file)) ? openAiff(file) : undefined;
}

async function openOther(file: Blob | HeldFile, options: OpenOptions): Promise<SoundFile> {
  const { lastResort, isTriedBefore, patience, compressed } = options;
  const opening = compressed ? compressed() : openCompressed(file);
  try {
    const sound = await inTime(opening, patience);
    const { missing } = sound;
    if (missing && !lastResort) throw missing;
    const isLeftOut = missing !== undefined || (isTriedBefore && lastResort !== undefined);
    const first = isLeftOut ? undefined : () => patiently(sound.blocks(), patience);
    return { ...sound, blocks: () => inTurn(first, lastResort, missing) };
  } catch (error) {
    void opening.then((late) => late.close()).catch(() => {});
    if (!lastResort || !isWorthAnotherTry(error)) throw error;
    return { tags: async () => ({}), blocks: () => inTurn(undefined, lastResort, error), close() {} };
  }
}

const isWorthAnotherTry = (error: unknown): boolean =>
  (['NotAudio', 'FileDamaged'] satisfies FaultName[] as string[]).includes((error as Error).name);

/** The blocks of the first decoder, or of the last resort if there is no other or it fails before its first block. */
async function* inTurn(
  first: SoundFile['blocks'] | undefined,
  lastResort: LastResort | undefined,
  fault?: unknown,
): AsyncGenerator<Pcm, void> {
  let isHeard = false;
  let reason = fault;
  if (first)
    try {
      for await (const block of first()) {
        isHeard = true;
        yield block;
      }
      return;
    } catch (error) {
      if (isHeard || !lastResort || !isWorthAnotherTry(error)) throw error;
      reason = error;
    }
  try {
    yield* lastResort?.() ?? [];
  } catch (error) {
    throw telling(reason, error);
  }
}

/** Which of the two errors to report: that of the last resort, which knows more codecs and whether the file can be read at all. */
function telling(first: unknown, last: unknown): unknown {
  const isMore = (first as Error | undefined)?.name === 'CodecMissing' || (last as Error).name === 'FileUnreadable';
  return first === undefined || isMore ? last : first;
}

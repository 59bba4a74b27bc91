/**
 * A file in, its sound out. This is the one list of decoders, for learning and listening, in the browser and in Node:
 *
 * 1. WAV and AIFF are read by our own code.
 * 2. mediabunny takes all other files apart, and WebCodecs (in Node: `@mediabunny/server`) decodes.
 * 3. The last resort decodes what these cannot, or what they fail at before a sound was heard: the page's own decoder
 *    (`decode-on-page.ts`), in Node the program ffmpeg. Length and tags still come from the second step.
 *
 * The first two stream: they need a few megabytes, however long the file is.
 */
import { type FaultName, UserError } from '../errors.ts';
import type { Pcm } from '../types.ts';
import { type FileBytes, type HeldFile, unreadable } from './file-bytes.ts';
import { isAiff, openAiff } from './formats/aiff.ts';
import { openCompressed } from './formats/compressed.ts';
import { isWav, openWav } from './formats/wav.ts';
import { inTime, type Patience, patiently } from './patience.ts';
import type { LastResort, SoundFile } from './sound-file.ts';

export interface OpenOptions {
  lastResort?: LastResort;
  /** The decoders of step 2 failed with this file already. */
  isTriedBefore?: boolean;
  /** With each step of opening and decoding. */
  patience?: Patience;
}

export async function openSound(file: Blob | HeldFile, options: OpenOptions = {}): Promise<SoundFile> {
  if (file.size === 0) await refuseEmpty(file);
  return (await openPlain(file)) ?? openOther(file, options);
}

/** A file that was taken away has no length either. */
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
  const { lastResort, isTriedBefore, patience } = options;
  const opening = openCompressed(file);
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

/** The blocks of the first decoder; if it fails before it gave any, or there is none, those of the last resort. */
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

/** Which of two faults says more: the last resort knows more codecs, and whether the file can be read at all. */
function telling(first: unknown, last: unknown): unknown {
  const isMore = (first as Error | undefined)?.name === 'CodecMissing' || (last as Error).name === 'FileUnreadable';
  return first === undefined || isMore ? last : first;
}

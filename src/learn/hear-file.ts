/** Decodes a file and makes what the library keeps of it: print, tags, cover and lyrics. */
import { believed, leastOf } from '../audio/claimed-length.ts';
import { contentIdOf } from '../audio/content-id.ts';
import { openSound } from '../audio/decode.ts';
import { HeldFile, readBytes, unreadable } from '../audio/file-bytes.ts';
import type { LastResort } from '../audio/sound-file.ts';
import { presentable } from '../audio/tags.ts';
import type { Learnt, Track } from '../types.ts';
import { learnSound } from './print-sound.ts';
import { tellingProgress } from './telling-progress.ts';
import { thumbnailOf } from './thumbnail.ts';

/** A file to learn. */
export interface FileSource {
  name: string;
  content: Blob;
  lastResort?: LastResort;
}

export interface HearOptions {
  /** Learn only so much from the start. */
  limitSeconds?: number;
  /** An earlier try hung or crashed: leave out the decoders that it used. */
  isTriedBefore?: boolean;
  /** From a file beside it; these replace those in its tags. */
  lyrics?: string;
}

interface HearHost {
  kernel: Promise<WebAssembly.Module>;
  /** The track that these bytes were learnt as. */
  known(contentId: string): Promise<Track | undefined>;
  /** Awaited between blocks, to pause. */
  gate?(): Promise<void>;
  /** Called now and then while a decoder is waited for. */
  waiting?(): void;
}

interface HeardFile {
  learnt: Learnt;
  /** Only its beginning was decoded: the file is cut off, or decoding failed midway. */
  endsEarly?: 'cut' | 'broken';
}

/** Share of the work that is done, 0..1; how many times faster than playing it. */
export type TellShare = (share: number, factor?: number) => void;

/** Share of a file's work that reading its bytes takes. */
const READING_SHARE = 0.05;

/** Up to this size a file is kept in memory, so that it is read only once. */
const HELD_BYTES = 2 ** 25;

/** A file whose bytes are known is not decoded again. */
export async function hearFile(
  source: FileSource,
  host: HearHost,
  options: HearOptions,
  tell: TellShare,
): Promise<HeardFile | { known: Track }> {
  const content = await heldIfSmall(source.content);
  const contentId = await contentIdOf(content, (share) => tell(READING_SHARE * share));
  const known = await host.known(contentId);
  if (known) return { known };
  const tellHeard: TellShare = (share, factor) => tell(READING_SHARE + (1 - READING_SHARE) * share, factor);
  const hear = (how: HearOptions) => heardIn({ ...source, content, contentId }, host, how, tellHeard);
  const first = await hear(options);
  if (first.endsEarly !== 'broken' || !source.lastResort || options.isTriedBefore) return first;
  // Another decoder may get further.
  const second = await hear({ ...options, isTriedBefore: true }).catch(() => first);
  return second.learnt.learntSeconds > first.learnt.learntSeconds ? second : first;
}

/** The file in memory; itself when it is large. */
async function heldIfSmall(file: Blob): Promise<Blob | HeldFile> {
  // An empty one may be gone, which shows when it is opened.
  if (file.size === 0 || file.size > HELD_BYTES) return file;
  const bytes = await readBytes(file, 0, file.size);
  // It has become shorter: it is not the file that was chosen.
  if (bytes.length !== file.size) throw unreadable(`${bytes.length} of ${file.size} bytes`);
  return new HeldFile(bytes);
}

/** A file and its content id. */
interface Identified extends Omit<FileSource, 'content'> {
  content: Blob | HeldFile;
  contentId: string;
}

async function heardIn(
  { content, contentId, name: fileName, lastResort }: Identified,
  { kernel, gate, waiting }: HearHost,
  { limitSeconds, isTriedBefore, lyrics }: HearOptions,
  tell: TellShare,
): Promise<HeardFile> {
  const sound = await openSound(content, { lastResort, isTriedBefore, patience: { waiting } });
  try {
    const claimed = believed(sound.seconds, content.size) ?? 0;
    const telling = tellingProgress(Math.min(claimed || Infinity, limitSeconds ?? Infinity), tell);
    const { print, seconds, isBroken } = await learnSound(await kernel, sound.blocks(), limitSeconds, (now) => {
      telling(now);
      return gate?.();
    });
    const tags = await sound.tags();
    const isLimited = limitSeconds !== undefined && seconds >= limitSeconds - 0.1;
    const isShort = seconds < leastOf(claimed);
    const learnt: Learnt = {
      tags: presentable(tags, fileName),
      contentId,
      fileName,
      seconds: isShort ? claimed : seconds,
      learntSeconds: seconds,
      print,
      cover: tags.cover && (await thumbnailOf(tags.cover)),
    };
    const words = lyrics ?? tags.lyrics;
    if (words) learnt.lyrics = words;
    return { learnt, endsEarly: isBroken ? 'broken' : isShort && !isLimited ? 'cut' : undefined };
  } finally {
    sound.close();
  }
}

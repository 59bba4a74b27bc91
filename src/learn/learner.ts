/** Learns files, one at a time. In the browser it lives in a worker (`learn.worker.ts`), in Node where one likes. */
import { contentIdOf } from '../audio/content-id.ts';
import { openSound } from '../audio/decode.ts';
import { type Channels, lastResortOnPage } from '../audio/decode-on-page.ts';
import { HeldFile, readBytes, unreadable } from '../audio/file-bytes.ts';
import type { SoundFile } from '../audio/sound-file.ts';
import { presentable } from '../audio/tags.ts';
import type { Learnt } from '../types.ts';
import { learnSound } from './print-sound.ts';
import { thumbnailOf } from './thumbnail.ts';

export interface Task {
  fileName: string;
  contentId: string;
  /** Learn only so much from the start. */
  limitSeconds?: number;
}

export interface Heard {
  /** Share of what there is to hear, 0..1. */
  share: number;
  /** How many times faster than playing it. */
  factor: number;
}

export interface Outcome {
  learnt: Learnt;
  /** Only its beginning was learnt: the file is cut off, or decoding failed midway. */
  endsEarly?: 'cut' | 'broken';
}

export type DecodeOnPage = (file: Blob) => Promise<Channels>;

/** `F` is how its host holds a file. */
export interface Learner<F = Blob> {
  /** See `content-id.ts`; `read` is told the share that was read. */
  identify(file: F, read?: (share: number) => void): Promise<string>;
  /** `decodeOnPage` decodes what a worker cannot. */
  learn(file: F, task: Task, heard?: (heard: Heard) => void, decodeOnPage?: DecodeOnPage): Promise<Outcome>;
  /** While paused, it neither reads nor decodes. */
  pause(isPaused: boolean): Promise<void>;
}

/** Milliseconds from one word on the progress to the next. */
const TELL_EVERY_MS = 150;

/** No music is packed tighter than this; what a damaged file says about its length beyond that is not believed. */
const LEAST_BYTES_A_SECOND = 500;

/** What a file says of its length and what is heard may differ so much; beyond that it ended early. */
const slack = (seconds: number) => Math.max(1, seconds / 50);

/** Up to this size, a file is held in memory from when it is identified until it is learnt, so that it is read once. */
const HELD_BYTES = 2 ** 25;

export function createLearner(kernel: Promise<WebAssembly.Module>, openFile = openSound): Learner {
  let held: { contentId: string; file: HeldFile } | undefined;
  let gate = Promise.resolve();
  let open = () => {};

  async function outcomeOf(
    file: Blob,
    sound: Pick<SoundFile, 'tags' | 'blocks' | 'seconds'>,
    task: Task,
    heard: (heard: Heard) => void = () => {},
  ): Promise<Outcome> {
    const { contentId, fileName, limitSeconds } = task;
    const claimed = sound.seconds && sound.seconds * LEAST_BYTES_A_SECOND < file.size ? sound.seconds : 0;
    const expected = Math.min(claimed || Number.POSITIVE_INFINITY, limitSeconds ?? Number.POSITIVE_INFINITY);
    const tell = teller(expected, heard);
    const lesson = await learnSound(await kernel, sound.blocks(), limitSeconds, async (seconds) => {
      tell(seconds);
      await gate;
    });
    const tags = await sound.tags();
    const isLimited = limitSeconds !== undefined && lesson.seconds >= limitSeconds - 0.1;
    const isShort = claimed > lesson.seconds + slack(claimed);
    const learnt: Learnt = {
      tags: presentable(tags, fileName),
      contentId,
      fileName,
      seconds: isShort ? claimed : lesson.seconds,
      learntSeconds: lesson.seconds,
      print: lesson.print,
      cover: tags.cover && (await thumbnailOf(tags.cover)),
    };
    return { learnt, endsEarly: lesson.isBroken ? 'broken' : isShort && !isLimited ? 'cut' : undefined };
  }

  return {
    async identify(file, read) {
      held = undefined;
      // One without length may be gone; that shows when it is opened.
      if (file.size === 0 || file.size > HELD_BYTES) return contentIdOf(file, read);
      const whole = await holding(file);
      const contentId = await contentIdOf(whole, read);
      held = { contentId, file: whole };
      return contentId;
    },

    async learn(file, task, heard, decodeOnPage) {
      const content = held?.contentId === task.contentId ? held.file : file;
      held = undefined;
      const lastResort = decodeOnPage && lastResortOnPage(file, decodeOnPage);
      const listen = async (isTriedBefore: boolean) => {
        const sound = await openFile(content, { lastResort, isTriedBefore });
        try {
          return await outcomeOf(file, sound, task, heard);
        } finally {
          sound.close();
        }
      };
      const first = await listen(false);
      if (first.endsEarly !== 'broken' || !lastResort) return first;
      const second = await listen(true).catch(() => first);
      return second.learnt.learntSeconds > first.learnt.learntSeconds ? second : first;
    },

    async pause(isPaused) {
      open();
      if (isPaused) gate = new Promise((resolve) => (open = resolve));
    },
  };
}

async function holding(file: Blob): Promise<HeldFile> {
  const bytes = await readBytes(file, 0, file.size);
  // A file that became shorter meanwhile is not the file that was chosen.
  if (bytes.length !== file.size) throw unreadable(`${bytes.length} of ${file.size} bytes`);
  return new HeldFile(bytes);
}

/** Tells how far it is, now and then. */
function teller(expected: number, heard: (heard: Heard) => void): (seconds: number) => void {
  const started = performance.now();
  let told = started;
  return (seconds) => {
    const now = performance.now();
    if (now - told < TELL_EVERY_MS) return;
    told = now;
    const share = Number.isFinite(expected) ? Math.min(1, seconds / expected) : 0;
    heard({ share, factor: (1000 * seconds) / (now - started) });
  };
}

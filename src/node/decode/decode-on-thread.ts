/**
 * Decodes compressed files on a thread. The command line does so because a decoder that never returns would also keep the main thread
 * from handling Ctrl-C.
 */
import type { CompressedFile } from '../../audio/formats/compressed.ts';
import { inTime } from '../../audio/patience.ts';
import { UserError } from '../../errors.ts';
import type { Pcm } from '../../types.ts';
import { startThread } from '../start-thread.ts';
import type { ThreadDecoder } from './decode-thread.ts';

interface DecodeThread extends ReturnType<typeof startThread<ThreadDecoder, []>> {
  isEnded: boolean;
}

type AskDecoder = <T>(work: (decoder: ThreadDecoder) => Promise<T>) => Promise<T>;

let isOn = false;
/** Kept for the next file. */
let idle: DecodeThread | undefined;

/** Only for built programs, where the thread's program is a file of its own. */
export function decodeOnThreads(): void {
  isOn = true;
}

/** An idle thread would keep the process from ending. */
export function endDecoding(): void {
  void idle?.end();
  idle = undefined;
  isOn = false;
}

/** Opens a compressed file on a thread; undefined if this thread should do it itself. */
export function openerOnThread(path: string, signal?: AbortSignal): (() => Promise<CompressedFile>) | undefined {
  return isOn ? () => openOnThread(path, signal) : undefined;
}

/** When the signal aborts, the thread is ended. */
async function openOnThread(path: string, signal?: AbortSignal): Promise<CompressedFile> {
  const thread = idle ?? start();
  idle = undefined;
  const ask: AskDecoder = (work) => answerOf(thread, work);
  const stop = () => end(thread);
  if (signal?.aborted) stop();
  signal?.addEventListener('abort', stop, { once: true });
  const leave = () => {
    signal?.removeEventListener('abort', stop);
    release(thread);
  };
  try {
    const { seconds, missing } = await ask((decoder) => decoder.open(path));
    return {
      seconds,
      missing: missing === undefined ? undefined : new UserError('CodecMissing', missing),
      tags: async () => ({}), // only learning needs them, which is done on threads anyway
      blocks: () => blocksFrom(ask),
      close: () => void closed(thread, ask).then(leave),
    };
  } catch (error) {
    leave();
    throw error;
  }
}

function start(): DecodeThread {
  const thread = startThread<ThreadDecoder, []>(new URL('./decode-thread.js', import.meta.url), []);
  return { ...thread, isEnded: false };
}

/** A thread that is stuck or has crashed is not used again. */
async function answerOf<T>(thread: DecodeThread, work: (decoder: ThreadDecoder) => Promise<T>): Promise<T> {
  const given = thread.remote.then(work);
  const crashed = thread.crashed.then((): never => {
    throw ended('its decoder crashed');
  });
  const ended = (what: string) => {
    end(thread);
    return new UserError('FileDamaged', `The file is damaged: ${what}.`);
  };
  given.catch(() => {}); // it may be lost later than the thread
  return inTime(Promise.race([given, crashed]), { fault: () => ended('decoding it does not come to an end') });
}

async function* blocksFrom(ask: AskDecoder): AsyncGenerator<Pcm, void> {
  for (;;) {
    const block = await ask((decoder) => decoder.next());
    if (!block) return;
    yield block;
  }
}

async function closed(thread: DecodeThread, ask: AskDecoder): Promise<void> {
  if (!thread.isEnded) await ask((decoder) => decoder.close()).catch(() => {}); // the sound has been taken
}

function end(thread: DecodeThread): void {
  thread.isEnded = true;
  void thread.end();
}

function release(thread: DecodeThread): void {
  if (thread.isEnded) return;
  if (idle || !isOn) end(thread);
  else idle = thread;
}

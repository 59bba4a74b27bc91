/** Decodes one file after the other on a thread of its own; `decode-on-thread.ts` starts it. */
import { transfer } from 'comlink';
import { openCompressed } from '../../audio/formats/compressed.ts';
import type { Pcm } from '../../types.ts';
import { serveThread } from '../start-thread.ts';
import { sourceAt } from './open-file.ts';

/** The interface of the thread. All calls concern the file that was opened last. */
export interface ThreadDecoder {
  open(path: string): Promise<{ seconds?: number; missing?: string }>;
  /** About a second of sound; undefined at the end. */
  next(): Promise<Pcm | undefined>;
  close(): Promise<void>;
}

let file: Awaited<ReturnType<typeof openCompressed>> | undefined;
let blocks: AsyncGenerator<Pcm, void> | undefined;

/** Few large messages: one for each packet of an MP3 would take longer than decoding it. */
async function about1Second(): Promise<Pcm | undefined> {
  const parts: Float32Array[] = [];
  let length = 0;
  let sampleRate = 0;
  while (blocks && (length === 0 || length < sampleRate)) {
    const { value } = await blocks.next();
    if (!value) break;
    sampleRate = value.sampleRate;
    length += value.samples.length;
    parts.push(value.samples);
  }
  if (parts.length === 0) return undefined;
  const samples = new Float32Array(length);
  let filled = 0;
  for (const part of parts) {
    samples.set(part, filled);
    filled += part.length;
  }
  return transfer({ samples, sampleRate }, [samples.buffer]);
}

serveThread((): ThreadDecoder => {
  return {
    async open(path) {
      file = await openCompressed((await sourceAt(path)).content);
      blocks = file.blocks();
      return { seconds: file.seconds, missing: file.missing?.message };
    },
    next: about1Second,
    async close() {
      await blocks?.return();
      file?.close();
    },
  };
});

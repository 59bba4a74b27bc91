/** A file's sound, decoded in a worker: long recordings must not keep the page busy. */
import { wrap } from 'comlink';
import { install } from '../../engine/bridge/crossing.ts';
import { decodeForWorker } from '../../learn/start-learner.ts';
import type { Pcm } from '../../types.ts';
import type { OpenSound, RemoteSound } from './sound.worker.ts';

export interface WorkerSound {
  /** As the file claims. */
  seconds?: number;
  /** Mono, at a rate that the kernel takes. */
  blocks(): AsyncIterable<Pcm>;
  /** Ends decoding. */
  close(): void;
}

export async function openInWorker(file: File): Promise<WorkerSound> {
  install();
  const worker = new Worker(new URL('./sound.worker.ts', import.meta.url), { type: 'module', name: 'sound' });
  const crashed = new Promise<never>((_, reject) => {
    worker.onerror = (event) => reject(event.error ?? new Error(event.message));
  });
  const close = () => worker.terminate();
  try {
    const opening = wrap<OpenSound>(worker)(file, decodeForWorker);
    // Every method returns a promise already, so the proxy has the same type.
    const sound = (await Promise.race([opening, crashed])) as unknown as RemoteSound;
    return { seconds: await sound.seconds(), blocks: () => partsOf(sound), close };
  } catch (error) {
    close();
    throw error;
  }
}

/** While one part is analysed, the next is decoded. */
async function* partsOf(sound: RemoteSound): AsyncGenerator<Pcm> {
  let next = sound.next();
  for (let part = await next; part; part = await next) {
    next = sound.next();
    next.catch(() => {}); // thrown when it is waited for
    yield part;
  }
}

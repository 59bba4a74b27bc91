/**
 * `entendu/web`: recognises music on any web page, in workers of the page and without a server.
 *
 *     const recognizer = createRecognizer({ library: 'my-shop' });
 *     await recognizer.add(file);
 *     for await (const { match } of recognizer.listen()) {
 *       if (match) break;                              // ends listening
 *     }
 *
 * Errors have a `name` of `FaultName` and a sentence as their message.
 */
import { wrap } from 'comlink';
import type {
  AnalyseProgress,
  Engine,
  Heard,
  ListenOptions,
  RecognizeOptions,
  Session,
  TrackPage,
  TrackQuery,
} from '../engine/api.ts';
import { install } from '../engine/bridge/crossing.ts';
import { endWithPage } from '../engine/bridge/end-with-page.ts';
import { UserError } from '../errors.ts';
import type { LearnResult } from '../learn/learner.ts';
import type { Pcm, Recognition, TrackId } from '../types.ts';
import { hear, type SoundSource } from './hear.ts';
import type { FileLearner, FileOptions } from './learn-files.ts';

export type * from '../engine/api.ts';
export type { Fault, FaultName } from '../errors.ts';
export type * from '../types.ts';
export type { LearnResult, SoundSource };

export interface RecognizerOptions {
  /**
   * `'name'`: a library in this browser, kept under this name (default `'entendu'`). `'memory'`: one that is gone with the page.
   * `{ bundle }`: one in memory that holds the bundle at this address, which is fetched at once.
   */
  library?: string | { bundle: string | URL };
  /**
   * Address of a published catalogue. It is kept in this browser, in a library of its own unless `library` names one, and works offline
   * afterwards. What is missing is fetched at once, and news when the page is opened a day later or more.
   */
  catalogue?: string | URL;
}

export interface Recognizer {
  /**
   * The catalogue is here: at once, if it was before. Until then `listen` knows only the songs that have come, and all other calls wait.
   * Rejects if it could not be fetched; the next page view goes on from there.
   */
  readonly ready: Promise<void>;
  /** Learns a file. Known bytes and similar recordings are not added again. */
  add(file: Blob, options?: FileOptions): Promise<LearnResult>;
  /** What a clip is: up to about ten seconds of sound. */
  recognize(
    sound: Blob | AudioBuffer | Pcm,
    options?: RecognizeOptions & { signal?: AbortSignal },
  ): Promise<Recognition>;
  /** Listens until the loop is left, the signal aborts or the source ends. By default a state comes four times a second. */
  listen(options?: ListenOptions & { source?: SoundSource; signal?: AbortSignal }): AsyncIterableIterator<Heard>;
  /** Every track of a recording, from where to where. */
  tracklist(
    recording: Blob,
    options?: { signal?: AbortSignal; progress?(progress: AnalyseProgress): void },
  ): Promise<Session | undefined>;
  tracks(query?: TrackQuery): Promise<TrackPage>;
  remove(ids: TrackId[]): Promise<void>;
  importBundle(bundle: Blob, options?: { signal?: AbortSignal }): Promise<{ added: number; known: number }>;
  exportBundle(): Promise<Blob>;
  /** Ends the workers. */
  close(): Promise<void>;
}

export function createRecognizer({ catalogue, library = defaultName(catalogue) }: RecognizerOptions = {}): Recognizer {
  install();
  const name = typeof library === 'string' && library !== 'memory' ? library : '';
  const worker = new Worker(new URL('./web-engine.worker.ts', import.meta.url), { type: 'module', name });
  // All methods of Engine return promises, so the remote has the same type.
  const remote = wrap<Engine>(worker) as unknown as Engine;
  const stopping = new AbortController();
  if (name) endWithPage(worker, stopping.signal);
  const opened =
    typeof library === 'object'
      ? withBundle(remote, library.bundle)
      : catalogue === undefined
        ? Promise.resolve(remote)
        : subscribing().then(({ withCatalogue }) =>
            withCatalogue(remote, new URL(catalogue, document.baseURI).href, stopping.signal),
          );
  opened.catch(() => {}); // every call reports it
  const ready = opened.then(() => {});
  ready.catch(() => {});
  let learner: Promise<FileLearner> | undefined;
  const startLearner = async () => new (await import('./learn-files.ts')).FileLearner(await opened);

  return {
    ready,
    async add(file, options) {
      learner ??= startLearner();
      return (await learner).learn(file, options);
    },
    async recognize(sound, { signal, ...options } = {}) {
      const pcm = 'samples' in sound ? sound : await (await decoding()).clipOf(sound);
      return (await opened).recognize(pcm, options, signal);
    },
    async *listen({ source = 'microphone', signal, ...options } = {}) {
      const states = hear(catalogue === undefined ? await opened : remote, source, options, signal);
      yield* catalogue === undefined ? states : (await subscribing()).patient(states, ready);
    },
    async tracklist(recording, options) {
      return (await decoding()).analyseFile(await opened, recording, options);
    },
    tracks: async (query = {}) => (await opened).tracks(query),
    remove: async (ids) => (await opened).remove(ids),
    importBundle: async (bundle, { signal } = {}) => (await opened).importBundle(bundle, 'merge', undefined, signal),
    async exportBundle() {
      const parts: Uint8Array<ArrayBuffer>[] = [];
      await (await opened).exportBundle({}, async (bytes) => void parts.push(bytes as Uint8Array<ArrayBuffer>));
      return new Blob(parts, { type: 'application/x-entendu' });
    },
    async close() {
      stopping.abort();
      if (learner) await (await learner).close();
      await opened.catch(() => {});
      await remote.close().catch(() => {}); // it never opened
      worker.terminate();
    },
  };
}

/** Loaded when a file is to be read: listening does not wait for it. */
const decoding = () => import('./sound-of-files.ts');

/** Loaded for catalogues only. */
const subscribing = () => import('./catalogue-library.ts');

const defaultName = (catalogue?: string | URL) =>
  catalogue === undefined ? 'entendu' : `catalogue ${new URL(catalogue, document.baseURI).href}`;

async function withBundle(engine: Engine, address: string | URL): Promise<Engine> {
  const answer = await fetch(address).catch((error) => {
    throw new UserError('AddressUnreachable', `There is no answer from ${address}.`, { cause: error });
  });
  if (!answer.ok) throw new UserError('AddressUnreachable', `${address} answers with ${answer.status}.`);
  await engine.importBundle(await answer.blob(), 'merge');
  return engine;
}

/** The engine itself: each method does what `api.ts` says, or has one of its parts do it. */
import type { Catalogues } from '../catalogue/catalogue-model.ts';
import type { Library } from '../library/library.ts';
import type { Index } from '../match/index-view.ts';
import type { SessionHost } from '../sessions/session-store.ts';
import type { Learnt, Pcm, Recognition, Tags, TrackId } from '../types.ts';
import type {
  Added,
  AnalyseOptions,
  AnalyseProgress,
  Analysing,
  Engine,
  EngineChange,
  Heard,
  Listening,
  ListenOptions,
  RecognizeOptions,
  TrackEdit,
  TrackQuery,
} from './api.ts';
import { analyse } from './clips/analyse.ts';
import { ClipRecognizer } from './clips/clip-recognizer.ts';
import { LazyRefusals } from './lazy-refusals.ts';
import { indexOf } from './library-index.ts';
import type { SearchThreadHost, SearchThreads } from './search-threads/search-threads.ts';
import type { SeldomHost } from './seldom-used.ts';
import { KeptSessions } from './sessions/kept-sessions.ts';
import { RunningSessions } from './sessions/running-sessions.ts';

export interface EngineHost {
  kernel: WebAssembly.Module;
  /** The history of an earlier version of the app. */
  earlierSessions?: SessionHost['earlier'];
  /** Loaded with the first search of a whole library. */
  searchThreads?: () => Promise<SearchThreadHost>;
}

type Elsewhere = 'sessions' | 'catalogues' | keyof typeof import('./seldom-used.ts');

export class LocalEngine implements Omit<Engine, Elsewhere> {
  private readonly kernel: WebAssembly.Module;
  private readonly refusals: LazyRefusals;
  /** The library as matching sees it. */
  private readonly index: Index;
  private readonly recognizer: ClipRecognizer;
  private readonly running: RunningSessions;
  private subscribed: Promise<Catalogues> | undefined;
  private threads: Promise<SearchThreads> | undefined;
  /** The stored sessions. */
  readonly kept: KeptSessions;
  /** What `seldom-used.ts` needs. */
  readonly host: SeldomHost;

  constructor(
    private readonly library: Library,
    { kernel, earlierSessions, searchThreads }: EngineHost,
  ) {
    this.kernel = kernel;
    const refusals = new LazyRefusals(library);
    const kept = new KeptSessions(library, earlierSessions);
    const index: Index = {
      ...indexOf(library, () => refusals.known),
      ...(searchThreads && { elsewhere: async (tracks) => (await this.openThreads(searchThreads)).elsewhere(tracks) }),
    };
    const recognizer = new ClipRecognizer(kernel, library, index, refusals);
    this.running = new RunningSessions({ kernel, library, index, refusals, recognizer, kept });
    this.host = {
      library,
      keptSessions: () => kept.open(),
      keptChanged: async () => {
        await kept.forget();
        await refusals.read();
      },
    };
    this.refusals = refusals;
    this.kept = kept;
    this.index = index;
    this.recognizer = recognizer;
  }

  private openThreads(host: () => Promise<SearchThreadHost>): Promise<SearchThreads> {
    this.threads ??= Promise.all([import('./search-threads/search-threads.ts'), host()]).then(
      ([{ SearchThreads }, threadHost]) => new SearchThreads(this.library, threadHost),
    );
    return this.threads;
  }

  /** The catalogues that this library subscribes to. */
  subscriptions(): Promise<Catalogues> {
    this.subscribed ??= import('../catalogue/subscriptions.ts').then(
      ({ Subscriptions }) => new Subscriptions(this.library),
    );
    return this.subscribed;
  }

  async add(learnt: Learnt, options?: { evenIfSimilar?: boolean }): Promise<Added> {
    const { addLearnt } = await import('./duplicates/add-learnt.ts');
    return addLearnt(this.library, learnt, options);
  }

  async status() {
    return this.library.status();
  }

  async tracks(query: TrackQuery) {
    return this.library.tracks(query);
  }

  trackIds(query: TrackQuery) {
    return this.library.idsOf(query);
  }

  async track(id: TrackId) {
    return this.library.track(id);
  }

  async known(contentId: string) {
    return this.library.known(contentId);
  }

  cover(id: TrackId) {
    return this.library.cover(id);
  }

  edit(id: TrackId, changes: Partial<Tags> & { enabled?: boolean }) {
    return this.library.edit(id, changes);
  }

  editMany(edits: TrackEdit[]) {
    return this.library.editMany(edits);
  }

  remove(ids: TrackId[]) {
    return this.library.remove(ids);
  }

  restore(ids: TrackId[]) {
    return this.library.restore(ids);
  }

  async watch(changed: (change: EngineChange) => void) {
    return this.library.watch(changed);
  }

  async close() {
    (await this.threads)?.close();
    return this.library.close();
  }

  async refuse(sound: Pcm, track: TrackId): Promise<number> {
    return this.refusals.add(analyse(this.kernel, sound), track);
  }

  async allow(refusal: number): Promise<void> {
    await this.refusals.remove(refusal);
  }

  listen(sampleRate: number, options: ListenOptions, heard: (heard: Heard) => void): Promise<Listening> {
    return this.running.listen(sampleRate, options, heard);
  }

  analyse(
    sampleRate: number,
    options: AnalyseOptions = {},
    progress: (progress: AnalyseProgress) => void = () => {},
  ): Promise<Analysing> {
    return this.running.analyse(sampleRate, options, progress);
  }

  /** Ends all sessions that are still open. */
  stopListening(): Promise<void> {
    return this.running.stop();
  }

  recognize(sound: Pcm, options: RecognizeOptions = {}, signal?: AbortSignal): Promise<Recognition> {
    return this.recognizer.recognize(sound, options, signal);
  }

  recognizePeaks(clip: Uint8Array, options: RecognizeOptions = {}, signal?: AbortSignal): Promise<Recognition> {
    return this.recognizer.recognizePeaks(clip, options, signal);
  }

  async examine(...args: Parameters<Engine['examine']>) {
    await this.refusals.ready;
    const { examineSound } = await import('./examine/examine-sound.ts');
    return examineSound(this.library, this.index, this.kernel, ...args);
  }
}

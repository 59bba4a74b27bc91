/** Implements the engine's interface with kernel, library and matching; the same in a worker and in Node. */

import type { Catalogues } from '../catalogue/catalogue-model.ts';
import { Gate } from '../library/gate.ts';
import type { OpenMirror } from '../library/index/pages/page-cache.ts';
import { type Library, openLibrary } from '../library/library.ts';
import { unpackPrint } from '../library/print.ts';
import type { OtherWriters } from '../library/shelf/other-writers.ts';
import type { Shelf } from '../library/shelf/shelf.ts';
import type { Analysis } from '../match/analysis.ts';
import { GAP_FRAMES, type Index } from '../match/index-view.ts';
import { HASH_BITS, LANDMARK_FORMAT, landmarksOf } from '../match/landmarks.ts';
import { sketchOf } from '../match/sketch.ts';
import type { SessionStart } from '../sessions/session-model.ts';
import type { SessionHost, SessionStore } from '../sessions/session-store.ts';
import type { Learnt, Pcm, Recognition, Tags, TrackId } from '../types.ts';
import { analyse } from './analyse.ts';
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
import type { KnownRefusals } from './known-refusals.ts';
import { indexOf } from './library-index.ts';
import { ListenSession } from './listen-session.ts';
import type { SeldomHost } from './seldom-used.ts';
import type { SessionRecording } from './session-recording.ts';

interface Stored {
  shelf: Shelf;
  /** Coordination with other tabs that have the library open. */
  others?: OtherWriters;
  openMirror?: OpenMirror;
}

interface EngineHost {
  kernel: WebAssembly.Module;
  /** The history of an earlier version of the app. */
  earlierSessions?: SessionHost['earlier'];
}

/** Opens the library on a shelf and returns an engine for it. */
export const openEngine = async (host: Stored & EngineHost): Promise<Engine> => engineOf(await libraryOn(host), host);

/** The library on a shelf, with all that matching asks of it. */
export const libraryOn = ({ shelf, others, openMirror }: Stored): Promise<Library> =>
  openLibrary(shelf, {
    landmarksOf,
    landmarkFormat: LANDMARK_FORMAT,
    sketchOf,
    hashBits: HASH_BITS,
    gapFrames: GAP_FRAMES,
    others,
    openMirror,
  });

export const engineOf = (library: Library, { kernel, earlierSessions }: EngineHost): Engine =>
  gated(new LocalEngine(library, kernel, earlierSessions));

type Method = (...args: unknown[]) => Promise<unknown>;

/** Implemented in `seldom-used.ts`. */
const SELDOM = [
  ...['exportBundle', 'previewBundle', 'importBundle', 'findDuplicates', 'keepPair', 'verify'],
  ...['lyrics', 'setLyrics', 'setCover', 'groups', 'prepareSearch', 'constellation'],
] as const;

/** Closing waits for running calls and ends the sessions; later calls fail with `LibraryClosed`. */
function gated(engine: LocalEngine): Engine {
  const gate = new Gate();
  const methods = Object.getOwnPropertyNames(LocalEngine.prototype).filter((name) => name !== 'constructor');
  const call = (name: string) => engine[name as 'close'].bind(engine) as Method;
  const throughGate = methods.map((name) => [name, (...args: unknown[]) => gate.run(() => call(name)(...args))]);
  const seldom = SELDOM.map((name) => [
    name,
    (...args: unknown[]) =>
      gate.run(async () => ((await import('./seldom-used.ts'))[name] as Method)(engine.host, ...args)),
  ]);
  return {
    ...(Object.fromEntries([...throughGate, ...seldom]) as Engine),
    sessions: gatedPart(gate, () => engine.keptSessions()),
    catalogues: gatedPart(gate, () => engine.subscriptions()),
    async close() {
      const closing = gate.close();
      await engine.stopListening();
      if (await closing) await engine.close();
    },
  };
}

/** A part whose code is loaded with the first call. */
function gatedPart<Part extends object>(gate: Gate, opened: () => Promise<Part>): Part {
  type Methods = Record<string | symbol, (...args: unknown[]) => Promise<unknown>>;
  const call =
    (_: Part, method: string | symbol) =>
    (...args: unknown[]) =>
      gate.run(async () => ((await opened()) as Methods)[method](...args));
  return new Proxy({} as Part, { get: call });
}

class LocalEngine implements Omit<Engine, 'sessions' | 'catalogues' | (typeof SELDOM)[number]> {
  private readonly running = new Set<{ stop(): Promise<void> }>();
  private store: Promise<SessionStore> | undefined;
  private subscribed: Promise<Catalogues> | undefined;
  /** Refusals; undefined if there are none. */
  private refusals: KnownRefusals | undefined;
  private readonly refusalsKnown: Promise<void>;
  /** The library as matching sees it. */
  private readonly index: Index;
  /** What `seldom-used.ts` needs. */
  readonly host: SeldomHost;

  constructor(
    private readonly library: Library,
    private readonly kernel: WebAssembly.Module,
    private readonly earlierSessions: SessionHost['earlier'],
  ) {
    this.index = indexOf(library, () => this.refusals);
    this.host = {
      library,
      keptSessions: () => this.keptSessions(),
      keptChanged: async () => {
        (await this.store)?.forget();
        await this.readRefusals();
      },
    };
    this.refusalsKnown = this.readRefusals();
    this.refusalsKnown.catch(() => {}); // each recognition reports it
    library.watch(({ kind, isOwn }) => kind === 'sessions' && !isOwn && void this.refusals?.load().catch(() => {}));
  }

  /** The code for refusals is loaded only if there are any. */
  private async readRefusals(): Promise<void> {
    this.refusals = undefined;
    if ((await this.library.kept.list('refusals')).length > 0) await this.openRefusals();
  }

  private async openRefusals(): Promise<KnownRefusals> {
    const { KnownRefusals } = await import('./known-refusals.ts');
    this.refusals ??= await KnownRefusals.open(this.library.kept);
    return this.refusals;
  }

  async refuse(sound: Pcm, track: TrackId): Promise<number> {
    return this.refuseClip(analyse(this.kernel, sound), track);
  }

  async allow(refusal: number): Promise<void> {
    await (await this.openRefusals()).remove(refusal);
  }

  private async refuseClip(clip: Analysis, track: TrackId): Promise<number> {
    const { contentId = '' } = this.library.track(track) ?? {};
    const { printOfClip } = await import('../sessions/refusals.ts');
    return (await this.openRefusals()).add(contentId, printOfClip(clip.shifts[0], clip.map.frameCount));
  }

  /** The stored sessions. */
  keptSessions(): Promise<SessionStore> {
    this.store ??= this.openSessions();
    return this.store;
  }

  /** The catalogues that this library subscribes to. */
  subscriptions(): Promise<Catalogues> {
    this.subscribed ??= import('../catalogue/subscriptions.ts').then(
      ({ Subscriptions }) => new Subscriptions(this.library),
    );
    return this.subscribed;
  }

  private async openSessions(): Promise<SessionStore> {
    const { library, earlierSessions } = this;
    const { SessionStore } = await import('../sessions/session-store.ts');
    const store = new SessionStore({
      rows: library.kept,
      known: (contentId) => library.known(contentId),
      earlier: earlierSessions,
    });
    library.watch(({ kind, isOwn }) => kind === 'sessions' && !isOwn && store.forget());
    return store;
  }

  async add(learnt: Learnt, options: { evenIfSimilar?: boolean } = {}): Promise<Added> {
    for (;;) {
      const { addedCount } = this.library;
      const similar = options.evenIfSimilar ? undefined : await this.similarTo(learnt);
      if (similar) return similar;
      // The library decides, under its lock, whether the bytes are known or other tracks were added during the comparison.
      const added = await this.library.addIfNew(learnt, options.evenIfSimilar ? undefined : addedCount);
      if (added.state !== 'changed') return added;
    }
  }

  private async similarTo(learnt: Learnt): Promise<Added | undefined> {
    if (this.library.known(learnt.contentId)) return undefined;
    const { findSimilar } = await import('./similar.ts');
    const similar = await findSimilar(unpackPrint(learnt.print), this.library);
    const track = similar && this.library.track(similar.track);
    return track && { state: 'similar', track, confidence: similar.confidence, kind: similar.kind };
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

  close() {
    return this.library.close();
  }

  async listen(sampleRate: number, options: ListenOptions, heard: (heard: Heard) => void): Promise<Listening> {
    await this.refusalsKnown;
    const recording = options.record && (await this.recordingOf(options.record));
    return this.openSession(sampleRate, options, heard, recording);
  }

  private openSession(
    sampleRate: number,
    options: ListenOptions,
    heard: (heard: Heard) => void,
    recording: SessionRecording | undefined,
  ): ListenSession {
    const host = {
      kernel: this.kernel,
      index: this.index,
      trackOf: (id: TrackId) => this.library.track(id),
      refuse: (clip: Analysis, track: TrackId) => this.refuseClip(clip, track),
      judge: (analysis: Analysis, heardSeconds: number, kernelMs: number) =>
        this.judge(analysis, heardSeconds, kernelMs, options),
      recording,
      ended: (session: Listening) => this.running.delete(session),
    };
    const session = new ListenSession(host, sampleRate, options, heard);
    this.running.add(session);
    return session;
  }

  private async recordingOf(record: SessionStart, isKept = true) {
    const { SessionRecording } = await import('./session-recording.ts');
    return new SessionRecording(record, isKept ? await this.keptSessions() : undefined);
  }

  async analyse(
    sampleRate: number,
    options: AnalyseOptions = {},
    progress: (progress: AnalyseProgress) => void = () => {},
  ): Promise<Analysing> {
    await this.refusalsKnown;
    const { RecordingAnalysis } = await import('./recording-analysis.ts');
    const { record, ...asked } = options;
    const recording = await this.recordingOf(record ?? { source: 'file' }, record !== undefined);
    const host = {
      kernel: this.kernel,
      index: this.index,
      trackOf: (id: TrackId) => this.library.track(id),
      ...{ recording, progress },
      ended: (analysis: Analysing) => this.running.delete(analysis),
    };
    const analysis = new RecordingAnalysis(host, sampleRate, asked);
    this.running.add(analysis);
    return analysis;
  }

  /** Ends all sessions that are still open. */
  async stopListening(): Promise<void> {
    await Promise.all([...this.running].map((session) => session.stop()));
  }

  async recognize(sound: Pcm, options: RecognizeOptions = {}, signal?: AbortSignal): Promise<Recognition> {
    const begun = performance.now();
    const analysis = analyse(this.kernel, sound);
    const kernelMs = performance.now() - begun;
    return this.judge(analysis, sound.samples.length / sound.sampleRate, kernelMs, options, signal);
  }

  async examine(...args: Parameters<Engine['examine']>) {
    await this.refusalsKnown;
    const { examineSound } = await import('./examine/examine-sound.ts');
    return examineSound(this.library, this.index, this.kernel, ...args);
  }

  async recognizePeaks(clip: Uint8Array, options: RecognizeOptions = {}, signal?: AbortSignal): Promise<Recognition> {
    const { clipOfPeaks } = await import('./clip-bytes.ts');
    const { analysis, heardSeconds, kernelMs } = await clipOfPeaks(clip);
    return this.judge(analysis, heardSeconds, kernelMs, options, signal);
  }

  /** Recognises an analysed clip; `kernelMs` is the time that the analysis took. */
  private async judge(
    analysis: Analysis,
    heardSeconds: number,
    kernelMs: number,
    options: RecognizeOptions,
    signal?: AbortSignal,
  ): Promise<Recognition> {
    await this.refusalsKnown;
    const { recognizeClip } = await import('./answer-clip.ts');
    return recognizeClip(this.library, this.index, { analysis, heardSeconds, kernelMs }, { ...options, signal });
  }
}

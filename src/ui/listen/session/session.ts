/** One listening session: from the tap to the answer. Knows no screen. */
import type { Capture, CaptureEvents } from '../../../audio/capture/capture-stream.ts';
import type { Engine, Heard, Session as Kept, Listening } from '../../../engine/api.ts';
import type { FaultName } from '../../../errors.ts';
import type { Pcm, Recognition, Track, TrackId } from '../../../types.ts';
import { type Cell, cell } from '../../parts/cell.ts';
import { type Settings, thresholds } from '../../settings/settings.ts';
import { listenTo, openSource, PictureLine } from './capture.ts';
import {
  type Answered,
  concluded,
  foundOf,
  listeningAfter,
  listeningFrom,
  type SessionState,
  type Source,
} from './listening-state.ts';

export interface Session {
  state: Cell<SessionState>;
  /** Goes on after an answer. */
  keepsOn: Cell<boolean>;
  /** What runs, or ran last, as it is kept in the library; see `engine.sessions`. */
  kept: Cell<Kept | undefined>;
  /** The one track that is listened for. */
  only: Cell<Track | undefined>;
  /** Starts, and goes on after each answer until it is stopped. */
  keepOn(): Promise<void>;
  start(source: Source, options?: { giveUpSeconds?: number }): Promise<void>;
  /** Ends listening and takes what was heard as it is. */
  stop(): Promise<void>;
  /** Ends listening, whatever was heard, and closes an answer. */
  cancel(): void;
  /** Judges sound that was heard before. */
  judge(sound: Pcm): Promise<void>;
  levelDb(): number;
  /** Never again names this track for what was heard last. The number takes it back: `engine.allow`. */
  refuse(track: TrackId): Promise<number>;
  /** What the session that runs has heard up to now. */
  timeline(): Promise<Kept | undefined>;
  /**
   * `receive` gets a port for the session that runs and for each one that starts: the engine posts its `Picture`s there,
   * past the page. Only the latest `receive` is served. Returns what ends it.
   */
  onPictures(receive: (pictures: MessagePort) => void): () => void;
  onAnswer(keep: (answered: Answered) => void): () => void;
}

/** With less sound than this, nothing can be said of what was heard. */
const LEAST_SECONDS = 2;

export function createSession(engine: Engine, settings: Cell<Settings>): Session {
  const state = cell<SessionState>({ name: 'idle' });
  const keepsOn = cell(false);
  const only = cell<Track | undefined>(undefined);
  const kept = cell<Kept | undefined>(undefined);
  const pictures = new PictureLine();
  const keepers = new Set<(answered: Answered) => void>();
  let run = 0;
  /** What was heard last, for whoever calls its answer wrong. */
  let last: { listening?: Listening; sound?: Pcm } = {};
  let open: { capture: Capture; listening?: Listening } | undefined;

  const options = () => ({ threshold: thresholds[settings.value.answers], only: only.value?.id, others: 3 });

  function close(): Listening | undefined {
    run += 1;
    const { capture, listening } = open ?? {};
    capture?.stop();
    if (listening) last = { listening };
    open = undefined;
    return listening;
  }

  /** Ends it; then it is known under which number it is kept. */
  async function end(listening: Listening | undefined) {
    const mine = run;
    await listening?.stop();
    const session = await listening?.session();
    if (mine === run) kept.set(session);
  }

  async function record(heard: Recognition, mine: number) {
    const { sessionOfClip } = await import('./record.ts');
    const session = await engine.sessions.save(sessionOfClip(heard, Date.now()));
    if (mine === run) kept.set(session);
  }

  function fail(error: unknown, source: Source) {
    void close()?.stop();
    console.error(error);
    state.set({ name: 'fault', source, fault: (error as Error).name as FaultName });
  }

  function answered(answer: Answered) {
    for (const keep of keepers) keep(answer);
  }

  function eventsOf(mine: number, source: Source): CaptureEvents {
    return {
      ended(fault) {
        if (mine !== run) return;
        // Whoever ends the sharing of a tab has heard enough.
        if (source === 'tab') void stop();
        else fail(fault, source);
      },
      interrupted: (is) => mine === run && state.set(is ? { name: 'interrupted', source } : listeningFrom(source)),
    };
  }

  async function start(source: Source, { giveUpSeconds }: { giveUpSeconds?: number } = {}) {
    void close()?.stop();
    kept.set(undefined);
    const mine = run;
    state.set({ name: 'asking', source });
    try {
      const capture = await openSource(source, eventsOf(mine, source), settings.value.microphone);
      if (mine !== run) return capture?.stop();
      if (!capture) return state.set({ name: 'idle' });
      open = { capture };
      state.set(listeningFrom(source));
      const record = { source, evenIfUnknown: settings.value.keepsUnknown && !keepsOn.value };
      const wish = { ...options(), giveUpSeconds, continuous: keepsOn.value, record };
      const line = await listenTo(engine, capture, wish, (heard) => mine === run && follow(heard, source));
      if (mine === run) {
        open = { capture, listening: line.listening };
        await pictures.wire(line.listening);
      }
      if (mine === run) await line.begin();
      else void line.listening.stop();
    } catch (error) {
      if (mine === run) fail(error, source);
    }
  }

  function follow(heard: Heard, source: Source) {
    const found = foundOf(heard);
    if (heard.state === 'found' && found) {
      answered({ source, found, piece: heard.piece });
      if (!keepsOn.value) {
        void end(close());
        return state.set({ name: 'found', source, found });
      }
    }
    if (heard.state === 'none') {
      answered({ source });
      if (!keepsOn.value) {
        void end(close());
        return state.set({ name: 'none', source, seconds: heard.seconds, nearest: heard.others[0] });
      }
    }
    // A block that was under way when the system held the sound back does not mean that it goes on.
    if (state.value.name !== 'interrupted') state.set(listeningAfter(state.value, heard, source, found));
  }

  function conclude(end: SessionState) {
    if (end.name === 'found') answered({ source: end.source, found: end.found });
    if (end.name === 'none') answered({ source: end.source });
    state.set(end);
  }

  async function stop() {
    const before = state.value;
    const listening = close();
    if (before.name !== 'listening' || keepsOn.value || !listening) {
      void end(listening);
      keepsOn.set(false);
      return state.set({ name: 'idle' });
    }
    const mine = run;
    const { source } = before;
    state.set({ name: 'judging', source });
    const heard = await listening.conclude().catch((error) => {
      if (mine === run) fail(error, source);
    });
    if (!heard || mine !== run) return;
    void end(listening);
    const isTooShort = heard.matches.length === 0 && before.soundSeconds < LEAST_SECONDS;
    conclude(isTooShort ? { name: 'idle' } : concluded(heard, source));
  }

  return {
    state,
    keepsOn,
    kept,
    only,
    start,
    keepOn() {
      keepsOn.set(true);
      return start('microphone');
    },
    stop,
    cancel() {
      void end(close());
      keepsOn.set(false);
      state.set({ name: 'idle' });
    },
    async judge(sound) {
      void close()?.stop();
      kept.set(undefined);
      const mine = run;
      state.set({ name: 'judging', source: 'recent' });
      try {
        last = { sound };
        const heard = await engine.recognize(sound, options());
        if (mine === run) conclude(concluded(heard, 'recent'));
        if (heard.matches.length || settings.value.keepsUnknown) await record(heard, mine);
      } catch (error) {
        if (mine === run) fail(error, 'recent');
      }
    },
    async refuse(track) {
      if (last.listening) return last.listening.refuse(track);
      if (last.sound) return engine.refuse(last.sound, track);
      throw new Error('nothing was heard yet');
    },
    timeline: async () => open?.listening?.session(),
    levelDb: () => open?.capture.levelDb() ?? -120,
    onPictures: (receive) => pictures.serve(receive, () => open?.listening),
    onAnswer(each) {
      keepers.add(each);
      return () => keepers.delete(each);
    },
  };
}

/** One listening session: from the tap to the answer. Knows no screen. */
import type { Capture, CaptureEvents } from '../../audio/capture/capture-stream.ts';
import { openMicrophone } from '../../audio/capture/microphone.ts';
import { openTab } from '../../audio/capture/tab.ts';
import type { Engine, Heard, Listening, Piece, Played } from '../../engine/api.ts';
import type { Fault, FaultName } from '../../errors.ts';
import type { Match, Pcm, Recognition, Track } from '../../types.ts';
import { type Cell, cell } from '../parts/cell.ts';
import { type Settings, thresholds } from '../settings/settings.ts';
import type { Recording } from './recording.ts';

export type Source = 'microphone' | 'tab' | 'recent';

/** Where to listen again. */
export const liveSource = (source: Source): Source => (source === 'recent' ? 'microphone' : source);

/** An answer, its position being that of the music at the moment `atMs` of the page's clock. */
export interface Found {
  match: Match;
  others: Match[];
  positionSeconds: number;
  atMs: number;
  /** Still playing, as far as we hear. */
  isRunning: boolean;
  /** Seconds of the session's sound before the clip that was judged: its peaks are counted from there. */
  fromSeconds: number;
}

export type SessionState =
  | { name: 'idle' }
  | { name: 'asking' | 'judging'; source: Source }
  | { name: 'listening'; source: Source; seconds: number; isSilent: boolean; found?: Found }
  | { name: 'found'; source: Source; found: Found }
  | { name: 'none'; source: Source; seconds: number; nearest?: Match }
  | { name: 'interrupted'; source: Source }
  | { name: 'file'; recording: Recording }
  | { name: 'fault'; source: Source; fault: Fault['name'] };

/** Whether something is being listened to, or will be as soon as it can. */
export function isAtWork(state: SessionState): boolean {
  if (state.name === 'file') return !state.recording.isDone;
  return ['asking', 'judging', 'listening', 'interrupted'].includes(state.name);
}

/** What a session tells to whoever keeps a record. */
export interface Answered {
  source: Source | 'file';
  found?: Found;
  /** Of a file that was listened to. */
  file?: { name: string; seconds: number };
  /** While one listens on: the same number again says that the same piece goes on. */
  piece?: Piece;
}

export interface Session {
  state: Cell<SessionState>;
  /** Goes on after an answer. */
  keepsOn: Cell<boolean>;
  /** The one track that is listened for. */
  only: Cell<Track | undefined>;
  /** Starts, and goes on after each answer until it is stopped. */
  keepOn(): Promise<void>;
  /** Finds out what is in a file. */
  hear(file: File): Promise<void>;
  start(source: Source, options?: { giveUpSeconds?: number }): Promise<void>;
  /** Ends listening and takes what was heard as it is. */
  stop(): Promise<void>;
  /** Ends listening, whatever was heard. */
  cancel(): void;
  /** Judges sound that was heard before. */
  judge(sound: Pcm): Promise<void>;
  levelDb(): number;
  /**
   * `receive` gets a port for the session that runs and for each one that starts: the engine posts its `Picture`s there,
   * past the page. Only the latest `receive` is served. Returns what ends it.
   */
  onPictures(receive: (pictures: MessagePort) => void): () => void;
  onAnswer(keep: (answered: Answered) => void): () => void;
}

/** Stopped before this, nothing can be said of what was heard. */
const LEAST_SECONDS = 2;

export function createSession(engine: Engine, settings: Cell<Settings>): Session {
  const state = cell<SessionState>({ name: 'idle' });
  const keepsOn = cell(false);
  const only = cell<Track | undefined>(undefined);
  let receivePictures: ((pictures: MessagePort) => void) | undefined;
  const keepers = new Set<(answered: Answered) => void>();
  let run = 0;
  let open: { capture: Capture; listening?: Listening } | undefined;

  const options = () => ({ threshold: thresholds[settings.value.answers], only: only.value?.id, others: 3 });

  function close(): Listening | undefined {
    run += 1;
    const { capture, listening } = open ?? {};
    capture?.stop();
    open = undefined;
    return listening;
  }

  function fail(error: unknown, source: Source) {
    void close()?.stop();
    const name = (error as Error).name as FaultName;
    console.error(error);
    state.set({ name: 'fault', source, fault: name });
  }

  function answered(answer: Answered) {
    for (const keep of keepers) keep(answer);
  }

  async function start(source: Source, { giveUpSeconds }: { giveUpSeconds?: number } = {}) {
    void close()?.stop();
    const mine = run;
    state.set({ name: 'asking', source });
    const events: CaptureEvents = {
      ended(fault) {
        if (mine !== run) return;
        // Whoever ends the sharing of a tab has heard enough.
        if (source === 'tab') void stop();
        else fail(fault, source);
      },
      interrupted: (is) =>
        mine === run &&
        state.set(is ? { name: 'interrupted', source } : { name: 'listening', source, seconds: 0, isSilent: false }),
    };
    try {
      const capture =
        source === 'tab' ? await openTab(events) : await openMicrophone(events, settings.value.microphone);
      if (!capture || mine !== run) {
        capture?.stop();
        if (mine === run) state.set({ name: 'idle' });
        return;
      }
      open = { capture };
      // What is heard until the engine listens waits in the port.
      const { port1, port2 } = new MessageChannel();
      capture.connect(port2);
      state.set({ name: 'listening', source, seconds: 0, isSilent: false });
      const listening = await engine.listen(
        capture.sampleRate,
        { ...options(), giveUpSeconds, continuous: keepsOn.value },
        (heard) => mine === run && follow(heard, source),
      );
      if (mine === run) {
        open = { capture, listening };
        await wirePictures(listening);
      }
      if (mine === run) await listening.connect(port1);
      else void listening.stop();
    } catch (error) {
      if (mine === run) fail(error, source);
    }
  }

  async function wirePictures(listening: Listening) {
    if (!receivePictures) return;
    const { port1, port2 } = new MessageChannel();
    receivePictures(port2);
    await listening.sendPictures(port1);
  }

  function follow(heard: Heard, source: Source) {
    const found = heard.match && {
      match: heard.match,
      others: heard.others,
      positionSeconds: heard.match.positionSeconds,
      atMs: performance.now(),
      isRunning: heard.state === 'found',
      fromSeconds: heard.clipSeconds,
    };
    if (heard.state === 'found' && found) {
      answered({ source, found, piece: heard.piece });
      if (!keepsOn.value) {
        void close()?.stop();
        state.set({ name: 'found', source, found });
        return;
      }
    }
    if (heard.state === 'none') {
      answered({ source });
      if (!keepsOn.value) {
        void close()?.stop();
        state.set({ name: 'none', source, seconds: heard.seconds, nearest: heard.others[0] });
        return;
      }
    }
    const before = state.value;
    const last = before.name === 'listening' ? before.found : undefined;
    state.set({
      name: 'listening',
      source,
      seconds: heard.seconds,
      isSilent: heard.state === 'silent',
      found: found ?? (last && { ...last, isRunning: false }),
    });
  }

  /**
   * What a whole clip turned out to be; the music is taken to go on while the answer is looked at. `fromSeconds`: where
   * in the session's sound the clip begins.
   */
  function conclude({ matches, others, heardSeconds }: Recognition, source: Source, fromSeconds = 0) {
    const [match] = matches;
    if (match) {
      const found = {
        match,
        others: [...matches.slice(1), ...others],
        positionSeconds: match.offsetSeconds + heardSeconds * match.speed,
        atMs: performance.now(),
        isRunning: true,
        fromSeconds,
      };
      answered({ source, found });
      state.set({ name: 'found', source, found });
    } else {
      answered({ source });
      state.set({ name: 'none', source, seconds: heardSeconds, nearest: others[0] });
    }
  }

  async function stop() {
    const before = state.value;
    const listening = close();
    if (before.name !== 'listening' || keepsOn.value || !listening) {
      void listening?.stop();
      keepsOn.set(false);
      state.set({ name: 'idle' });
      return;
    }
    const mine = run;
    state.set({ name: 'judging', source: before.source });
    const heard = await listening.conclude().catch((error) => {
      if (mine === run) fail(error, before.source);
    });
    if (!heard || mine !== run) return;
    if (heard.matches.length === 0 && heard.heardSeconds < LEAST_SECONDS) state.set({ name: 'idle' });
    else conclude(heard, before.source, heard.clipSeconds);
  }

  return {
    state,
    keepsOn,
    only,
    start,
    keepOn() {
      keepsOn.set(true);
      return start('microphone');
    },
    async hear(file) {
      void close()?.stop();
      const mine = run;
      // Decoders are fetched only now; listening to the microphone does without them.
      const { listenToFile } = await import('./recording.ts');
      let told = 0;
      for await (const recording of listenToFile(engine, file, options())) {
        if (mine !== run) return;
        state.set({ name: 'file', recording });
        // A piece is complete when a later one has begun or the file is over.
        const complete = recording.isDone ? recording.played.length : recording.played.length - 1;
        for (; told < complete; told++) answered(answerOf(recording, recording.played[told]));
      }
    },
    stop,
    cancel() {
      void close()?.stop();
      keepsOn.set(false);
      state.set({ name: 'idle' });
    },
    async judge(sound) {
      void close()?.stop();
      const mine = run;
      state.set({ name: 'judging', source: 'recent' });
      try {
        const heard = await engine.recognize(sound, options());
        if (mine === run) conclude(heard, 'recent');
      } catch (error) {
        if (mine === run) fail(error, 'recent');
      }
    },
    levelDb: () => open?.capture.levelDb() ?? -120,
    onPictures(receive) {
      receivePictures = receive;
      if (open?.listening) void wirePictures(open.listening);
      return () => {
        if (receivePictures !== receive) return;
        receivePictures = undefined;
        void open?.listening?.sendPictures();
      };
    },
    onAnswer(each) {
      keepers.add(each);
      return () => keepers.delete(each);
    },
  };
}

function answerOf(recording: Recording, { track, fromSeconds, toSeconds, ...played }: Played): Answered {
  const { trackSeconds: offsetSeconds, speed, confidence } = played;
  const match = { track, offsetSeconds, confidence, speed, pitch: speed };
  const found = { match, others: [], positionSeconds: offsetSeconds, atMs: 0, isRunning: false, fromSeconds };
  return { source: 'file', found, file: { name: recording.fileName, seconds: toSeconds - fromSeconds } };
}

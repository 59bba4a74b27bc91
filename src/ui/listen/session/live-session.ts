/** Listens: opens a source, follows what the engine hears in it, and ends with an answer. */
import type { Capture, CaptureEvents } from '../../../audio/capture/capture-stream.ts';
import type { Engine, Heard, Session as Kept, Listening } from '../../../engine/api.ts';
import type { FaultName } from '../../../errors.ts';
import type { Pcm, Recognition, Track, TrackId } from '../../../types.ts';
import { type Cell, cell } from '../../parts/state/cell.ts';
import { type Settings, thresholds } from '../../settings/settings.ts';
import { openSource } from './capture.ts';
import {
  type Answered,
  concluded,
  type Found,
  foundOf,
  type LiveSource,
  listeningAfter,
  listeningFrom,
  type SessionState,
} from './listening-state.ts';
import { OpenListening } from './open-listening.ts';
import type { ListeningSession } from './session.ts';

/** With less sound than this, nothing can be said of what was heard. */
const LEAST_SECONDS = 2;

export class LiveSession implements ListeningSession {
  readonly state = cell<SessionState>({ name: 'idle' });
  readonly keepsOn = cell(false);
  readonly only = cell<Track | undefined>(undefined);
  readonly kept = cell<Kept | undefined>(undefined);
  readonly #engine: Engine;
  readonly #settings: Cell<Settings>;
  readonly #open = new OpenListening();
  readonly #keepers = new Set<(answered: Answered) => void>();
  /** Incremented by every start and end: after an `await`, a change means that another session has begun. */
  #run = 0;
  /** What was heard last, in case its answer is called wrong. */
  #last: { refuse(track: TrackId): Promise<number> } | undefined;

  constructor(engine: Engine, settings: Cell<Settings>) {
    this.#engine = engine;
    this.#settings = settings;
  }

  async start(source: LiveSource, { giveUpSeconds }: { giveUpSeconds?: number } = {}): Promise<void> {
    const mine = this.#begin({ name: 'asking', source });
    try {
      const capture = await openSource(source, this.#eventsOf(mine, source), this.#settings.value.microphone);
      if (mine !== this.#run) return capture?.stop();
      if (!capture) return this.state.set({ name: 'idle' });
      this.#open.open(capture);
      this.state.set(listeningFrom(source));
      await this.#listen(capture, source, giveUpSeconds);
    } catch (error) {
      if (mine === this.#run) this.#fail(error, source);
    }
  }

  keepOn(): Promise<void> {
    this.keepsOn.set(true);
    return this.start('microphone');
  }

  async stop(): Promise<void> {
    const before = this.state.value;
    const listening = this.#close();
    if (before.name !== 'listening' || this.keepsOn.value || !listening) {
      void this.#end(listening);
      this.keepsOn.set(false);
      return this.state.set({ name: 'idle' });
    }
    const mine = this.#run;
    const { source } = before;
    this.state.set({ name: 'judging', source });
    const heard = await listening.conclude().catch((error) => {
      if (mine === this.#run) this.#fail(error, source);
    });
    if (!heard || mine !== this.#run) return;
    void this.#end(listening);
    const isTooShort = heard.matches.length === 0 && before.soundSeconds < LEAST_SECONDS;
    this.#conclude(isTooShort ? { name: 'idle' } : concluded(heard, source));
  }

  cancel(): void {
    void this.#end(this.#close());
    this.keepsOn.set(false);
    this.state.set({ name: 'idle' });
  }

  async judge(sound: Pcm): Promise<void> {
    const mine = this.#begin({ name: 'judging', source: 'recent' });
    try {
      this.#last = { refuse: (track) => this.#engine.refuse(sound, track) };
      const heard = await this.#engine.recognize(sound, this.#options());
      if (mine === this.#run) this.#conclude(concluded(heard, 'recent'));
      if (heard.matches.length || this.#settings.value.keepsUnknown) await this.#keepClip(heard, mine);
    } catch (error) {
      if (mine === this.#run) this.#fail(error, 'recent');
    }
  }

  async refuse(track: TrackId): Promise<number> {
    if (!this.#last) throw new Error('nothing was heard yet');
    return this.#last.refuse(track);
  }

  async timeline(): Promise<Kept | undefined> {
    return this.#open.listening?.session();
  }

  levelDb = (): number => this.#open.levelDb();

  onPictures(receive: (pictures: MessagePort) => void): () => void {
    return this.#open.onPictures(receive);
  }

  onAnswer(keep: (answered: Answered) => void): () => void {
    this.#keepers.add(keep);
    return () => this.#keepers.delete(keep);
  }

  #options() {
    const { answers } = this.#settings.value;
    return { threshold: thresholds[answers], only: this.only.value?.id, others: 3 };
  }

  /** Ends what runs, and returns the number of what begins. */
  #begin(state: SessionState): number {
    void this.#close()?.stop();
    this.kept.set(undefined);
    this.state.set(state);
    return this.#run;
  }

  async #listen(capture: Capture, source: LiveSource, giveUpSeconds: number | undefined) {
    const mine = this.#run;
    const continuous = this.keepsOn.value;
    const record = { source, evenIfUnknown: this.#settings.value.keepsUnknown && !continuous };
    const options = { ...this.#options(), giveUpSeconds, continuous, record };
    await this.#open.listen(this.#engine, capture, options, (heard) => {
      if (mine === this.#run) this.#follow(heard, source);
    });
  }

  #eventsOf(mine: number, source: LiveSource): CaptureEvents {
    return {
      ended: (fault) => {
        if (mine !== this.#run) return;
        // A user who ends the sharing of a tab wants an answer now.
        if (source === 'tab') void this.stop();
        else this.#fail(fault, source);
      },
      interrupted: (is) => {
        if (mine === this.#run) this.state.set(is ? { name: 'interrupted', source } : listeningFrom(source));
      },
    };
  }

  #follow(heard: Heard, source: LiveSource) {
    const found = foundOf(heard);
    if (heard.state === 'found' && found) {
      this.#answer({ source, found, piece: heard.piece });
      if (!this.keepsOn.value) return void this.#endFound(source, found);
    }
    if (heard.state === 'none') {
      this.#answer({ source });
      const { seconds, others } = heard;
      if (!this.keepsOn.value) return this.#endWith({ name: 'none', source, seconds, nearest: others[0] });
    }
    const before = this.state.value;
    // A block that was under way when the system interrupted the sound does not mean that it goes on.
    if (before.name !== 'interrupted') this.state.set(listeningAfter(before, heard, source, found));
  }

  #endWith(state: SessionState) {
    void this.#end(this.#close());
    this.state.set(state);
  }

  async #endFound(source: LiveSource, found: Found) {
    const listening = this.#close();
    const mine = this.#run;
    this.state.set({ name: 'found', source, found });
    try {
      const { withAlsoPlaying } = await import('./second-song.ts');
      const whole = listening && (await withAlsoPlaying(found, listening));
      if (mine === this.#run && whole?.alsoPlaying.length) this.state.set({ name: 'found', source, found: whole });
    } catch (error) {
      console.warn('the answer stays, without what plays beside it', error);
    }
    if (mine === this.#run) void this.#end(listening);
    else void listening?.stop();
  }

  #conclude(end: SessionState) {
    if (end.name === 'found') this.#answer({ source: end.source, found: end.found });
    if (end.name === 'none') this.#answer({ source: end.source });
    this.state.set(end);
  }

  #answer(answer: Answered) {
    for (const keep of this.#keepers) keep(answer);
  }

  #close(): Listening | undefined {
    this.#run += 1;
    const listening = this.#open.close();
    if (listening) this.#last = listening;
    return listening;
  }

  /** The number under which it is stored is known only after its end. */
  async #end(listening: Listening | undefined) {
    const mine = this.#run;
    await listening?.stop();
    const session = await listening?.session();
    if (mine === this.#run) this.kept.set(session);
  }

  async #keepClip(heard: Recognition, mine: number) {
    const { sessionOfClip } = await import('./record.ts');
    const session = await this.#engine.sessions.save(sessionOfClip(heard, Date.now()));
    if (mine === this.#run) this.kept.set(session);
  }

  #fail(error: unknown, source: LiveSource) {
    void this.#close()?.stop();
    console.error(error);
    this.state.set({ name: 'fault', source, fault: (error as Error).name as FaultName });
  }
}

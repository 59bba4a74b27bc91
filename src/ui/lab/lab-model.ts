/** What the lab is doing: the sounds that are chosen, what is done to them, and the newest result. Knows no screen. */
import type { Engine } from '../../engine/api.ts';
import type { Examined, Lab, LabSound, Mix } from '../../lab/lab-api.ts';
import { type StartedLab, startLab } from '../../lab/start-lab.ts';
import type { Pcm, Track } from '../../types.ts';
import { showFault } from '../parts/notices/fault-toast.ts';
import { type Cell, cell } from '../parts/state/cell.ts';
import { fileOfSong } from './lab-songs.ts';
import { Newest } from './newest.ts';

type MixSettings = Omit<Mix, 'sounds'>;

/** What a person chooses to mix. */
export type Choice = { track: Track } | { file: File } | { recording: Pcm; name: string };

export interface Slot {
  name: string;
  track?: Track;
  state: 'loading' | 'ready' | 'missing' | 'fault';
  /** Share of the decoding that is done, 0..1. */
  share: number;
  sound?: LabSound;
  /** Where the clip begins. */
  fromSeconds: number;
}

export interface LabState {
  slots: (Slot | undefined)[];
  settings: MixSettings;
  result?: Examined;
  isWorking: boolean;
}

export const plainSettings: MixSettings = { seconds: 5, ratioDb: 0, noiseDb: 0, speed: 1, pitch: 1 };

/** Time for a cancelled search to reach the engine. */
const LAST_MS = 200;

/** Where in a song a clip begins by default, as a share of its length. */
const BEGIN = 1 / 3;

export class LabModel {
  readonly state: Cell<LabState> = cell<LabState>({ slots: [], settings: plainSettings, isWorking: false });
  private readonly started: StartedLab;
  private readonly newest = new Newest();
  /** Counts the choices of each slot, so that a late file does not replace a newer one. */
  private readonly choices = [0, 0];

  constructor(engine: Engine) {
    this.started = startLab(engine);
  }

  get lab(): Promise<Lab> {
    return this.started.lab;
  }

  /** The mix that is heard; undefined until a sound is there. */
  mix(): Mix | undefined {
    const { slots, settings } = this.state.value;
    const sounds = slots.flatMap((slot) => (slot?.sound ? [{ id: slot.sound.id, fromSeconds: slot.fromSeconds }] : []));
    return sounds.length && slots[0]?.sound ? { ...settings, sounds } : undefined;
  }

  /** To be called within a click. */
  async choose(side: number, choice: Choice): Promise<void> {
    const mine = ++this.choices[side];
    const isMine = () => mine === this.choices[side];
    this.drop(side);
    const track = 'track' in choice ? choice.track : undefined;
    const name = track?.title ?? ('name' in choice ? choice.name : (choice as { file: File }).file.name);
    this.setSlot(side, { name, track, state: 'loading', share: 0, fromSeconds: 0 });
    try {
      const sound = await this.load(choice, (share) => isMine() && this.changeSlot(side, { share }));
      if (!isMine()) return;
      if (!sound) return this.changeSlot(side, { state: 'missing' });
      this.changeSlot(side, { state: 'ready', sound });
      this.move(side, 'recording' in choice ? 0 : BEGIN * sound.seconds);
    } catch (error) {
      if (!isMine()) return;
      this.changeSlot(side, { state: 'fault' });
      showFault(error);
    }
  }

  remove(side: number): void {
    this.choices[side]++;
    this.drop(side);
    this.setSlot(side, undefined);
    this.examine();
  }

  move(side: number, fromSeconds: number): void {
    const longest = (this.state.value.slots[side]?.sound?.seconds ?? 0) - this.state.value.settings.seconds;
    this.changeSlot(side, { fromSeconds: Math.max(0, Math.min(longest, fromSeconds)) });
    this.examine();
  }

  set(changes: Partial<MixSettings>): void {
    const { value } = this.state;
    this.state.set({ ...value, settings: { ...value.settings, ...changes } });
    this.examine();
  }

  /** Ends everything that runs: first the searches, which the worker passes on to the engine, then the worker. */
  end(): void {
    this.newest.stop();
    setTimeout(this.started.end, LAST_MS);
  }

  private async load(choice: Choice, tell: (share: number) => void): Promise<LabSound | undefined> {
    const lab = await this.lab;
    if ('recording' in choice) return lab.hold(choice.recording);
    const file = 'file' in choice ? choice.file : await fileOfSong(choice.track);
    return file && lab.load(file, tell);
  }

  private drop(side: number): void {
    const id = this.state.value.slots[side]?.sound?.id;
    if (id !== undefined) void this.lab.then((lab) => lab.drop(id));
  }

  private setSlot(side: number, slot: Slot | undefined): void {
    const slots = [...this.state.value.slots];
    slots[side] = slot;
    this.state.set({ ...this.state.value, slots });
  }

  private changeSlot(side: number, changes: Partial<Slot>): void {
    const slot = this.state.value.slots[side];
    if (slot) this.setSlot(side, { ...slot, ...changes });
  }

  /** Newest wins: while a slider is dragged, results of older settings are not waited for. */
  private examine(): void {
    const mix = this.mix();
    if (!mix) {
      this.newest.stop();
      this.state.set({ ...this.state.value, result: undefined, isWorking: false });
      return;
    }
    this.state.set({ ...this.state.value, isWorking: true });
    this.newest.run(async (signal) => {
      try {
        const result = await (await this.lab).examine(mix, signal);
        if (!signal.aborted) this.state.set({ ...this.state.value, result, isWorking: false });
      } catch (error) {
        if (signal.aborted) return;
        this.state.set({ ...this.state.value, isWorking: false });
        showFault(error);
      }
    });
  }
}

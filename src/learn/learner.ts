/**
 * Learns files and adds them to the library, in a worker of the page (`learn.worker.ts`) or on a thread of Node
 * (`node/learn/learn-thread.ts`). It calls the engine itself; the page or command only watches the progress.
 */
import type { Added } from '../engine/api.ts';
import type { LearnerEngine } from '../engine/bridge/engine-port.ts';
import type { Learnt, Track } from '../types.ts';
import { type FileSource, type HearOptions, hearFile } from './hear-file.ts';

export interface LearnOptions extends HearOptions {
  /** Keep a recording that is there already in another file. */
  evenIfSimilar?: boolean;
}

export interface LearnProgress {
  /** Of the work for this file, 0..1; left out where this is only a sign of life. */
  share?: number;
  /** How many times faster than playing it. */
  factor?: number;
  /** All is decoded: the learner can begin another file while the library adds this one. */
  isHeard?: boolean;
}

/** What became of a file. One that ends early was learnt as far as it could be heard. */
export type LearnResult = Added & {
  endsEarly?: boolean;
  /** Of a similar one, so that it can still be added. */
  learnt?: Learnt;
};

/** `F`: a `File`, or a path in Node. */
export interface Learner<F = File> {
  learn(file: F, options: LearnOptions, tell: (progress: LearnProgress) => void): Promise<LearnResult>;
  /** While paused, it does not decode. */
  pause(isPaused: boolean): Promise<void>;
}

export interface LearnerHost<F> {
  kernel: Promise<WebAssembly.Module>;
  engine: LearnerEngine;
  /** `alive` is to be called while its last resort takes long. */
  sourceOf(file: F, alive: () => void): FileSource | Promise<FileSource>;
}

export function createLearner<F>({ kernel, engine, sourceOf }: LearnerHost<F>): Learner<F> {
  let gate = Promise.resolve();
  let open = () => {};

  return {
    async learn(file, options, tell) {
      const alive = () => tell({});
      const host = {
        kernel,
        known: (contentId: string) => whileAlive(ownTrack(engine, contentId), alive),
        gate: () => gate,
        waiting: alive,
      };
      const source = await sourceOf(file, alive);
      const heard = await hearFile(source, host, options, (share, factor) => tell({ share, factor }));
      if ('known' in heard) return { state: 'known', track: heard.known };
      tell({ share: 1, isHeard: true });
      const { learnt } = heard;
      const added = await engine.add(learnt, { evenIfSimilar: options.evenIfSimilar });
      const endsEarly = heard.endsEarly !== undefined;
      return added.state === 'similar' ? { ...added, endsEarly, learnt } : { ...added, endsEarly };
    },

    async pause(isPaused) {
      open();
      if (isPaused) gate = new Promise((resolve) => (open = resolve));
    },
  };
}

/** A track of a catalogue is learnt all the same: it becomes the person's own. */
async function ownTrack(engine: LearnerEngine, contentId: string): Promise<Track | undefined> {
  const known = await engine.known(contentId);
  return known?.catalogue === undefined ? known : undefined;
}

const ALIVE_EVERY_MS = 5000;

/** A library may take minutes to open. */
function whileAlive<T>(work: Promise<T>, alive: () => void): Promise<T> {
  const timer = setInterval(alive, ALIVE_EVERY_MS);
  return work.finally(() => clearInterval(timer));
}

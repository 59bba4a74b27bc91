/** dejavu's test on the person's own library: the clips, their distortions and the report are those of `npm run accuracy`. */
import { version } from '../../package.json';
import { aboutLibrary } from '../accuracy/about-library.ts';
import { type Excerpt, type Plan, planOf, take } from '../accuracy/clips.ts';
import { judge } from '../accuracy/judge.ts';
import type { Outcome } from '../accuracy/outcome.ts';
import { summed } from '../accuracy/report.ts';
import { conditionsOf } from '../accuracy/spoil/conditions.ts';
import type { Engine } from '../engine/api.ts';
import type { Pcm } from '../types.ts';
import type { TrialOptions, TrialProgress, TrialResult, TrialRow, TrialSong } from './lab-api.ts';

/** Signal-to-noise ratios of the conditions with noise. */
const TRIAL_SNRS = [0];

interface TrialHost {
  engine: Pick<Engine, 'recognize' | 'status'>;
  read(file: File): Promise<Pcm>;
  tell(progress: TrialProgress): void;
  signal: AbortSignal;
}

export async function runTrial(host: TrialHost, songs: TrialSong[], options: TrialOptions): Promise<TrialResult> {
  const { seconds, clips, seed, padding, conditions } = options;
  const tried = conditionsOf(seconds, TRIAL_SNRS).filter(({ name }) => conditions.includes(name));
  const plans = planOf(tried, { learnt: songs.map(({ key }) => key), absent: [] }, clips, seed);
  const outcomes = new Map<Plan, Outcome>();
  const unread: string[] = [];
  const tell = () => host.tell({ done: outcomes.size, total: plans.length });
  tell();
  for (const song of songs) {
    const excerpts = plans.flatMap((plan) => plan.excerpts.filter(({ track }) => track === song.key));
    if (excerpts.length === 0) continue;
    host.signal.throwIfAborted();
    if (!(await cut(host, song, excerpts, padding))) unread.push(song.title);
    for (const plan of plans.filter((each) => !outcomes.has(each) && isReady(each))) {
      host.signal.throwIfAborted();
      outcomes.set(plan, await ask(host, plan));
      for (const excerpt of plan.excerpts) excerpt.sound &&= { ...excerpt.sound, samples: new Int16Array() };
      tell();
    }
  }
  const inOrder = plans.flatMap((plan) => outcomes.get(plan) ?? []);
  return {
    report: { ...(await aboutLibrary(host.engine, version)), ...summed(inOrder) },
    rows: inOrder.map((outcome) => rowOf(outcome, songs)),
    unread,
  };
}

const isReady = ({ excerpts }: Plan) => excerpts.every(({ sound }) => sound);

/** Cuts the excerpts from the song; false if its file cannot be read. */
async function cut({ read }: TrialHost, song: TrialSong, excerpts: Excerpt[], padding: number): Promise<boolean> {
  try {
    const { samples, sampleRate } = await read(song.file);
    for (const excerpt of excerpts) take(excerpt, samples, sampleRate, padding);
    return true;
  } catch (error) {
    console.warn(`${song.title} cannot be read:`, error);
    return false;
  }
}

const ask = ({ engine, signal }: TrialHost, plan: Plan) =>
  judge(engine, plan, { keyOf: ({ contentId }) => contentId, keyOfExcerpt: (key) => key, signal });

function rowOf(outcome: Outcome, songs: TrialSong[]): TrialRow {
  const titleOf = (key: string) => songs.find((song) => song.key === key)?.title ?? key;
  const {
    condition,
    seconds,
    tracks,
    fromSeconds = 0,
    answer,
    isRight,
    confidence,
    offsetError,
    milliseconds,
  } = outcome;
  return {
    condition,
    seconds,
    title: titleOf(tracks[0]),
    fromSeconds,
    answer: answer === undefined ? undefined : titleOf(answer),
    isRight,
    confidence,
    offsetError,
    milliseconds,
  };
}

/** Recognises one clip whose content is known, and compares the answer. Used in Node and in the lab of the app. */
import type { Engine } from '../engine/api.ts';
import type { Track } from '../types.ts';
import { clipOf, type Plan } from './clips.ts';
import type { Outcome } from './outcome.ts';

interface JudgeOptions {
  threshold?: number;
  /** An answer is right if its key is that of an excerpt in the clip. */
  keyOf(track: Track): string;
  keyOfExcerpt(track: string): string;
  signal?: AbortSignal;
}

export async function judge(
  engine: Pick<Engine, 'recognize'>,
  plan: Plan,
  { threshold, keyOf, keyOfExcerpt, signal }: JudgeOptions,
): Promise<Outcome> {
  const { condition, seconds, excerpts } = plan;
  const { matches, step, timings } = await engine.recognize(clipOf(plan), { threshold }, signal);
  const isMusicKnown = condition.source === 'learnt';
  const sounding = isMusicKnown ? excerpts.map(({ track }) => keyOfExcerpt(track)) : [];
  const named = matches.map(({ track }) => keyOf(track));
  const [best] = matches;
  const isRight = best !== undefined && sounding.includes(named[0]);
  const excerpt = isRight ? excerpts.find(({ track }) => keyOfExcerpt(track) === named[0]) : undefined;
  return {
    condition: condition.name,
    seconds,
    snr: condition.snr,
    isMusicKnown,
    tracks: excerpts.map(({ track }) => keyOfExcerpt(track)),
    fromSeconds: excerpts[0]?.sound?.fromSeconds,
    answer: named[0],
    offsetSeconds: best?.offsetSeconds,
    isRight,
    isComplete: sounding.every((name) => named.includes(name)) && named.every((name) => sounding.includes(name)),
    confidence: best?.confidence ?? 0,
    offsetError: excerpt?.sound && Math.abs(best.offsetSeconds - excerpt.sound.fromSeconds),
    step,
    milliseconds: timings.totalMs,
  };
}

/**
 * Measures how well music is recognised. Most of the music is learnt, the rest is left out; clips are cut from both, distorted in
 * many ways, and recognised. The same arguments give the same clips.
 */
import type { Engine } from '../engine/api.ts';
import { openEngine } from '../engine/engine.ts';
import { openMemory } from '../library/shelf/memory.ts';
import { clipOf, type Plan } from './clips.ts';
import { type AccuracyOptions, nameOf, prepare } from './material.ts';
import type { Outcome } from './outcome.ts';
import { type Report, summed } from './report.ts';

export async function accuracy(options: AccuracyOptions): Promise<{ report: Report; outcomes: Outcome[] }> {
  const { kernel, version, threshold, progress = () => {} } = options;
  const engine = await openEngine({ shelf: openMemory(), kernel });
  const plans = await prepare(options, (learnt) => engine.add(learnt, { evenIfSimilar: true }));
  const outcomes: Outcome[] = [];
  for (const [i, plan] of plans.entries()) {
    progress(`${i} of ${plans.length}  ${plan.condition.name}, ${plan.seconds} s`);
    outcomes.push(await judge(engine, plan, threshold));
  }
  progress('');
  const report = { ...(await aboutLibrary(engine, version)), ...summed(outcomes) };
  await engine.close();
  return { report, outcomes };
}

export async function aboutLibrary(engine: Engine, version: string) {
  const { trackCount, seconds, bytes } = await engine.status();
  return {
    made: new Date().toISOString(),
    version,
    tracks: trackCount,
    hours: seconds / 3600,
    bytesPerMinute: (bytes.prints + bytes.index) / (seconds / 60),
  };
}

async function judge(engine: Engine, plan: Plan, threshold?: number): Promise<Outcome> {
  const { condition, seconds, excerpts } = plan;
  const clip = clipOf(plan);
  const { matches, step, timings } = await engine.recognize(clip, { threshold });
  const isMusicKnown = condition.source === 'learnt';
  const sounding = isMusicKnown ? excerpts.map(({ track }) => nameOf(track)) : [];
  const named = matches.map(({ track }) => track.title);
  const [best] = matches;
  const isRight = best !== undefined && sounding.includes(best.track.title);
  const excerpt = isRight ? excerpts.find(({ track }) => nameOf(track) === best.track.title) : undefined;
  return {
    condition: condition.name,
    seconds,
    snr: condition.snr,
    isMusicKnown,
    tracks: excerpts.map(({ track }) => nameOf(track)),
    fromSeconds: excerpts[0]?.sound?.fromSeconds,
    answer: best?.track.title,
    offsetSeconds: best?.offsetSeconds,
    isRight,
    isComplete: sounding.every((name) => named.includes(name)) && named.every((name) => sounding.includes(name)),
    confidence: best?.confidence ?? 0,
    offsetError: excerpt?.sound && Math.abs(best.offsetSeconds - excerpt.sound.fromSeconds),
    step,
    milliseconds: timings.totalMs,
  };
}

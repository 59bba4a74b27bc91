/**
 * Measures how well music is recognised. Most of the music is learnt, the rest is left out; clips are cut from both, distorted in
 * many ways, and recognised. The same arguments give the same clips.
 */
import { openEngine } from '../engine/engine.ts';
import { openMemory } from '../library/shelf/memory.ts';
import { aboutLibrary } from './about-library.ts';
import { judge } from './judge.ts';
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
    outcomes.push(await judge(engine, plan, { threshold, keyOf: ({ title }) => title, keyOfExcerpt: nameOf }));
  }
  progress('');
  const report = { ...(await aboutLibrary(engine, version)), ...summed(outcomes) };
  await engine.close();
  return { report, outcomes };
}

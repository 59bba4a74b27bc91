/**
 * Measures how well music is recognised. Most of the music is learnt, the rest is left out; clips are cut from both, distorted in
 * many ways, and recognised. The same arguments give the same clips.
 */
import { engineOf, libraryOn } from '../engine/engine.ts';
import { UserError } from '../errors.ts';
import { pause } from '../library/background.ts';
import type { Library } from '../library/library.ts';
import { unpackPrint } from '../library/prints/print.ts';
import { openMemory } from '../library/shelf/memory.ts';
import type { Learnt } from '../types.ts';
import { aboutLibrary } from './about-library.ts';
import { judge } from './judge.ts';
import { madeUpTracks } from './made-up-tracks.ts';
import { type AccuracyOptions, nameOf, prepare } from './material.ts';
import type { Outcome } from './outcome.ts';
import { type Report, summed } from './report.ts';

export async function accuracy(options: AccuracyOptions): Promise<{ report: Report; outcomes: Outcome[] }> {
  const { kernel, version, threshold, progress = () => {} } = options;
  const library = await libraryOn({ shelf: openMemory() });
  const engine = engineOf(library, { kernel });
  const leftOut: Learnt[] = [];
  const plans = await prepare(
    options,
    (learnt) => engine.add(learnt, { evenIfSimilar: true }),
    options.among === undefined ? undefined : (learnt) => leftOut.push(learnt),
  );
  if (options.among !== undefined) await fill(library, leftOut, options);
  const outcomes: Outcome[] = [];
  for (const [i, plan] of plans.entries()) {
    progress(`${i} of ${plans.length}  ${plan.condition.name}, ${plan.seconds} s`);
    await pause(); // for Ctrl-C: a clip may be recognised in one go
    outcomes.push(await judge(engine, plan, { threshold, keyOf: ({ title }) => title, keyOfExcerpt: nameOf }));
  }
  progress('');
  const report = { ...(await aboutLibrary(engine, version)), ...summed(outcomes) };
  await engine.close();
  return { report, outcomes };
}

/**
 * Adds made-up tracks. They are made of tracks that are neither learnt nor cut into clips, because a piece that is symmetric in time and
 * hardly moved in pitch would be the same music again.
 */
async function fill(library: Library, leftOut: Learnt[], { among = 0, seed = 1, progress }: AccuracyOptions) {
  const missing = among - library.ids().length;
  if (missing <= 0) return;
  if (leftOut.length === 0) {
    throw new UserError(
      'TooShort',
      'Made-up tracks are made of tracks that are left out, and there are too few: name more music.',
    );
  }
  progress?.(`making up ${missing} tracks`);
  const prints = leftOut.map(({ print }) => unpackPrint(print));
  await library.addAll(madeUpTracks(prints, missing, seed));
  await library.settled();
}

/** The learner as Node has it: files are paths. */
import { basename } from 'node:path';
import { createLearner, type Learner, type LearnerHost } from '../../learn/learner.ts';
import { sourceAt, withAdvice } from '../decode/open-file.ts';
import { shownName } from '../system/system-path.ts';

export type PathLearner = Learner<string>;

export function createPathLearner(host: Pick<LearnerHost<string>, 'kernel' | 'engine'>): PathLearner {
  const sourceOf = async (path: string, alive: () => void) => ({
    ...(await sourceAt(path, alive)),
    name: shownName(basename(path)),
  });
  const learner = createLearner({ ...host, sourceOf });
  return {
    ...learner,
    learn: (path, options, tell) => learner.learn(path, options, tell).catch(withAdvice),
  };
}

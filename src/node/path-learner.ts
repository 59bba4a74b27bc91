/** The learner as Node has it: it is told paths. */
import { basename } from 'node:path';
import { contentIdOf } from '../audio/content-id.ts';
import { createLearner, type Learner } from '../learn/learner.ts';
import { fileAt, openSoundFile } from './open-file.ts';
import { shownName } from './system-path.ts';

export interface PathFile {
  path: string;
  name: string;
}

export const pathFile = (path: string): PathFile => ({ path, name: shownName(basename(path)) });

export type PathLearner = Pick<Learner<PathFile>, 'identify' | 'learn'>;

export function createPathLearner(kernel: Promise<WebAssembly.Module>): PathLearner {
  return {
    identify: async ({ path }, read) => contentIdOf(await fileAt(path), read),
    learn: async ({ path }, task, heard) =>
      createLearner(kernel, () => openSoundFile(path)).learn(await fileAt(path), task, heard),
  };
}

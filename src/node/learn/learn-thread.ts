/** Hosts a learner on a thread of its own; `add-files.ts` starts it. Nothing but glue. */
import { wrap } from 'comlink';
import type { LearnerEngine } from '../../engine/bridge/engine-port.ts';
import { kernelBytes } from '../../kernel/bytes.node.ts';
import { compileKernel } from '../../kernel/kernel.ts';
import { serveThread } from '../start-thread.ts';
import { createPathLearner } from './path-learner.ts';

const kernel = compileKernel(kernelBytes());

serveThread((port: MessagePort) =>
  createPathLearner({ kernel, engine: wrap<LearnerEngine>(port) as unknown as LearnerEngine }),
);

/** Hosts a learner on a thread of its own; `thread-learner.ts` is the other side. Nothing but glue. */
import { kernelBytes } from '../kernel/bytes.node.ts';
import { compileKernel } from '../kernel/kernel.ts';
import type { Heard, Outcome } from '../learn/learner.ts';
import { createPathLearner } from './path-learner.ts';
import { serve } from './thread.ts';
import type { Request } from './thread-learner.ts';

const learner = createPathLearner(compileKernel(kernelBytes()));

serve<Request, string | Outcome, number | Heard>(({ file, task }, tell) =>
  task ? learner.learn(file, task, tell) : learner.identify(file, tell),
);

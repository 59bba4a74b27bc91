/** Hosts a learner on a thread of its own; `thread-learner.ts` is the other side. Nothing but glue. */
import { parentPort } from 'node:worker_threads';
import { kernelBytes } from '../kernel/bytes.node.ts';
import { compileKernel } from '../kernel/kernel.ts';
import { faultOf } from './fault.ts';
import { createPathLearner } from './path-learner.ts';
import type { Reply, Request } from './thread-learner.ts';

const learner = createPathLearner(compileKernel(kernelBytes()));
const reply = (message: Reply) => parentPort?.postMessage(message);

parentPort?.on('message', async (request: Request) => {
  const tell = (progress: Extract<Reply, { progress: unknown }>['progress']) => reply({ progress });
  try {
    const { file, task } = request;
    reply({ result: task ? await learner.learn(file, task, tell) : await learner.identify(file, tell) });
  } catch (error) {
    reply({ fault: faultOf(error) });
  }
});

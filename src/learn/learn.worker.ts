/** Hosts a learner. Nothing but glue. */
import { expose, proxy, wrap } from 'comlink';
import { type Channels, lastResortOnPage } from '../audio/decode-on-page.ts';
import { install } from '../engine/bridge/crossing.ts';
import type { LearnerEngine } from '../engine/bridge/engine-port.ts';
import { compileKernel } from '../kernel/kernel.ts';
import { kernelUrl } from '../kernel/url.ts';
import { createLearner, type Learner } from './learner.ts';

install();
const kernel = fetch(kernelUrl).then(compileKernel);
kernel.catch(() => {}); // each file that is learnt reports it

export type OpenLearner = (
  engine: MessagePort,
  decodeOnPage: ((file: Blob) => Promise<Channels>) | undefined,
) => Promise<Learner>;

const open: OpenLearner = async (port, decodeOnPage) => {
  const engine = wrap<LearnerEngine>(port) as unknown as LearnerEngine;
  const learner = createLearner<File>({
    kernel,
    engine,
    sourceOf: (file, alive) => ({
      name: file.name,
      content: file,
      lastResort: decodeOnPage && lastResortOnPage(file, decodeOnPage, alive),
    }),
  });
  return proxy(learner);
};

expose(open);

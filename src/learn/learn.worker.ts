/** Hosts a learner. Nothing but glue. */
import { expose } from 'comlink';
import { install } from '../engine/crossing.ts';
import { compileKernel } from '../kernel/kernel.ts';
import { kernelUrl } from '../kernel/url.ts';
import { createLearner } from './learner.ts';

install();
expose(createLearner(fetch(kernelUrl).then(compileKernel)));

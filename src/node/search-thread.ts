/** Compares sketches on a thread of its own; `start-search-thread.ts` starts it. Nothing but glue. */
import { parentPort } from 'node:worker_threads';
import { expose } from 'comlink';
import nodeEndpoint from 'comlink/dist/esm/node-adapter';
import { SketchHolder } from '../engine/search-threads/sketch-holder.ts';

expose(new SketchHolder(), nodeEndpoint(parentPort!));

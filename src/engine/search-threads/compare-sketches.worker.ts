/** Compares sketches on a thread of its own; `start-search-worker.ts` starts it. Nothing but glue. */
import { expose } from 'comlink';
import { SketchHolder } from './sketch-holder.ts';

expose(new SketchHolder());

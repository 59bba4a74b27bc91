/** A process that uses a library in a folder until it is killed: `node live-child.js FOLDER SEED [PAUSE_MS]`. */

import { openLibrary } from '../../src/library/library.ts';
import { openLmdb } from '../../src/node/lmdb/lmdb-shelf.ts';
import { BUSY, live } from '../support/live.ts';

const [, , folder, seed, pauseMs = '0'] = process.argv;
const library = await openLibrary(await openLmdb(folder), BUSY);
await live(library, Number(seed), (what) => process.stdout.write(`${what}\n`), Number(pauseMs));

/** A process that uses a library, in a folder or a database, until it is killed: `node live-child.js PLACE SEED [PAUSE_MS]`. */

import { openLibrary } from '../../src/library/library.ts';
import { openShelf } from '../../src/node/open-shelf.ts';
import { BUSY, live } from '../support/live.ts';

const [, , place, seed, pauseMs = '0'] = process.argv;
const { shelf, others } = await openShelf(place);
const library = await openLibrary(shelf, { ...BUSY, others });
await live(library, Number(seed), (what) => process.stdout.write(`${what}\n`), Number(pauseMs));

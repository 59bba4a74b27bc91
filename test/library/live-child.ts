/** A process that uses a library, in a folder or a database, until it is killed: `node live-child.js PLACE SEED [PAUSE_MS]`. */

import { openLibrary } from '../../src/library/library.ts';
import { openShelf } from '../../src/node/open-shelf.ts';
import { BUSY, live } from '../support/live.ts';

const [, , place, seed, pauseMs = '0'] = process.argv;
const { shelf, others } = await opened();
const library = await openLibrary(shelf, { ...BUSY, others });
await live(library, Number(seed), (what) => process.stdout.write(`${what}\n`), Number(pauseMs));

/** A busy machine may be slow to answer. */
async function opened(tries = 5): ReturnType<typeof openShelf> {
  try {
    return await openShelf(place);
  } catch (error) {
    if (tries === 0) throw error;
    return opened(tries - 1);
  }
}

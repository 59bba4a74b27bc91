/**
 * Opens and closes a library for reading, or writes rows one by one, until it is told to end: `node folder-turns-program.js FOLDER open|write`.
 * Then it reports how often it did so; the writer also reports the keys it finds. A reader also reports when it has opened the library OFTEN times.
 */
import { setImmediate } from 'node:timers/promises';
import { openLmdb } from '../../../src/node/lmdb/lmdb-shelf.ts';

const OFTEN = 20;
const [, , folder, role] = process.argv;
let isEnding = false;
process.once('message', () => (isEnding = true));
const report = role === 'open' ? await openAgainAndAgain() : await write();
process.send?.(report);
process.disconnect?.();

async function openAgainAndAgain() {
  let opened = 0;
  for (; !isEnding; opened++) {
    if (opened === OFTEN) process.send?.({ isGoing: true });
    await (await openLmdb(folder, { readOnly: true })).close();
    await setImmediate();
  }
  return { opened };
}

async function write() {
  const shelf = await openLmdb(folder);
  process.send?.({ isOpen: true });
  let written = 0;
  for (; !isEnding; written++) {
    await shelf.write([{ store: 'prints', key: written, row: new Uint8Array(300) }]);
    await setImmediate();
  }
  const keys = await shelf.keys('prints');
  await shelf.close();
  return { written, keys };
}

/** Opens a shelf and does with it what it is told, as a process or as a thread of one. `holders.ts` gives the orders. */
import { parentPort } from 'node:worker_threads';
import type { Shelf } from '../../../src/library/shelf/shelf.ts';
import { openLmdb } from '../../../src/node/lmdb/lmdb-shelf.ts';
import type { Order, Reply } from './holders.ts';

let shelf: Shelf | undefined;

async function obey(order: Order): Promise<number[]> {
  if ('open' in order) shelf = await openLmdb(order.open, order);
  else if ('put' in order)
    await shelf?.write([{ store: 'prints', key: order.put, row: new Uint8Array(5000).fill(order.put) }]);
  else if ('close' in order) await shelf?.close();
  return 'keys' in order ? ((await shelf?.keys('prints')) ?? []) : [];
}

const reply = (what: Reply) => (parentPort ? parentPort.postMessage(what) : process.send?.(what));

(parentPort ?? process).on('message', (order: Order) =>
  obey(order).then(
    (keys) => reply({ keys }),
    ({ name, message }: Error) => reply({ fault: { name, message } }),
  ),
);
// An end of ours must not outlive the test.
process.on('disconnect', () => process.exit());

/** A process that goes on learning until it is killed: `node .setup/run.mjs test/bench/crash-child.ts MATERIAL FOLDER COUNT`. */
import { readFileSync } from 'node:fs';
import { deserialize } from 'node:v8';
import { openLibrary } from '../../src/library/library.ts';
import { unpackPrint } from '../../src/library/prints/print.ts';
import { openLmdb } from '../../src/node/lmdb/lmdb-shelf.ts';
import { matching } from '../support/matching.ts';
import { learntLike } from '../support/tracks-like.ts';
import type { Material } from './library-trial.ts';

const [file, folder, count] = process.argv.slice(-3);
const real = (deserialize(readFileSync(file)) as Material).prints.map((bytes) => unpackPrint(bytes));
const library = await openLibrary(await openLmdb(folder), matching);
let seed = library.ids().length * 1000;

async function* some(count: number) {
  for (let i = 0; i < count; i++) yield learntLike(real, seed++, 240);
}
await library.addAll(some(Number(count) - library.ids().length));
await library.settled();
process.stdout.write('lives\n');
for (;;) {
  for await (const learnt of some(30)) await library.add(learnt);
  await library.addAll(some(70));
  await library.settled();
}

/**
 * Looks at a library that another process is changing, again and again: `node reader-program.js FOLDER`. With the word
 * `stay` it opens the library once, otherwise anew for each look. Tells what it saw, a line for each look.
 */
import { openLibrary } from '../../../src/library/library.ts';
import { openLmdb } from '../../../src/node/lmdb/lmdb-shelf.ts';
import { BUSY, readerFaults } from '../../support/live.ts';

const [, , folder, stay] = process.argv;
const open = async () => openLibrary(await openLmdb(folder, { readOnly: true }), BUSY);

let library = await open();
for (;;) {
  library.dropCaches();
  const faults = await readerFaults(library);
  const { segments } = await library.status();
  process.stdout.write(`${JSON.stringify({ tracks: library.ids().length, segments, faults })}\n`);
  if (stay) continue;
  await library.close();
  library = await open();
}

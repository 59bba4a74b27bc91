/** Rows of a library lost, damaged, exchanged and forged, in IndexedDB and in memory. */
import 'fake-indexeddb/auto';
import { openEngine } from '../../src/engine/engine.ts';
import { openIndexedDb } from '../../src/library/shelf/indexeddb.ts';
import { openMemory } from '../../src/library/shelf/memory.ts';
import { type Shelf, STORES } from '../../src/library/shelf/shelf.ts';
import { kernelModule } from '../support/kernel.ts';
import { aftermath } from './aftermath.ts';
import type { Attack, Input, Subject } from './attack.ts';
import { fill, type Victim } from './forgery/library.ts';
import { damageRows } from './row-damage.ts';

async function open(): Promise<Subject> {
  const whole = openMemory();
  const victim = await fill(async () => whole);
  return { take: (input) => taken(input, victim, whole) };
}

async function taken(input: Input, victim: Victim, whole: Shelf): Promise<string[]> {
  const inMemory = openMemory();
  const isInMemory = input.once(2);
  const name = `library ${input.index}`;
  const shelf = async () => (isInMemory ? inMemory : openIndexedDb(name));
  const opened = await shelf();
  await copy(whole, opened);
  const forgedPrints = await damageRows(input, opened);
  await opened.close();
  const open = async () => openEngine({ shelf: await shelf(), kernel: kernelModule });
  const failures = await aftermath(input, victim, open, { forgedPrints });
  indexedDB.deleteDatabase(name);
  return failures;
}

async function copy(from: Shelf, to: Shelf): Promise<void> {
  for (const store of STORES) {
    const rows = await from.list(store);
    await to.write(rows.map(([key, row]) => ({ store, key, row: row.slice() })));
  }
}

export const attack: Attack = { inputs: 1200, patienceSeconds: 60, open };

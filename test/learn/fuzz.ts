/**
 * Learns damaged copies of the fixtures in a browser: `node .setup/run.mjs test/learn/fuzz.ts [--count 600] [--seed 1]`.
 * Each must end in a row, learnt or failed with a reason; nothing may hang, and nothing half may get into the library.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { isSound } from '../../src/learn/sound-names.ts';
import { openWorkbench } from '../workbench/start.ts';
import type { Outcome } from '../workbench/workbench.ts';

const BATCH = 100;

const { values } = parseArgs({
  options: { count: { type: 'string', default: '600' }, seed: { type: 'string', default: '1' } },
});
const fixtures = join(import.meta.dirname, '../fixtures');
const paths = readdirSync(fixtures)
  .filter((name) => isSound({ name, type: '' }) && !/empty|shopping|\.ts$/.test(name))
  .map((name) => join(fixtures, name));

const bench = await openWorkbench();
await bench.page.setInputFiles('input', paths);
const ends: Record<string, number> = {};
const wrong: Outcome['rows'] = [];
for (let start = 0; start < Number(values.count); start += BATCH) {
  const count = Math.min(BATCH, Number(values.count) - start);
  const seed = Number(values.seed) + start;
  const { rows, ms } = await bench.page.evaluate(([c, s]) => window.workbench.learnDamaged(c, s), [count, seed]);
  for (const row of rows) {
    const end = row.state === 'added' && row.fault ? 'added in part' : `${row.state} ${row.fault ?? ''}`.trim();
    ends[end] = (ends[end] ?? 0) + 1;
    if (row.fault === 'Unexpected' || !/^(added|known|failed)$/.test(row.state)) wrong.push(row);
  }
  console.log(`${start + count} of ${values.count}, ${Math.round(ms)} ms`);
}
console.table(ends);
for (const { name, state, fault } of wrong) console.log(`wrong: ${name} ${state} ${fault}`);
await bench.close();
process.exit(wrong.length ? 1 : 0);

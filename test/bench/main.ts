/**
 * How fast: `npm run bench -- kernel [--json FILE]`. Each benchmark is a file of this folder whose `run` takes the
 * remaining words of the command line and hands back a table; without a name all of them run.
 */
import { writeFileSync } from 'node:fs';
import { type Measured, print } from './table.ts';

type Benchmark = { run(args: string[]): Promise<Measured> };

const benchmarks: Record<string, () => Promise<Benchmark>> = {
  kernel: () => import('./kernel.ts'),
  peaks: () => import('./peaks.ts'),
  library: () => import('./library.ts'),
  shelf: () => import('./shelf.ts'),
  crash: () => import('./crash.ts'),
  bundle: () => import('./bundle.ts'),
  import: () => import('./import.ts'),
  cli: () => import('./cli.ts'),
  live: () => import('./live.ts'),
  microphone: () => import('./microphone.ts'),
  recording: () => import('./recording.ts'),
  browsers: () => import('./browsers.ts'),
  phone: () => import('./phone.ts'),
  endurance: () => import('./endurance.ts'),
  start: () => import('./start.ts'),
  'long-list': () => import('./long-list.ts'),
  search: () => import('./search.ts'),
  'search-threads': () => import('./search-threads.ts'),
  shards: () => import('./shards.ts'),
  'shard-answers': () => import('./shard-answers.ts'),
  serve: () => import('./serve.ts'),
  watch: () => import('./watch.ts'),
  duplicates: () => import('./duplicates.ts'),
  catalogue: () => import('./catalogue.ts'),
};

const args = process.argv.slice(2);
const jsonAt = args.indexOf('--json');
const [, jsonFile] = jsonAt < 0 ? [] : args.splice(jsonAt, 2);
const named = args[0] && !args[0].startsWith('--') ? args.splice(0, 1) : Object.keys(benchmarks);

const tables: Measured[] = [];
for (const name of named) {
  const load = benchmarks[name];
  if (!load) throw new Error(`there is no benchmark "${name}"; there are ${Object.keys(benchmarks).join(', ')}`);
  const { run } = await load();
  const table = await run(args);
  print(table);
  tables.push(table);
}
if (jsonFile) writeFileSync(jsonFile, `${JSON.stringify(tables, null, 2)}\n`);

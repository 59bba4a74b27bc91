/** Forged bundles, taken into a library that holds something: each is refused and changes nothing, or is taken in whole. */
import type { Engine } from '../../src/engine/api.ts';
import { openEngine } from '../../src/engine/engine.ts';
import { faultOf } from '../../src/errors.ts';
import { openMemory } from '../../src/library/shelf/memory.ts';
import type { Shelf } from '../../src/library/shelf/shelf.ts';
import { openLmdb } from '../../src/node/lmdb/lmdb-shelf.ts';
import { kernelModule } from '../support/kernel.ts';
import { someLearnt } from '../support/prints.ts';
import type { Attack, Input, Subject } from './attack.ts';
import { forgedBundle } from './forgery/bundle.ts';
import { type Contents, contentsOf, differences, Probe } from './library-check.ts';
import { faultsOfFault } from './sentences.ts';

/** Tracks in the library before. */
const TRACKS = 6;

async function open(): Promise<Subject> {
  const probe = new Probe(1);
  return { take: (input) => taken(input, probe) };
}

async function taken(input: Input, probe: Probe): Promise<string[]> {
  const bundle = new Blob([forgedBundle(input)]);
  const mode = input.pick(['merge', 'merge', 'replace'] as const);
  const shelf = shelfFor(input);
  const engine = await openEngine({ shelf: await shelf(), kernel: kernelModule });
  for (let seed = 1; seed <= TRACKS; seed++)
    await engine.add(someLearnt(seed, { seconds: 6 }), { evenIfSimilar: true });
  const before = await contentsOf(engine);
  const failures: string[] = [];
  const preview = await engine.previewBundle(bundle).catch(faultOf);
  if ('message' in preview) failures.push(...faultsOfFault(preview));
  const result = await engine.importBundle(bundle, mode).catch(faultOf);
  input.note(`${mode}: ${JSON.stringify(result)}`);
  const after = await contentsOf(engine);
  if ('message' in result) {
    failures.push(...faultsOfFault(result), ...differences(before, after));
  } else {
    if ('message' in preview) failures.push(`WRONG: taken in, though previewed as: ${preview.message}`);
    failures.push(...accepted(mode, result, before, after));
  }
  await engine.close();
  failures.push(...(await goesOn(await openEngine({ shelf: await shelf(), kernel: kernelModule }), after, probe)));
  return failures;
}

/** Mostly in memory; now and then in a folder. */
function shelfFor(input: Input): () => Promise<Shelf> {
  if (input.once(8)) return () => openLmdb(input.at('library'));
  const shelf = openMemory();
  return async () => shelf;
}

function accepted(
  mode: 'merge' | 'replace',
  result: { added: number; known: number },
  before: Contents,
  after: Contents,
) {
  const kept = new Map([...before].filter(([contentId]) => mode === 'merge' || after.has(contentId)));
  const unchanged = mode === 'merge' ? differences(before, new Map([...after].filter(([id]) => before.has(id)))) : [];
  const expected = mode === 'merge' ? kept.size + result.added : result.added;
  const deaf = [...after.values()].filter(({ print }) => print === undefined).map(({ title }) => `HALF: “${title}”`);
  return [...unchanged, ...deaf, ...(after.size === expected ? [] : [`WRONG: ${after.size} tracks, not ${expected}`])];
}

/** Opened again it holds the same, is sound, and takes in another track, if need be after all others were removed. */
async function goesOn(engine: Engine, expected: Contents, probe: Probe): Promise<string[]> {
  const failures = differences(expected, await contentsOf(engine));
  const { lost } = await engine.verify();
  failures.push(...lost.map((what) => `LOST: ${what}`));
  const isFull = await probe.faults(engine).catch(faultOf);
  if (Array.isArray(isFull)) failures.push(...isFull);
  else {
    failures.push(...faultsOfFault(isFull));
    if (isFull.name !== 'StorageFull') failures.push(`STUCK: ${isFull.message}`);
    const { rows } = await engine.tracks({ limit: Infinity });
    await engine.remove(rows.map(({ id }) => id));
    failures.push(...(await probe.faults(engine).catch((error) => [`STUCK: even emptied: ${error}`])));
  }
  await engine.close();
  return failures;
}

export const attack: Attack = { inputs: 2000, patienceSeconds: 120, open };

/** After damage: what is not as it was has to be told, what is there has to be right, and the library has to go on. */

import type { Engine } from '../../src/engine/api.ts';
import { faultOf } from '../../src/node/system/node-fault.ts';
import type { Input } from './attack.ts';
import type { Victim } from './forgery/library.ts';
import { type Contents, contentsOf, type Held } from './library-check.ts';
import { faultsOfFault } from './sentences.ts';

interface Allowed {
  /** Nothing of the library is left to open, or to know of. */
  mayRefuse?: boolean;
  /** Prints that nobody can tell from real ones. */
  forgedPrints?: ReadonlySet<string>;
}

/** `open` opens what was damaged. */
export async function aftermath(
  input: Input,
  victim: Victim,
  open: () => Promise<Engine>,
  { mayRefuse = false, forgedPrints = new Set() }: Allowed = {},
): Promise<string[]> {
  const engine = await open().catch(faultOf);
  if ('message' in engine) {
    input.note(`refused: ${engine.message}`);
    const isRight = mayRefuse || engine.name === 'LibraryNewer';
    return [...faultsOfFault(engine), ...(isRight ? [] : [`BRICKED: ${engine.message}`])];
  }
  try {
    const failures = await looked(input, victim, engine, mayRefuse, forgedPrints);
    await engine.close();
    return failures.length > 0 ? failures : await again(victim, open);
  } catch (error) {
    await engine.close().catch(() => {});
    const fault = faultOf(error);
    return [...faultsOfFault(fault), `BRICKED: ${fault.message} ${error instanceof Error ? error.stack : ''}`];
  }
}

async function looked(
  input: Input,
  victim: Victim,
  engine: Engine,
  mayBeSilent: boolean,
  forgedPrints: ReadonlySet<string>,
): Promise<string[]> {
  const first = await contentsOf(engine);
  // Questions find out what nobody has looked at yet.
  const song = input.pick(victim.songs);
  await song.isNamed(engine);
  const { damaged } = await engine.status();
  const { repaired, lost } = await engine.verify();
  const told = [...damaged, ...repaired, ...lost];
  for (const what of told) input.note(`told: ${what}`);
  const there = await contentsOf(engine);
  const failures = [
    ...told.flatMap((message) => faultsOfFault({ name: 'LibraryDamaged', message: sentence(message) })),
  ];
  // What is lost is told, and what was found again is there, once the library was checked.
  const changed = changes(victim.contents, there, forgedPrints);
  for (const what of changed) input.note(what);
  const wrong = [...changes(victim.contents, first, forgedPrints), ...changed].filter((what) =>
    what.startsWith('WRONG'),
  );
  failures.push(...wrong);
  if (changed.length > 0 && told.length === 0 && !mayBeSilent)
    failures.push(`SILENT: nothing was told, but ${changed[0]}`);
  const print = there.get(song.learnt.contentId)?.print;
  if (print && !forgedPrints.has(print)) failures.push(...(await song.isNamed(engine)));
  return [...failures, ...(await victim.stranger.faults(engine))];
}

/** What is repaired is told by its name. */
const sentence = (told: string) => (told.endsWith('.') ? told : `${told}.`);

/** A track of which only its print was left is there under such a title, which tells enough. */
const isRecovered = ({ title }: Held) => title.startsWith('Recovered track');

function changes(before: Contents, there: Contents, forgedPrints: ReadonlySet<string>): string[] {
  const found: string[] = [];
  const recovered = new Set([...there.values()].filter(isRecovered).map(({ print }) => print));
  // One that came back under such a title may be any of those that are gone.
  const isForged = [...recovered].some((print) => print && forgedPrints.has(print));
  for (const [contentId, { title, print }] of before) {
    const held = there.get(contentId);
    if (!held && (recovered.has(print) || isForged)) continue;
    if (!held) found.push(`“${title}” is gone`);
    else if (!held.print) found.push(`“${title}” has no print`);
    else if (held.print !== print && !forgedPrints.has(held.print))
      found.push(`WRONG: “${title}” has another's print: ${held.print}, not ${print}`);
    else if (held.title !== title) found.push(`“${title}” is called “${held.title}”`);
  }
  for (const [contentId, held] of there)
    if (!before.has(contentId) && !isRecovered(held)) found.push(`“${held.title}” is there`);
  return found;
}

/** What was added afterwards is there when it is opened again. */
async function again(victim: Victim, open: () => Promise<Engine>): Promise<string[]> {
  const engine = await open();
  const failures = await victim.stranger.isNamed(engine);
  await engine.close();
  return failures.map((what) => `LOST after reopening: ${what}`);
}

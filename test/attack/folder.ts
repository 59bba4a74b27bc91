/** The files of a library's folder, flipped, cut, exchanged and gone; by the package's own calls. */
import { cpSync, lutimesSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { openLibrary } from '../../src/node/package.ts';
import { faultOf } from '../../src/node/system/node-fault.ts';
import { aftermath } from './aftermath.ts';
import type { Attack, Input, Subject } from './attack.ts';
import { damageFolder } from './folder-damage.ts';
import { type FolderVictim, folderVictim } from './forgery/library.ts';
import { contentsOf } from './library-check.ts';
import { faultsOfFault } from './sentences.ts';

async function open(): Promise<Subject> {
  const victim = await folderVictim();
  return { take: (input) => taken(input, victim), close: async () => victim.remove() };
}

async function taken(input: Input, victim: FolderVictim): Promise<string[]> {
  const folder = input.at('library');
  cpSync(victim.folder, folder, { recursive: true });
  const mayRefuse = damageFolder(input, folder, victim.earlier);
  age(folder);
  const failures: string[] = [];
  if (input.once(2)) failures.push(...(await readOnly(input, folder)));
  failures.push(...(await aftermath(input, victim, () => openLibrary(folder), { mayRefuse })));
  return failures;
}

/** Nobody has used it for an hour. */
function age(folder: string): void {
  const then = new Date(Date.now() - 3_600_000);
  for (const name of readdirSync(folder)) lutimesSync(join(folder, name), then, then);
}

/** Whoever only reads may be told that it is damaged. */
async function readOnly(input: Input, folder: string): Promise<string[]> {
  try {
    const library = await openLibrary(folder, { readOnly: true });
    try {
      await contentsOf(library);
    } finally {
      await library.close();
    }
    return [];
  } catch (error) {
    const fault = faultOf(error);
    input.note(`reading: ${fault.message}`);
    return faultsOfFault(fault);
  }
}

export const attack: Attack = { inputs: 1200, patienceSeconds: 90, open };

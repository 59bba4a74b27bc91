/**
 * The command line is killed (SIGKILL) while it adds, removes, imports and replaces, and a busy library while it seals and
 * merges. What was told as done must be there afterwards, whole, and nothing by halves. How far each gets differs from run to
 * run, so a failure may need several tries to be seen again.
 */
import { watch } from 'node:fs';
import { join } from 'node:path';
import { openLibrary } from '../../src/library/library.ts';
import { openLmdb } from '../../src/node/lmdb/lmdb-shelf.ts';
import { builtProgram } from '../support/built-programs.ts';
import { BUSY, faultsOf } from '../support/live.ts';
import type { Attack, Input, Subject } from './attack.ts';
import { type Ended, type Running, startCommand, startProgram } from './command-line.ts';
import { KINDS, KillVictim, type Kind, outcomeFaults, type Task } from './kill-victim.ts';

/** Of so many commands one is called again after the kill, and killed again, before anybody looks. */
const TWICE = 3;
/** Lives of a busy library in one input, and how long one lasts at most. */
const LIVES = 3;
const LIFE_MS = 400;

async function open(): Promise<Subject> {
  const victim = await KillVictim.prepare();
  const busy = await builtProgram('test/library/live-child.ts');
  const clock = new Clock();
  return {
    async take(input) {
      const kind = input.pick([...KINDS, 'merge' as const]);
      return kind === 'merge' ? merging(input, busy) : commanded(input, victim, kind, clock);
    },
    async close() {
      victim.remove();
    },
  };
}

async function commanded(input: Input, victim: KillVictim, kind: Kind, clock: Clock): Promise<string[]> {
  const task = victim.task(input, kind);
  if (!clock.knows(kind)) {
    victim.copyTo(input.at('rehearsal'));
    await clock.livedAndKilled(input, task, input.at('rehearsal'));
  }
  const library = input.at('library');
  victim.copyTo(library);
  const told = new Set<string>();
  const lives = input.once(TWICE) ? 2 : 1;
  for (let life = 0; life < lives; life++) {
    const { out, err, status, isStuck } = await clock.livedAndKilled(input, task, library);
    if (isStuck) return [`HANG: ${kind}`];
    const lines = out.split('\n').slice(0, -1); // what a kill cut short was not told
    for (const id of victim.told(task, lines)) told.add(id);
    // What the first life has removed the second one does not find.
    const isWrong = status !== 0 && status !== KILLED && !(kind === 'remove' && life > 0);
    if (isWrong) return [`STATUS ${status}: ${kind}: ${err}`];
  }
  const { there, faults } = await victim.look(library);
  input.note(`${told.size} of ${task.about.size} told, ${there.size} there instead of ${victim.before.size}`);
  return [...faults, ...outcomeFaults(task, victim.before, there, told)];
}

const KILLED = 128 + 9;

/**
 * Kills at a random moment of the time that a command takes from its first write to its end. The first of each kind is left
 * alone, to see how long that is.
 */
class Clock {
  private readonly usual = new Map<Kind, number>();

  knows(kind: Kind): boolean {
    return this.usual.has(kind);
  }

  async livedAndKilled(input: Input, { kind, words }: Task, library: string): Promise<Ended> {
    const usual = this.usual.get(kind);
    const share = 1.1 * input.draw();
    let begun: number | undefined;
    let timer: NodeJS.Timeout | undefined;
    const { child, ended }: Running = startCommand(words, { library });
    const watcher = watch(library, () => {
      if (begun !== undefined) return;
      begun = performance.now();
      if (usual) timer = setTimeout(() => child.kill('SIGKILL'), share * usual);
    });
    const result = await ended;
    clearTimeout(timer);
    watcher.close();
    if (begun !== undefined && result.status === 0) {
      const took = performance.now() - begun;
      this.usual.set(kind, usual ? (usual + took) / 2 : took);
    }
    input.note(
      `${kind}: ${result.status === KILLED ? `killed after ${Math.round(share * (usual ?? 0))} ms` : 'ended'}`,
    );
    return result;
  }
}

async function merging(input: Input, program: string): Promise<string[]> {
  const path = join(input.folder, 'library');
  const reports: string[] = [];
  const faults: string[] = [];
  for (let life = 0; life < LIVES && faults.length === 0; life++) {
    const milliseconds = input.draw() * LIFE_MS;
    const { child, ended } = startProgram(program, [path, String(1 + life * 1000)]);
    child.stdout?.once('data', () => setTimeout(() => child.kill('SIGKILL'), milliseconds));
    const { out, err, status } = await ended;
    if (status !== KILLED) faults.push(`STATUS ${status}: ${err}`);
    reports.push(...out.split('\n').slice(0, -1));
    const library = await openLibrary(await openLmdb(path), BUSY);
    faults.push(...(await faultsOf(library, reports)));
    input.note(`merge: killed after ${Math.round(milliseconds)} ms, ${reports.length} changes told`);
    await library.close();
  }
  return faults;
}

export const attack: Attack = { inputs: 200, patienceSeconds: 90, open };

/** Runs attacks one after the other, input by input, and counts what fails. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { memoryDisk } from '../../.setup/memory-disk.mjs';
import beginRun from '../support/built-once.ts';
import { builtForNode } from '../support/built-programs.ts';
import { AttackProcess } from './attack-process.ts';

export interface Plan {
  names: string[];
  seed: number;
  /** This input only. */
  input?: number;
  /** Begin with this one. */
  from?: number;
  /** Of the inputs of a full campaign. */
  share?: number;
  /** For all attacks together; those that have no more inputs leave their time to the rest. */
  minutes?: number;
}

export interface Failure {
  attack: string;
  index: number;
  what: string[];
}

export interface Result {
  attack: string;
  inputs: number;
  failures: Failure[];
  seconds: number;
  skipped?: string;
}

export interface Told {
  /** What is done with an input. */
  noted?(what: string): void;
  /** After each input. */
  taken?(attack: string, index: number, failures: string[]): void;
}

export async function campaign(plan: Plan, told: Told = {}): Promise<Result[]> {
  const base = mkdtempSync(join(memoryDisk() ?? tmpdir(), 'entendu-attack-'));
  const endRun = beginRun();
  const programs = await builtForNode();
  const results: Result[] = [];
  const end = Date.now() + 60_000 * (plan.minutes ?? Infinity);
  let running: AttackProcess | undefined;
  const clear = () => {
    running?.kill();
    endRun();
    unmountAll(base);
    rmSync(base, { recursive: true, force: true });
  };
  process.once('exit', clear);
  try {
    for (const [i, name] of plan.names.entries()) {
      running = new AttackProcess(name, { ATTACK_PROGRAMS: programs, TMPDIR: base }, (what) => told.noted?.(what));
      const until = Date.now() + (end - Date.now()) / (plan.names.length - i);
      results.push(await attacked(running, name, plan, { base, until, told }));
      await running.close();
    }
    return results;
  } finally {
    process.off('exit', clear);
    clear();
  }
}

async function attacked(
  subject: AttackProcess,
  name: string,
  { seed, input, from = 0, share = 1 }: Plan,
  { base, until, told }: { base: string; until: number; told: Told },
): Promise<Result> {
  const begun = performance.now();
  const result: Result = { attack: name, inputs: 0, failures: [], seconds: 0 };
  const started = await subject.start();
  if ('skipped' in started) return { ...result, skipped: started.skipped };
  const first = input ?? from;
  const last = input ?? Math.max(1, Math.round(started.inputs * share)) - 1;
  for (let index = first; index <= last && Date.now() < until; index++) {
    const folder = join(base, `${name}-${index}`);
    mkdirSync(folder);
    const failures = await subject.take({ index, seed, folder });
    rmSync(folder, { recursive: true, force: true });
    result.inputs++;
    if (failures.length > 0) result.failures.push({ attack: name, index, what: failures });
    told.taken?.(name, index, failures);
  }
  return { ...result, seconds: (performance.now() - begun) / 1000 };
}

/** Disks of an attack that was killed. */
function unmountAll(base: string): void {
  if (!existsSync('/proc/mounts')) return;
  const places = readFileSync('/proc/mounts', 'utf8')
    .split('\n')
    .map((line) => line.split(' ')[1]);
  for (const place of places) if (place?.startsWith(base)) spawnSync('umount', ['--lazy', place]);
}

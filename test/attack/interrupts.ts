/**
 * Ctrl-C (SIGINT), once or twice, at a random moment of a command: it ends at once, says nothing raw, and leaves nothing lost or
 * by halves. How far each command gets differs from run to run.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { KERNEL_FORMAT } from '../../src/kernel/format.ts';
import { readBundle } from '../../src/library/bundle/read-bundle.ts';
import type { Attack, Input, Subject } from './attack.ts';
import { type Ended, startCommand } from './command-line.ts';
import { KINDS, KillVictim, outcomeFaults, type Task } from './kill-victim.ts';
import { PATIENCE } from './patience.ts';
import { faultsOfCommand } from './sentences.ts';

const INTERRUPTED = 128 + 2;
/** From Ctrl-C to the end. Our own limit is 0.7 s; this machine may be busy. */
const AT_ONCE_MS = 8000;
/** How often each sound file is asked for, so that there is time to interrupt it. */
const ASKED = 3;
const READERS = ['recognize', 'tracklist', 'export'] as const;

async function open(): Promise<Subject> {
  const victim = await KillVictim.prepare();
  const usual: Usual = new Map();
  return { take: (input) => taken(input, victim, usual), close: async () => victim.remove() };
}

/** By command: how long one takes that is left alone. */
type Usual = Map<string, number>;

async function taken(input: Input, victim: KillVictim, usual: Usual): Promise<string[]> {
  const name = input.pick([...KINDS, ...READERS]);
  const library = input.at('library');
  const target = input.at('out');
  victim.copyTo(library);
  const task = taskOf(input, victim, name, target);
  const ms = usual.get(name) ?? (await rehearsedMs(input, victim, task));
  usual.set(name, ms);
  writeFileSync(target, 'old');
  const ended = await interrupted(input, task.words, library, 1.1 * input.draw() * ms);
  input.note(`${name}: ${ended.status} after ${Math.round(ended.ms)} ms`);
  const { there, faults } = await victim.look(library);
  const told = victim.told(task, ended.out.split('\n').slice(0, -1));
  return [
    // 1: nothing was recognised, as it should be.
    ...faultsOfCommand(task.words, ended, [0, 1, INTERRUPTED]),
    ...(ended.lateMs > AT_ONCE_MS * PATIENCE ? [`HANG: ${name} went on for ${Math.round(ended.lateMs)} ms`] : []),
    ...faults,
    ...outcomeFaults(task, victim.before, there, told),
    ...(await leftBeside(input, target, name === 'export' && ended.status === 0)),
  ];
}

async function rehearsedMs(input: Input, victim: KillVictim, { words }: Task): Promise<number> {
  victim.copyTo(input.at('rehearsal'));
  return (await interrupted(input, words, input.at('rehearsal'), Infinity)).ms;
}

/** Commands that only read must not change any track. */
function taskOf(input: Input, victim: KillVictim, name: string, target: string): Task {
  const kind = KINDS.find((kind) => kind === name);
  if (kind) return victim.task(input, kind);
  const sounds = Array.from({ length: ASKED }, () => victim.soundFiles).flat();
  const words: Record<string, string[]> = {
    recognize: ['recognize', '--jobs', input.pick(['1', '2']), ...sounds],
    tracklist: ['tracklist', ...victim.soundFiles],
    export: ['export', target],
  };
  return { kind: 'remove', words: words[name], about: new Set() };
}

interface Interrupted extends Ended {
  /** From its start to its end, and from Ctrl-C to its end. */
  ms: number;
  lateMs: number;
}

async function interrupted(input: Input, words: string[], library: string, afterMs: number): Promise<Interrupted> {
  const begun = performance.now();
  const isTwice = input.once(3);
  const { child, ended } = startCommand(words, { library });
  const over = ended.then(() => 'over');
  let at: number | undefined;
  if (afterMs < Infinity && (await Promise.race([over, delay(afterMs)])) !== 'over') {
    at = performance.now();
    child.kill('SIGINT');
    if (isTwice && (await Promise.race([over, delay(50)])) !== 'over') child.kill('SIGINT');
  }
  const result = await ended;
  const now = performance.now();
  return { ...result, ms: now - begun, lateMs: now - (at ?? now) };
}

/** The target is what it was or a whole bundle, and nothing lies beside it. */
async function leftBeside(input: Input, target: string, isDone: boolean): Promise<string[]> {
  const names = readdirSync(input.folder).filter((name) => !['library', 'rehearsal', 'out'].includes(name));
  const written = readFileSync(target);
  const isOld = written.toString('latin1') === 'old' && !isDone;
  return [...names.map((name) => `LEFT: ${name}`), ...(isOld ? [] : await faultsOfBundle(written))];
}

async function faultsOfBundle(bytes: Buffer): Promise<string[]> {
  try {
    for await (const _ of readBundle(new Blob([Uint8Array.from(bytes)]), KERNEL_FORMAT));
    return [];
  } catch (error) {
    return [`HALF: the target holds ${bytes.length} bytes: ${error}`];
  }
}

export const attack: Attack = { inputs: 200, patienceSeconds: 120, open };

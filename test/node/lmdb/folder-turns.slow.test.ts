import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { TURN_FILE } from '../../../src/node/lmdb/folder-turns.ts';
import { openLmdb } from '../../../src/node/lmdb/lmdb-shelf.ts';
import { ownIdentity } from '../../../src/node/lmdb/process-identity.ts';
import { builtProgram } from '../../support/built-programs.ts';
import { temporaryFolder } from '../../support/folder.ts';

const folder = temporaryFolder();
let program = '';
beforeAll(async () => {
  program = await builtProgram('test/node/lmdb/folder-turns-program.ts');
});
afterAll(() => {
  folder.remove();
});

const running: ChildProcess[] = [];
afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL');
});

function start(path: string, role: 'open' | 'write'): ChildProcess {
  const child = fork(program, [path, role]);
  running.push(child);
  return child;
}

/** What it tells, or how it ended without telling. */
async function told(child: ChildProcess) {
  const ended = once(child, 'exit').then(([code, signal]) => {
    throw new Error(`It ended with ${signal ?? code}.`);
  });
  return (await Promise.race([once(child, 'message'), ended]))[0];
}

test('what is written while others open the library stays', { timeout: 180_000 }, async () => {
  const path = folder.at('opened');
  const writer = start(path, 'write');
  await told(writer);
  const readers = [start(path, 'open'), start(path, 'open')];
  await Promise.all(readers.map(told)); // until both have opened it often, which takes longer on a busy machine
  await pause(1000);
  const reports = Promise.all([...readers, writer].map(told));
  for (const child of running) child.send('end');
  const [first, second, { written, keys }] = await reports;
  expect([first.opened, second.opened, written].every((count) => count > 10)).toBe(true);
  expect(keys).toEqual(Array.from({ length: written }, (_, key) => key));
});

/** Writes the file that a program leaves behind if it is killed during its turn. */
function leaveTurn(path: string, content: string, date: Date): string {
  const turn = join(path, TURN_FILE);
  writeFileSync(turn, content);
  utimesSync(turn, date, date);
  return turn;
}

const LONG_AGO = new Date(0);
const IN_FUTURE = new Date(4e12);

async function emptyLibrary(name: string): Promise<string> {
  const path = folder.at(name);
  await (await openLmdb(path)).close();
  return path;
}

test('a turn of a program that has ended is over, and one that cannot be read after some seconds', async () => {
  const path = await emptyLibrary('ended');
  const ended = JSON.stringify({ ...ownIdentity(), pid: 1, started: 'another' });
  for (const [content, date] of [
    [ended, IN_FUTURE],
    ['', LONG_AGO],
  ] as const) {
    const turn = leaveTurn(path, content, date);
    const shelf = await openLmdb(path);
    expect(existsSync(turn)).toBe(false);
    await shelf.close();
  }
});

test('a turn that is over but cannot be removed keeps nobody from reading', async () => {
  const path = await emptyLibrary('kept');
  // Only a folder cannot be removed as a file can, whoever tries.
  const turn = join(path, TURN_FILE);
  mkdirSync(turn);
  utimesSync(turn, LONG_AGO, LONG_AGO);
  const shelf = await openLmdb(path, { readOnly: true });
  expect(await shelf.keys('prints')).toEqual([]);
  await shelf.close();
});

test('the turn of a running program is waited for, however long ago it began', async () => {
  const path = await emptyLibrary('running');
  const other = start(folder.at('another'), 'write');
  await told(other);
  const turn = leaveTurn(path, JSON.stringify({ ...ownIdentity(), pid: other.pid, started: '' }), LONG_AGO);
  let isOpen = false;
  const opening = openLmdb(path).finally(() => (isOpen = true));
  await pause(300);
  expect(isOpen).toBe(false);
  rmSync(turn);
  await (await opening).close();
});

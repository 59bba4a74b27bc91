/** Who may write to a library, asked with real processes, threads and containers. */
import { rmSync, statSync, symlinkSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { openLmdb } from '../../../src/node/lmdb/lmdb-shelf.ts';
import { builtProgram } from '../../support/built-programs.ts';
import { temporaryFolder } from '../../support/folder.ts';
import { canContain, type Holder, type Reply, startProcess, startThread } from './holders.ts';

const folder = temporaryFolder();
let program: string;
beforeAll(async () => {
  program = await builtProgram('test/node/lmdb/holder-program.ts');
});
afterAll(() => {
  folder.remove();
});

const started: Holder[] = [];
const noted = (holder: Holder) => {
  started.push(holder);
  return holder;
};
afterEach(async () => {
  for (const holder of started.splice(0)) await holder.signal('SIGKILL').catch(() => {});
});

const aProcess = () => noted(startProcess(program));
const aThread = () => noted(startThread(program));
const aContainer = () => noted(startProcess(program, { contained: true }));

const done = { keys: expect.any(Array) };
const busy = (message: RegExp) => ({
  fault: { name: 'LibraryBusy', message: expect.stringMatching(message) },
});
const isDone = (reply: Reply) => 'keys' in reply;

async function keysIn(path: string): Promise<number[]> {
  const shelf = await openLmdb(path);
  const keys = await shelf.keys('prints');
  await shelf.close();
  return keys;
}

/** When the writer has last shown that it lives; it does so every two seconds. */
const lastSign = (path: string) => statSync(join(path, 'data.mdb')).mtimeMs;
/** As if the writer had been silent for so long that one that cannot be seen is taken for dead. */
function makeSilent(path: string): void {
  const then = new Date(Date.now() - 12_000);
  utimesSync(join(path, 'data.mdb'), then, then);
}

const ROUNDS = 25;
test.each([
  ['processes', aProcess, /in use by another program \(process \d+\)/],
  ['threads of one process', aThread, /in use by this program itself/],
])('of four %s that open a new library at once, one gets it and the others are told', async (name, start, told) => {
  const rivals = [start(), start(), start(), start()];
  const link = folder.at(`link to ${name}`);
  rmSync(link, { force: true }); // of a first try
  symlinkSync(folder.at(`${name} 0`), link);
  for (let round = 0; round < ROUNDS; round++) {
    const path = folder.at(`${name} ${round % 5}`);
    // Of the first folder some know another name.
    const replies = await Promise.all(
      rivals.map((rival, i) => rival.do({ open: round % 5 === 0 && round > 0 && i % 2 ? link : path })),
    );
    expect(replies.filter((reply) => !isDone(reply))).toEqual(Array(3).fill(busy(told)));
    const winner = rivals[replies.findIndex(isDone)];
    expect(await winner.do({ put: round + 1 })).toEqual(done);
    expect(await winner.do({ close: true })).toEqual(done);
  }
  for (let first = 0; first < 5; first++) {
    const rounds = Array.from({ length: ROUNDS }, (_, round) => round).filter((round) => round % 5 === first);
    expect(await keysIn(folder.at(`${name} ${first}`))).toEqual(rounds.map((round) => round + 1));
  }
});

test('a killed process is followed at once, a stopped one is not', async () => {
  const path = folder.at('followed');
  const [first, second] = [aProcess(), aProcess()];
  await first.do({ open: path });
  await first.do({ put: 1 });
  await first.signal('SIGSTOP');
  expect(await second.do({ open: path })).toEqual(busy(new RegExp(`process ${first.pid}\\b`)));
  await first.signal('SIGCONT');
  expect(await first.do({ put: 2 })).toEqual(done);
  await first.signal('SIGKILL');
  expect(await second.do({ open: path })).toEqual(done);
  expect(await second.do({ keys: true })).toEqual({ keys: [1, 2] });
});

test('a library that an ended thread left open can be opened again after some seconds of silence', async () => {
  const path = folder.at('thread');
  const thread = aThread();
  await thread.do({ open: path });
  await thread.do({ put: 1 });
  await expect(openLmdb(path)).rejects.toMatchObject(busy(/this program itself/).fault);
  await thread.signal('SIGKILL');
  await expect(openLmdb(path)).rejects.toMatchObject(busy(/this program itself/).fault);
  makeSilent(path);
  expect(await keysIn(path)).toEqual([1]);
});

describe.runIf(canContain)('needs containers: the right to call `unshare --pid`', () => {
  test('of two containers, in each of which it is process 1, only one has the library', async () => {
    const path = folder.at('containers');
    const [first, second, reader] = [aContainer(), aContainer(), aContainer()];
    expect(await first.do({ open: path })).toEqual(done);
    expect(await first.do({ put: 1 })).toEqual(done);
    const elsewhere = busy(/in use by a program on another machine or in another container \(process 1\)/);
    expect(await second.do({ open: path })).toEqual(elsewhere);
    expect(await reader.do({ open: path, readOnly: true })).toEqual(elsewhere);
    await expect(openLmdb(path)).rejects.toMatchObject(elsewhere.fault);
    // Idle, it still has it, because it goes on showing that it lives.
    makeSilent(path);
    await expect.poll(() => Date.now() - lastSign(path), { timeout: 20_000 }).toBeLessThan(6000);
    expect(await second.do({ open: path })).toEqual(elsewhere);
    expect(await first.do({ put: 2 })).toEqual(done);

    // Silent for so long, its place is taken. When it goes on it writes nothing.
    await first.signal('SIGSTOP');
    makeSilent(path);
    expect(await second.do({ open: path })).toEqual(done);
    expect(await second.do({ put: 3 })).toEqual(done);
    await first.signal('SIGCONT');
    expect(await first.do({ put: 4 })).toEqual(busy(/taken over/));
    await first.do({ close: true });
    expect(await second.do({ put: 5 })).toEqual(done);
    expect(await second.do({ close: true })).toEqual(done);
    expect(await keysIn(path)).toEqual([1, 2, 3, 5]);
  });
});

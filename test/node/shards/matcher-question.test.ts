/** Whom a front asks, and what it does without an answer. The matchers are small servers in this process. */
import { createServer, type Server } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import { KERNEL_FORMAT } from '../../../src/kernel/format.ts';
import { Matchers } from '../../../src/node/shards/matchers.ts';
import { PROTOCOL } from '../../../src/node/shards/shard-messages.ts';

const servers: Server[] = [];
const opened: Matchers[] = [];
afterEach(() => {
  for (const one of opened.splice(0)) one.close();
  for (const one of servers.splice(0)) {
    one.closeAllConnections();
    one.close();
  }
});

type How = 'well' | 'never' | 'broken' | 'old';

/** Answers with the numbers of the shards that it was asked for. */
async function matcher(shards: number[], how: How = 'well') {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://here');
    if (pathname === '/v1/shards') {
      const protocol = how === 'old' ? PROTOCOL + 1 : PROTOCOL;
      const rows = shards.map((number) => ({ number, tracks: 1, seconds: 1 }));
      response.end(JSON.stringify({ protocol, kernelFormat: KERNEL_FORMAT, shards: rows }));
      return;
    }
    asked.push(searchParams.get('shards') ?? '');
    if (how === 'never') return;
    if (how === 'broken') response.statusCode = 500;
    const found = (searchParams.get('shards') ?? '').split(',').map(Number);
    response.end(JSON.stringify({ findings: found.map((shard) => [shard, { tracks: [shard], fits: [1] }]) }));
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
  return { address, asked };
}

const clip = {
  ...{ frameRate: 43, shifts: [] },
  map: { firstBin: 0, binCount: 0, frameCount: 0, rows: new Uint8Array(0) },
};

async function asked(matchers: { address: string }[], waitSeconds = 10, shards?: number[]) {
  const group = await Matchers.open({ addresses: matchers.map(({ address }) => address), waitSeconds, shards });
  opened.push(group);
  const question = group.ask();
  const begun = performance.now();
  const findings = await question.ask('likeliest', {}, clip);
  return {
    found: findings.flatMap(({ tracks }) => tracks),
    missing: question.missing(),
    ms: performance.now() - begun,
    group,
  };
}

test('each shard is asked once, whoever has it', async () => {
  const [one, two] = [await matcher([0, 1]), await matcher([1, 2])];
  const { found, missing } = await asked([one, two]);
  expect(found).toEqual([0, 1, 2]);
  expect(missing).toEqual({ shards: [], matchers: [] });
});

test.each<How>(['broken', 'never'])('another matcher answers for one that is %s', async (how) => {
  const [bad, good] = [await matcher([0, 1], how), await matcher([0, 1])];
  const results = [await asked([bad, good]), await asked([good, bad])];
  for (const { found, missing, ms } of results) {
    expect(found).toEqual([0, 1]);
    expect(missing.shards).toEqual([]);
    expect(ms).toBeLessThan(10_000);
  }
});

test.each<How>(['broken', 'never'])(
  'without another one, what is %s is missing, and nothing waits longer',
  async (how) => {
    const [bad, good] = [await matcher([0, 1], how), await matcher([1, 2])];
    const { found, missing, ms } = await asked([bad, good], 3);
    expect(found).toEqual(expect.arrayContaining([2]));
    expect(missing.shards).toContain(0);
    expect(ms).toBeLessThan(9000);
  },
);

test('shards of a matcher that was never reached are named if they are known, otherwise its address', async () => {
  const one = await matcher([0]);
  const gone = { address: 'http://127.0.0.1:9' };
  expect((await asked([one, gone])).missing).toEqual({ shards: [], matchers: [gone.address] });
  expect((await asked([one, gone], 1, [0, 1])).missing).toEqual({ shards: [1], matchers: [] });
});

test('a matcher of another version is not asked, and without any other one that is the answer', async () => {
  const [old, good] = [await matcher([0], 'old'), await matcher([1])];
  const { found, group } = await asked([old, good]);
  expect([found, old.asked]).toEqual([[1], []]);
  expect(group.troubles()).toEqual([`${old.address}: It is of another version. Update Entendu on all machines.`]);
  await expect(asked([old])).rejects.toThrow('No matcher answers');
});

test('a shard without an answer in the first round leaves time for the others', async () => {
  const [dead, good] = [await matcher([0], 'never'), await matcher([1])];
  const group = await Matchers.open({ addresses: [dead.address, good.address], waitSeconds: 4 });
  opened.push(group);
  const question = group.ask();
  await question.ask('counts', { hashes: [7] }, clip);
  expect(question.missing().shards).toEqual([0]);
  const later = await question.ask('likeliest', {}, clip);
  expect(later.map(({ tracks }) => tracks)).toEqual([[1]]);
  expect(question.missing().shards).toEqual([0]);
});

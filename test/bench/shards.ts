/**
 * `npm run bench -- shards [--tracks 1500] [--music FOLDER]`: a library over three databases with standbys, three matchers and a front, all
 * on this machine: whether the answers are those of one library, what a question costs, what seeding and failures cost, and what that
 * means for millions of tracks.
 */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { analyse } from '../../src/engine/analyse.ts';
import { packClip } from '../../src/engine/clip-bytes.ts';
import { openEngine } from '../../src/engine/engine.ts';
import { recognizeInShards } from '../../src/engine/shards/recognize-in-shards.ts';
import type { AskedShards, ShardGroup } from '../../src/engine/shards/shard-group.ts';
import { compileKernel } from '../../src/kernel/kernel.ts';
import { unpackPrint } from '../../src/library/print.ts';
import { openMemory } from '../../src/library/shelf/memory.ts';
import type { Analysis } from '../../src/match/analysis.ts';
import { openLibrary } from '../../src/node/package.ts';
import type { MatcherQuestion } from '../../src/node/shards/matcher-question.ts';
import { Matchers } from '../../src/node/shards/matchers.ts';
import type { Learnt, Recognition } from '../../src/types.ts';
import { buildCommandLine } from '../attack/command-line.ts';
import type { ServeProcess } from '../node/serve-process.ts';
import { learntLike } from '../support/tracks-like.ts';
import { material } from './library-material.ts';
import { ProcessUsage } from './process-usage.ts';
import { quantile } from './quantile.ts';
import { type Cluster, SHARDS, startCluster } from './shards-cluster.ts';
import { ASSUMPTIONS, type PerQuery, projection } from './shards-projection.ts';
import { type Measured, measured, type Row, rounded } from './table.ts';

/** Every fourth piece of music stays out: clips of it are unknown. */
const STRANGER = 4;
const TRACK_SECONDS = 240;

interface Question {
  analysis: Analysis;
  packed: Uint8Array<ArrayBuffer>;
}

export async function run(args: string[]): Promise<Measured> {
  const { values } = parseArgs({
    args,
    options: { tracks: { type: 'string', default: '1500' }, music: { type: 'string' } },
  });
  const tracks = Number(values.tracks);
  const { prints, clips, kernel: bytes } = await material(values.music);
  const kernel = await compileKernel(bytes);
  const isStranger = (i: number) => i % STRANGER === STRANGER - 1;
  const real = prints.map((print) => unpackPrint(print));
  const inside = prints.flatMap((print, i) => (isStranger(i) ? [] : { print, i }));
  const learntOf = (number: number): Learnt => {
    const own = inside[number];
    const like = learntLike(real, number, own ? 1 : TRACK_SECONDS);
    return own ? { ...like, tags: { title: `Music ${own.i}` }, print: own.print } : like;
  };
  const questions = await Promise.all(
    clips.map(async ({ track, ...pcm }) => {
      const analysis = analyse(kernel, pcm);
      return { track, analysis, packed: (await packClip(analysis)) as Uint8Array<ArrayBuffer> };
    }),
  );
  const known = questions.filter(({ track }) => !isStranger(track));
  const unknown = questions.filter(({ track }) => isStranger(track));
  const { programs, remove } = await buildCommandLine();
  const cluster = await startCluster();
  try {
    await cluster.fill(learntOf, tracks);
    const { matchers, front } = await cluster.serve(programs);
    const rows: Row[] = [];
    rows.push(...(await compared(learntOf, tracks, kernel, front, [...known, ...unknown])));
    rows.push(await latency(front, known, 'known'), await latency(front, unknown, 'unknown'));
    const group = await Matchers.open({ addresses: matchers.map(({ address }) => address), waitSeconds: 60 });
    const costs = { known: await cost(group, matchers, known), unknown: await cost(group, matchers, unknown) };
    rows.push(costRow('known', costs.known), costRow('unknown', costs.unknown));
    group.close();
    const sizes = sizesOf(cluster, tracks, matchers);
    rows.push(...seedingRows(matchers), ...sizes.rows, ...(await failure(cluster, matchers, front, known[0])));
    rows.push(...projection({ tracks, ...sizes, ...costs }));
    for (const assumption of ASSUMPTIONS) rows.push({ what: 'assumed', value: '', unit: '', note: assumption });
    return measured({ title: `${SHARDS} shards with ${tracks} tracks, ${SHARDS} matchers, 1 front`, rows }, [
      'pg',
      'hono',
    ]);
  } finally {
    await cluster.stop();
    remove();
  }
}

/** Against one library with the same tracks. */
async function compared(
  learntOf: (number: number) => Learnt,
  tracks: number,
  kernel: WebAssembly.Module,
  front: ServeProcess,
  questions: Question[],
): Promise<Row[]> {
  const one = await openEngine({ shelf: openMemory(), kernel });
  for (let number = 0; number < tracks; number++) await one.add(learntOf(number), { evenIfSimilar: true });
  const shown = ({ matches }: Pick<Recognition, 'matches'>) =>
    matches
      .map(({ track, confidence, offsetSeconds }) =>
        [track.title, confidence.toFixed(3), offsetSeconds.toFixed(2)].join(' '),
      )
      .join();
  let same = 0;
  let named = 0;
  for (const { packed } of questions) {
    const [whole, sharded] = [await one.recognizePeaks(packed), await front.client.recognizePrint(packed)];
    const isSame = shown(whole) === shown(sharded as unknown as Recognition);
    if (isSame) same++;
    else console.error(`${shown(whole)} / ${shown(sharded as unknown as Recognition)}`);
    if (whole.matches.length > 0) named++;
  }
  await one.close();
  return [
    {
      what: 'answers equal to those of one library',
      value: `${same} of ${questions.length}`,
      unit: '',
      note: `${named} named`,
    },
  ];
}

async function latency(front: ServeProcess, questions: Question[], kind: string): Promise<Row> {
  const times: number[] = [];
  for (const { packed } of questions) {
    const begun = performance.now();
    await front.client.recognizePrint(packed);
    times.push(performance.now() - begun);
  }
  const sorted = times.sort((a, b) => a - b);
  return {
    what: `${kind} music, by HTTP: median, p95`,
    value: rounded(quantile(sorted, 0.5)),
    unit: 'ms',
    note: `${rounded(quantile(sorted, 0.95))} ms; ${questions.length} clips of 5 s, one after the other`,
  };
}

/** Asked by a front in this process, so that its questions can be counted. */
async function cost(group: Matchers, matchers: ServeProcess[], questions: Question[]): Promise<PerQuery> {
  const usage = matchers.map(({ pid }) => new ProcessUsage(pid));
  const seconds = () => {
    for (const one of usage) one.sample();
    return usage.reduce((sum, one) => sum + one.ownSeconds() + one.childSeconds(), 0);
  };
  const before = seconds();
  const sum = { rounds: 0, bytes: 0, postings: 0 };
  for (const { analysis } of questions) {
    const asked: MatcherQuestion[] = [];
    const counting: ShardGroup = {
      ask(signal, deadline) {
        const question = group.ask(signal, deadline) as MatcherQuestion;
        asked.push(question);
        return counted(question, (postings) => {
          sum.postings += postings;
        });
      },
    };
    await recognizeInShards(counting, { analysis, heardSeconds: 5, kernelMs: 0 });
    for (const { told } of asked) {
      sum.rounds += told.rounds;
      sum.bytes += told.sentBytes + told.receivedBytes;
    }
  }
  const n = questions.length;
  return {
    coreSeconds: (seconds() - before) / n,
    postings: sum.postings / n,
    rounds: sum.rounds / n,
    bytes: sum.bytes / n,
  };
}

function counted(question: MatcherQuestion, told: (postings: number) => void): AskedShards {
  return {
    get elapsedMs() {
      return question.elapsedMs;
    },
    missing: () => question.missing(),
    near: (places) => question.near(places),
    tracks: (ids) => question.tracks(ids),
    async ask(round, clip, tracks) {
      const findings = await question.ask(round, clip, tracks);
      for (const found of findings) if ('counts' in found) told(found.counts.reduce((sum, count) => sum + count, 0));
      return findings;
    },
  };
}

const costRow = (kind: string, { coreSeconds, postings, rounds, bytes }: PerQuery): Row => ({
  what: `${kind} music: cost of a question`,
  value: rounded(coreSeconds),
  unit: 'core-s',
  note: `${rounded(rounds)} round trips, ${rounded(bytes / 1000)} kB, ${rounded(postings)} postings`,
});

const seedingRows = (matchers: ServeProcess[]): Row[] =>
  matchers.map((matcher, i) => {
    const [, megabytes, rate] = /ready: ([\d.]+) MB copied at ([\d.]+) MB\/s/.exec(matcher.told()) ?? [];
    return {
      what: `seeding of matcher ${i}`,
      value: Number(rate),
      unit: 'MB/s',
      note: `${megabytes} MB, through the common address`,
    };
  });

function sizesOf({ pairs, folder }: Cluster, tracks: number, matchers: ServeProcess[]) {
  const mirrors = Array.from(
    { length: SHARDS },
    (_, i) => statSync(join(folder, `mirror-${i}/shard-${i}/data.mdb`)).size,
  );
  const databases = pairs.map(({ primary }, i) =>
    Number(
      primary.query(
        i === 0 ? 'music2' : 'music1',
        "SELECT sum(pg_total_relation_size(c.oid)) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE nspname = 'entendu' AND relkind = 'r'",
      ),
    ),
  );
  const sum = (sizes: number[]) => sizes.reduce((total, size) => total + size, 0);
  const usage = matchers.map(({ pid }) => new ProcessUsage(pid));
  for (const one of usage) one.sample();
  const [mirrorBytes, databaseBytes] = [sum(mirrors) / tracks, sum(databases) / tracks];
  return {
    ...{ mirrorBytes, databaseBytes },
    // What stays in memory: sketches of 16 bytes a second, and the row of the track.
    memoryBytes: TRACK_SECONDS * 16 + 1500,
    rows: [
      {
        what: 'databases, for 1,000 tracks of 4 min',
        value: rounded(databaseBytes / 1000),
        unit: 'MB',
        note: 'without standbys',
      },
      { what: 'copies of matchers, for 1,000 tracks', value: rounded(mirrorBytes / 1000), unit: 'MB' },
    ] satisfies Row[],
  };
}

/** One database server is killed, and its standby takes over. */
async function failure(
  cluster: Cluster,
  matchers: ServeProcess[],
  front: ServeProcess,
  { packed }: Question,
): Promise<Row[]> {
  const library = await openLibrary(`${cluster.place}?shards=0-${SHARDS - 1}`);
  const { print } = learntLike([unpackPrint((await material()).prints[0])], 77, 30);
  const like = (seed: number): Learnt => ({ ...learntLike([unpackPrint(print)], seed, 30) });
  const [, { primary, standby }] = cluster.pairs;
  await primary.kill();
  const begun = performance.now();
  standby.promote();
  const since = () => rounded((performance.now() - begun) / 1000);
  await until(async () => (await openLibrary(`${cluster.place}?shard=1`, { readOnly: true })).close());
  const read = since();
  let wasWritten = 0;
  // Each goes to the shard with most room, so several reach the one whose server was killed.
  for (let seed = 1_000_000; wasWritten < 2 * SHARDS; seed++)
    await until(() => library.add(like(seed), { evenIfSimilar: true })).then(() => wasWritten++);
  const written = since();
  await library.close();
  const answer = await front.client.recognizePrint(packed);
  const before = performance.now();
  await matchers[0].kill();
  const partial = await front.client.recognizePrint(packed);
  return [
    { what: 'a database is killed: read again after', value: read, unit: 's', note: 'its standby is promoted at once' },
    { what: 'written again to all shards after', value: written, unit: 's' },
    {
      what: 'a matcher without replica is killed: next answer after',
      value: rounded((performance.now() - before) / 1000),
      unit: 's',
      note: `partial: ${JSON.stringify(partial.partial)}; before: ${answer.status}, ${answer.partial ? 'partial' : 'whole'}`,
    },
  ];
}

async function until<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 0; ; tries++) {
    try {
      return await work();
    } catch (error) {
      if (tries > 100) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

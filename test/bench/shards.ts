/**
 * `npm run bench -- shards [--tracks 1200] [--music FOLDER]`: a library over three databases with standbys, three matchers and a front, all
 * on this machine: whether the answers are those of one library, what a question costs, what seeding and failures cost, and what that
 * means for millions of tracks.
 */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { analyse } from '../../src/engine/clips/analyse.ts';
import { packClip } from '../../src/engine/clips/clip-bytes.ts';
import { openEngine } from '../../src/engine/engine.ts';
import { recognizeInShards } from '../../src/engine/shards/recognize-in-shards.ts';
import type { AskedShards, ShardGroup } from '../../src/engine/shards/shard-group.ts';
import { compileKernel } from '../../src/kernel/kernel.ts';
import { unpackPrint } from '../../src/library/prints/print.ts';
import { openMemory } from '../../src/library/shelf/memory.ts';
import type { Analysis } from '../../src/match/analysis.ts';
import { openLibrary } from '../../src/node/package.ts';
import type { MatcherQuestion } from '../../src/node/shards/matcher-question.ts';
import { Matchers } from '../../src/node/shards/matchers.ts';
import type { MatchAnswer } from '../../src/server/answers.ts';
import type { Learnt } from '../../src/types.ts';
import type { ServeProcess } from '../node/shards/serve-process.ts';
import beginRun from '../support/built-once.ts';
import { builtForNode } from '../support/built-programs.ts';
import { learntLike } from '../support/tracks-like.ts';
import { material } from './library-material.ts';
import { ProcessUsage } from './process-usage.ts';
import { quantile } from './quantile.ts';
import { type Cluster, SHARDS, startCluster } from './shards-cluster.ts';
import { ASSUMPTIONS, type PerQuery, projection, workOf } from './shards-projection.ts';
import { type Measured, measured, type Row, rounded } from './table.ts';

/** Every fourth piece of music stays out: clips of it are unknown. */
const STRANGER = 4;
const TRACK_SECONDS = 240;
/** The cost of a question is also measured with one track in so many. */
const FEW = 4;
/** Answers that differ by no more than this are equal. */
const SAME = { confidence: 0.005, seconds: 0.01 };

interface Question {
  analysis: Analysis;
  packed: Uint8Array<ArrayBuffer>;
}

export async function run(args: string[]): Promise<Measured> {
  const { values } = parseArgs({
    args,
    options: { tracks: { type: 'string', default: '1200' }, music: { type: 'string' } },
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
  const endRun = beginRun();
  const programs = await builtForNode();
  const cluster = await startCluster();
  try {
    const few = Math.round(tracks / FEW);
    await cluster.fill(learntOf, 0, few);
    const { matchers, front } = await cluster.serve(programs);
    const group = await Matchers.open({ addresses: matchers.map(({ address }) => address), waitSeconds: 60 });
    const costs = async () => ({
      known: await cost(group, matchers, known),
      unknown: await cost(group, matchers, unknown),
    });
    const small = await costs();
    await cluster.fill(learntOf, few, tracks);
    await untilFollowed(group, tracks);
    const rows: Row[] = seedingRows(matchers);
    rows.push(...(await compared(learntOf, tracks, kernel, front, [...known, ...unknown])));
    rows.push(await latency(front, known, 'known'), await latency(front, unknown, 'unknown'));
    const large = await costs();
    group.close();
    for (const [size, { known, unknown }] of [
      [few, small],
      [tracks, large],
    ] as const)
      rows.push(costRow(`known music, ${size} tracks`, known), costRow(`unknown music, ${size} tracks`, unknown));
    const sizes = sizesOf(cluster, tracks);
    rows.push(...sizes.rows, ...(await failure(cluster, matchers, front, known[0])));
    const work = (kind: 'known' | 'unknown') =>
      workOf(SHARDS, [
        { tracks: few, ...small[kind] },
        { tracks, ...large[kind] },
      ]);
    rows.push(...projection({ ...sizes, known: work('known'), unknown: work('unknown') }));
    for (const assumption of ASSUMPTIONS) rows.push({ what: 'assumed', value: '', unit: '', note: assumption });
    return measured({ title: `${SHARDS} shards with ${tracks} tracks, ${SHARDS} matchers, 1 front`, rows }, [
      'pg',
      'hono',
    ]);
  } finally {
    await cluster.stop();
    endRun();
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
  let same = 0;
  let named = 0;
  for (const { packed } of questions) {
    const [whole, sharded] = [await one.recognizePeaks(packed), await front.client.recognizePrint(packed)];
    if (isSame(whole.matches, sharded.matches)) same++;
    else console.error(`${whole.matches.map(shown)} / ${sharded.matches.map(shown)}`);
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

const shown = ({ track, confidence, offsetSeconds }: MatchAnswer) =>
  `${track.title} ${confidence.toFixed(3)} ${offsetSeconds.toFixed(2)}`;

const isSame = (one: MatchAnswer[], other: MatchAnswer[]) =>
  one.length === other.length &&
  one.every(
    ({ track, confidence, offsetSeconds }, i) =>
      track.title === other[i].track.title &&
      Math.abs(confidence - other[i].confidence) <= SAME.confidence &&
      Math.abs(offsetSeconds - other[i].offsetSeconds) <= SAME.seconds,
  );

/** Until the matchers have copied what was added. */
async function untilFollowed(group: Matchers, tracks: number): Promise<void> {
  const have = () =>
    group.all.flatMap(({ status }) => status?.shards ?? []).reduce((sum, shard) => sum + shard.tracks, 0);
  while (have() < tracks) {
    await new Promise((resolve) => setTimeout(resolve, 1000));
    await group.look();
  }
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
    async ask(round, asked, clip) {
      const findings = await question.ask(round, asked, clip);
      for (const found of findings) if ('counts' in found) told(found.counts.reduce((sum, count) => sum + count, 0));
      return findings;
    },
  };
}

const costRow = (kind: string, { coreSeconds, postings, rounds, bytes }: PerQuery): Row => ({
  what: `${kind}: cost of a question`,
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

function sizesOf({ pairs, folder }: Cluster, tracks: number) {
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

/**
 * The process that decodes, recognises and learns uploads; `worker-process.ts` is the other side. If it crashes, hangs or uses too much
 * memory, nothing else is affected. Glue only.
 */

import { kernelBytes } from '../../kernel/bytes.node.ts';
import { compileKernel } from '../../kernel/kernel.ts';
import { followWriter } from '../../node/library-news.ts';
import { openLibrary } from '../../node/package.ts';
import { endChildren, limitPrograms } from '../../node/system/child-programs.ts';
import { faultOf } from '../../node/system/node-fault.ts';
import { type Do, jobsOf } from './do-jobs.ts';
import { findIn, openMirrors } from './find-job.ts';
import type { FromWorker, JobContext, JobKind, JobTypes, ToWorker, WorkerJob } from './jobs.ts';

/** Limits of ffmpeg, which decodes an hour of sound in about ten seconds. */
limitPrograms({ cpuSeconds: 300, bytes: 4 * 2 ** 30 });

const say = (message: FromWorker) => process.send?.(message);
const news = followWriter();
const [, , place] = process.argv;
const mirrors = await openMirrors(place);
/** Searches use one thread: other processes use the other cores. */
const opened = { readOnly: true, others: news.others, threads: 1 };
const jobs: Partial<Do> = mirrors
  ? findIn(mirrors)
  : jobsOf(await openLibrary(place, opened), compileKernel(kernelBytes()));
let stop = new AbortController();
let parts: ReadableStreamDefaultController<Uint8Array> | undefined;

function soundOf(): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        parts = controller;
      },
      pull: () => void say({ taken: true }),
    },
    { highWaterMark: 2 },
  );
}

async function take(job: WorkerJob): Promise<void> {
  stop = new AbortController();
  const context: JobContext = {
    signal: stop.signal,
    sound: job.kind === 'listen' ? streamed() : undefined,
    tell: (event) => say({ event }),
  };
  const rssBytes = () => process.memoryUsage.rss();
  try {
    const work = jobs[job.kind] as (asked: WorkerJob, context: JobContext) => Promise<JobTypes[JobKind]['answer']>;
    say({ answer: await work(job, context), rssBytes: rssBytes() });
  } catch (error) {
    say({ fault: faultOf(error), rssBytes: rssBytes() });
  }
}

const streamed = () => soundOf() as unknown as AsyncIterable<Uint8Array>;

function hear({ notice, shard }: Extract<ToWorker, { notice: unknown }>): void {
  if (shard === undefined) news.hear(notice);
  else mirrors?.get(shard)?.hear(notice);
}

process.on('message', (message: ToWorker) => {
  if ('notice' in message) hear(message);
  else if ('job' in message) void take(message.job);
  else if ('stop' in message) stop.abort();
  else if (message.part.length > 0) parts?.enqueue(message.part);
  else parts?.close();
});
process.on('disconnect', () => {
  endChildren();
  process.exit();
});
say({ ready: true });

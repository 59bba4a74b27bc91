/** Metrics of the service in the format of Prometheus. */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { LibraryStatus } from '../engine/api.ts';
import type { RecognizeAnswer } from './answers.ts';
import type { Workers } from './workers/jobs.ts';

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

export type Metrics = ReturnType<typeof createMetrics>;

export function createMetrics(workers: Workers, status: () => Promise<LibraryStatus>) {
  const registers = [new Registry()];
  const [registry] = registers;
  collectDefaultMetrics({ register: registry });
  const gauge = (name: string, help: string, read: () => number | Promise<number>) =>
    new Gauge({
      name,
      help,
      registers,
      async collect() {
        this.set(await read());
      },
    });
  gauge('entendu_workers', 'Worker processes', () => workers.load().size);
  gauge('entendu_workers_busy', 'Worker processes that are at work', () => workers.load().busy);
  gauge('entendu_queue_length', 'Requests that wait for a worker', () => workers.load().waiting);
  gauge('entendu_load', 'Requests at work or waiting, per worker; above 1 they wait', () => {
    const { busy, waiting, size } = workers.load();
    return (busy + waiting) / size;
  });
  gauge('entendu_library_tracks', 'Tracks in the library', async () => (await status()).trackCount);
  gauge('entendu_library_seconds', 'Seconds of music in the library', async () => (await status()).seconds);
  const stages = new Histogram({
    name: 'entendu_recognize_stage_seconds',
    help: 'Where the time of recognising goes',
    labelNames: ['stage'],
    buckets: SECONDS,
    registers,
  });
  const recognized = new Counter({
    name: 'entendu_recognized_total',
    help: 'Clips by what they turned out to be',
    labelNames: ['status'],
    registers,
  });
  const partial = new Counter({
    name: 'entendu_partial_total',
    help: 'Answers of a front without some shards, which did not answer in time',
    registers,
  });
  return {
    registry,
    requests: new Histogram({
      name: 'entendu_request_seconds',
      help: 'Requests by route, method and status, and how long they took',
      labelNames: ['route', 'method', 'status'],
      buckets: SECONDS,
      registers,
    }),
    uploadedBytes: new Counter({ name: 'entendu_uploaded_bytes_total', help: 'Bytes taken in', registers }),
    recognized({ status: found, timings, partial: missing }: RecognizeAnswer): void {
      recognized.inc({ status: found });
      if (missing) partial.inc();
      for (const [name, ms] of Object.entries(timings)) stages.observe({ stage: name.replace('Ms', '') }, ms / 1000);
    },
  };
}

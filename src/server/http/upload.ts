/** Writes the body of a request to a file, part by part, so that memory does not grow with its size; enforces the limits. */
import { randomUUID } from 'node:crypto';
import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Context } from 'hono';
import type { Service } from '../service.ts';
import { Problem } from './problem.ts';

interface Upload {
  path: string;
  bytes: number;
}

const TEXT_SECONDS = 10;

let running = 0;

/** The file exists as long as `work` runs. */
export async function withUpload<T>(
  c: Context,
  service: Service,
  most: number,
  work: (upload: Upload) => Promise<T>,
): Promise<T> {
  const { limits, workers } = service;
  refuseForm(c);
  if (Number(c.req.header('Content-Length') ?? 0) > most) throw tooLarge(most);
  if (service.stopping.signal.aborted) throw Problem.stopping();
  const { waiting, most: queue } = workers.load();
  if (running >= limits.uploads || waiting >= queue) throw Problem.busy('More is asked than can be answered now.');
  const path = join(service.folder, randomUUID());
  running++;
  try {
    const bytes = await store(path, bodyOf(c, limits.idleSeconds, limits.uploadSeconds), most);
    service.metrics.uploadedBytes.inc(bytes);
    if (bytes === 0)
      throw new Problem(411, 'The request has no body. Send the file as the body of the request.', 'FileEmpty');
    return await work({ path, bytes });
  } finally {
    running--;
    await rm(path, { force: true });
  }
}

function refuseForm(c: Context): void {
  if (c.req.header('Content-Type')?.startsWith('multipart/'))
    throw new Problem(
      415,
      'Forms are not read. Send the file itself as the body of the request (curl --data-binary @clip.mp3).',
      'Form',
    );
}

async function store(path: string, body: AsyncIterable<Uint8Array>, most: number): Promise<number> {
  const file = await open(path, 'wx', 0o600);
  let bytes = 0;
  try {
    for await (const part of body) {
      bytes += part.length;
      if (bytes > most) throw tooLarge(most);
      await file.writeFile(part);
    }
    return bytes;
  } finally {
    await file.close();
  }
}

/** The parts of the body. Fails if one part, or all of them, take too long to arrive. */
export async function* bodyOf(c: Context, idleSeconds: number, wholeSeconds: number): AsyncGenerator<Uint8Array> {
  const reader = c.req.raw.body?.getReader();
  if (!reader) return;
  const end = performance.now() + 1000 * wholeSeconds;
  try {
    for (;;) {
      const { value, done } = await withTimeout(reader.read(), Math.min(1000 * idleSeconds, end - performance.now()));
      if (done) return;
      yield value;
    }
  } finally {
    // Do not wait for parts that are no longer read.
    reader.cancel().catch(() => {});
  }
}

/** A short body. */
export async function textOf(c: Context, most: number): Promise<string> {
  let text = '';
  const decoder = new TextDecoder();
  for await (const part of bodyOf(c, TEXT_SECONDS, TEXT_SECONDS)) {
    text += decoder.decode(part, { stream: true });
    if (text.length > most) throw new Problem(413, `The body may have ${most} letters at most.`, 'TooLarge');
  }
  return text;
}

async function withTimeout<T>(work: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Problem(408, 'The upload came to a halt. Send it again.', 'Slow')),
      Math.max(0, ms),
    );
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

const tooLarge = (most: number) =>
  new Problem(
    413,
    `No more than ${Math.round(most / 2 ** 20)} MB are taken here. Send less, or start the service with a higher limit.`,
    'TooLarge',
  );

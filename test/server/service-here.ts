/** The service in this process: its routes over a real library, with its work done here instead of in processes of its own. */
import { mkdirSync } from 'node:fs';
import { kernelBytes } from '../../src/kernel/bytes.node.ts';
import { compileKernel } from '../../src/kernel/kernel.ts';
import { openLibrary } from '../../src/node/package.ts';
import { EntenduClient } from '../../src/server/client/client.ts';
import { createHttpApp } from '../../src/server/http/http-app.ts';
import { createMetrics } from '../../src/server/metrics.ts';
import { LIMITS, type Limits, type Service } from '../../src/server/service.ts';
import { SCOPES, type Scope, Tokens } from '../../src/server/tokens.ts';
import { PlaysLog } from '../../src/server/watch/plays-log.ts';
import { type Do, jobsOf } from '../../src/server/workers/do-jobs.ts';
import { findIn } from '../../src/server/workers/find-job.ts';
import type { JobContext, Workers } from '../../src/server/workers/jobs.ts';
import { temporaryFolder } from '../support/folder.ts';
import { music } from '../support/music.ts';

export const songs = ['Alder', 'Birch', 'Cedar'].map((title, i) => ({ title, sound: music(30, 11025, i + 1) }));

export async function serviceHere(options: { origins?: string[]; limits?: Partial<Limits>; noTokens?: boolean } = {}) {
  const folder = temporaryFolder();
  const library = await openLibrary(folder.at('library'));
  for (const { title, sound } of songs) await library.addFile(folder.sound(`Wood - ${title}.wav`, sound));
  const tokens = new Tokens(folder.at('tokens.json'));
  const secrets = {} as Record<Scope, string>;
  for (const scope of SCOPES) secrets[scope] = await tokens.add(scope, scope);
  mkdirSync(folder.at('uploads'));
  const load = { busy: 0, size: 1, waiting: 0, most: 8, isReady: true };
  const jobs: Do = { ...jobsOf(library, compileKernel(kernelBytes())), ...findIn(new Map()) };
  const workers: Workers = {
    run: (kind, asked, context: JobContext = {}) => jobs[kind](asked, context),
    load: () => load,
    close: async () => {},
  };
  const logged: unknown[] = [];
  const service: Service = {
    library,
    plays: new PlaysLog(folder.at('plays')),
    workers,
    tokens: options.noTokens ? undefined : tokens,
    limits: { ...LIMITS, ...options.limits },
    folder: folder.at('uploads'),
    metrics: createMetrics(workers, () => library.status()),
    origins: options.origins ?? [],
    log: (what) => logged.push(what),
    stopping: new AbortController(),
  };
  const app = createHttpApp(service);
  const client = (scope?: Scope) =>
    new EntenduClient('http://service', {
      token: scope && secrets[scope],
      fetch: (address, init) => app.request(address, init),
    });
  return {
    ...{ app, client, folder, library, load, logged, secrets, service, tokens },
    async close() {
      await library.close();
      folder.remove();
    },
  };
}

import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isPostgresAddress, parseShards } from '../../node/postgres/postgres-address.ts';
import { type Front, frontAddress, parseFront, WAIT_SECONDS } from '../../node/shards/front-address.ts';
import { folderBeside, homeLibrary } from '../../node/system/home-folder.ts';
import type { ServiceOptions } from '../../server/start-service.ts';
import { Tokens, tokensBeside } from '../../server/tokens.ts';
import { playsBeside } from '../../server/watch/plays-log.ts';
import { command, FOUND } from '../command.ts';
import { flag, list, number, text, UsageError } from '../options.ts';
import { stopSignal } from '../stop-signal.ts';

const MB = 2 ** 20;

const mirrorBeside = (library: string) => join(folderBeside(library), 'mirror');

interface Roles {
  matchers?: string[];
  shards?: string;
  wait?: number;
  library?: string;
}

/** A matcher has shards, and a front matchers; otherwise it serves one library. */
function rolesOf({ matchers, shards: named, wait, library }: Roles): { shards?: number[]; front?: string } {
  const shards = named === undefined ? undefined : parseShards(named);
  if (matchers) {
    if (library) throw new UsageError('A front has no library: leave out --library, or --matchers.');
    return { front: parsedFront({ addresses: matchers, waitSeconds: wait ?? WAIT_SECONDS, shards }) };
  }
  if (wait !== undefined) throw new UsageError('--wait belongs to --matchers.');
  if (shards && !isPostgresAddress(library ?? ''))
    throw new UsageError('A matcher copies shards of a database: --library postgres://host/music --shards 0-3.');
  return { shards };
}

/** The address of a front; refuses what is no address. */
function parsedFront(front: Front): string {
  const place = frontAddress(front);
  parseFront(place);
  return place;
}

export const serve = command({
  name: 'serve',
  summary: 'offers recognition and the library to other programs over HTTP',
  usage: [''],
  details: [
    'Recognises uploaded sound, lists and changes the library, and describes itself at /openapi.json and on a page at its address. docs/serve.md is a guide.',
    'Callers need a token ("entendu token add NAME"). By default it accepts connections from this machine only (see --host). For encryption, put it behind a reverse proxy.',
    'A library too large for one machine: "--library postgres://host/music --shards 0-3" is a matcher, which copies these shards to the local disk and searches them; "--matchers URL,URL" is a front, which has no library, asks matchers and answers callers. docs/scale.md is a guide.',
    'After Ctrl-C it accepts no new requests, finishes running ones for up to ten seconds, and stops.',
  ],
  options: {
    host: text('ADDRESS', 'address to listen on; default 127.0.0.1, this machine only'),
    port: number('N', 'port; default 7700; 0 means any free port', { most: 65_535, whole: true, letter: 'p' }),
    tokens: text('FILE', 'file of tokens; default: tokens.json beside the library'),
    noTokens: flag('allow everything to all programs on this machine'),
    origin: list('ORIGIN,...', 'allow pages of these origins, such as https://example.org'),
    workers: number('N', 'number of worker processes; default: the number of processor cores', {
      least: 1,
      most: 256,
      whole: true,
    }),
    queue: number('N', 'how many requests may wait; default 8 per worker', { least: 1, most: 100_000, whole: true }),
    listeners: number('N', 'how many live streams at once; default 4', { most: 1000, whole: true }),
    shards: text('0-3', 'be a matcher for these shards; of a front: the shards that must answer'),
    mirror: text('FOLDER', "of a matcher: folder for the copies of its shards; default: beside the user's own library"),
    matchers: list('URL,...', 'be a front for these matchers, which may have the same shards or others'),
    wait: number('SECONDS', 'of a front: the longest that matchers are waited for; default 10', {
      least: 0.1,
      most: 600,
    }),
    plays: text('FOLDER', 'output folder of "entendu watch", for /v1/plays; default: plays, beside the library'),
    maxClip: number('MB', 'largest clip; default 64', { least: 1, most: 4096 }),
    maxRecording: number('MB', 'largest recording, song or bundle; default 1024', { least: 1, most: 65_536 }),
  },
  examples: [
    ['entendu token add phone', 'creates a token that allows recognition'],
    ['entendu serve', 'starts the service'],
    ['curl --oauth2-bearer TOKEN --data-binary @clip.mp3 http://127.0.0.1:7700/v1/recognize', 'recognises a clip'],
  ],
  async run({ values, words, terminal }) {
    if (words.length > 0) throw new UsageError(`It has no arguments, only options: "${words[0]}" is too much.`);
    const { shards, front } = rolesOf(values);
    const library = front ?? values.library ?? homeLibrary();
    const host = values.host ?? '127.0.0.1';
    const tokens = values.noTokens ? undefined : new Tokens(values.tokens ?? tokensBeside(library));
    if (!tokens && !/^(localhost|127\.|::1$)/.test(host))
      throw new UsageError(`--no-tokens is only allowed on this machine, not with --host ${host}.`);
    if (tokens?.list().length === 0)
      throw new UsageError('There are no tokens yet: create one with "entendu token add NAME", or use --no-tokens.');
    const workers = values.workers ?? availableParallelism();
    const stopped = stopSignal();
    const options: ServiceOptions = {
      library,
      plays: values.plays ?? playsBeside(library),
      host,
      port: values.port ?? 7700,
      tokens,
      origins: values.origin ?? [],
      workers,
      queue: values.queue ?? 8 * workers,
      listeners: values.listeners ?? 4,
      limits: {
        ...(values.maxClip && { clipBytes: values.maxClip * MB }),
        ...(values.maxRecording && { recordingBytes: values.maxRecording * MB }),
      },
      workerProgram: fileURLToPath(new URL('./serve-worker.js', import.meta.url)),
      log: (what) => terminal.note(what instanceof Error ? (what.stack ?? what.message) : String(what)),
    };
    const running = await (shards
      ? (await import('../../server/shards/start-matcher.ts')).startMatcher({
          ...options,
          ...{ shards, mirror: values.mirror ?? mirrorBeside(library) },
        })
      : (await import('../../server/start-service.ts')).startService(options));
    terminal.print(`${running.address}`);
    terminal.note(tokens ? `Tokens: ${tokens.path}` : 'No tokens: programs on this machine may do everything.');
    await stopped;
    terminal.note('Finishing what is under way ...');
    await running.stop();
    return FOUND;
  },
});

import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { homeLibrary } from '../node/home-folder.ts';
import { Tokens, tokensBeside } from '../server/tokens.ts';
import { playsBeside } from '../server/watch/plays-log.ts';
import { command, FOUND } from './command.ts';
import { flag, list, number, text, UsageError } from './options.ts';
import { stopSignal } from './stop-signal.ts';

const MB = 2 ** 20;

export const serve = command({
  name: 'serve',
  summary: 'answers over HTTP, for other programs',
  usage: [''],
  details: [
    'Recognises what is sent to it, lists and changes the library, and describes itself at /openapi.json; a page at its address shows that. docs/serve.md leads through it.',
    'Callers need a token ("entendu token add NAME"). It listens on this machine only, unless --host says otherwise; behind a reverse proxy, that proxy answers for encryption.',
    'Ctrl-C takes nothing new, finishes what is under way for up to ten seconds, and ends.',
  ],
  options: {
    host: text('ADDRESS', 'where to listen; else 127.0.0.1, this machine only'),
    port: number('N', 'which port; else 7700; 0 takes any that is free', { most: 65_535, whole: true, letter: 'p' }),
    tokens: text('FILE', 'who may call; else tokens.json beside the library'),
    noTokens: flag('whoever runs a program on this machine may do everything'),
    origin: list('ORIGIN,...', 'pages of these origins may call, as https://example.org'),
    workers: number('N', 'processes that recognise; else as many as there are processor cores', {
      least: 1,
      most: 256,
      whole: true,
    }),
    queue: number('N', 'requests that may wait; else 8 for each worker', { least: 1, most: 100_000, whole: true }),
    listeners: number('N', 'streams that are listened to at once; else 4', { most: 1000, whole: true }),
    plays: text('FOLDER', 'where "entendu watch" writes, for /v1/plays; else plays, beside the library'),
    maxClip: number('MB', 'largest clip; else 64', { least: 1, most: 4096 }),
    maxRecording: number('MB', 'largest recording, song or bundle; else 1024', { least: 1, most: 65_536 }),
  },
  examples: [
    ['entendu token add phone', 'makes a token that may recognise'],
    ['entendu serve', 'starts the service'],
    ['curl --oauth2-bearer TOKEN --data-binary @clip.mp3 http://127.0.0.1:7700/v1/recognize', 'asks it what a clip is'],
  ],
  async run({ values, words, terminal }) {
    if (words.length > 0) throw new UsageError(`It takes no words: "${words[0]}".`);
    const library = values.library ?? homeLibrary();
    const host = values.host ?? '127.0.0.1';
    const tokens = values.noTokens ? undefined : new Tokens(values.tokens ?? tokensBeside(library));
    if (!tokens && !/^(localhost|127\.|::1$)/.test(host))
      throw new UsageError(`--no-tokens is for this machine only. Without it, ${host} is fine.`);
    if (tokens?.list().length === 0)
      throw new UsageError(
        'Nobody could call it yet: "entendu token add NAME" makes a token. --no-tokens does without.',
      );
    const workers = values.workers ?? availableParallelism();
    const { startService } = await import('../server/start-service.ts');
    const stopped = stopSignal();
    const running = await startService({
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
    });
    terminal.print(`${running.address}`);
    terminal.note(tokens ? `Tokens: ${tokens.path}` : 'No tokens: programs on this machine may do everything.');
    await stopped;
    terminal.note('Finishing what is under way ...');
    await running.stop();
    return FOUND;
  },
});

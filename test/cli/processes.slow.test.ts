/** The command line as a process of its own: how it ends, and what it does when the world around it hangs. */
import { execFileSync, spawn } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { builtForNode, builtProgram } from '../support/built-programs.ts';
import { temporaryFolder } from '../support/folder.ts';
import { music } from '../support/music.ts';
import { wav } from '../support/recording.ts';

const root = resolve(import.meta.dirname, '../..');
const folder = temporaryFolder();
let slowWriter: string;
/** A copy of the package, beside which a test may put a decoder; within the project, so that it finds its packages. */
const programs = join(root, 'dist', `test-copy-${process.pid}`);
const library = folder.at('library');
const song = wav(music(20, 11025, 1).samples, 11025);

beforeAll(async () => {
  cpSync(await builtForNode(), programs, { recursive: true });
  slowWriter = await builtProgram('test/support/slow-writer.ts');
  mkdirSync(folder.at('bin'));
  const { status } = await start(['add', folder.write('Alder.wav', song)]).ended;
  expect(status).toBe(0);
});
afterAll(() => {
  folder.remove();
  rmSync(programs, { recursive: true, force: true });
});

interface Options {
  program?: string;
  env?: NodeJS.ProcessEnv;
  /** Shell words that send its output somewhere. */
  to?: string;
}

function start(words: string[], { program = join(programs, 'cli.js'), env = {}, to = '' }: Options = {}) {
  const line = ['exec', '"$0"', '"$@"', to].join(' ');
  const child = spawn('/bin/sh', ['-c', line, process.execPath, program, ...words], {
    env: { ...process.env, ENTENDU_LIBRARY: library, ...env },
  });
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (text) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text) => (err += text));
  const ended = new Promise<{ status: number | null; signal: string | null; out: string; err: string }>((resolve) =>
    child.on('close', (status, signal) => resolve({ status, signal, out, err })),
  );
  return { child, ended };
}

/** From now on this shell script is ffmpeg. */
function withFfmpeg(script: string): NodeJS.ProcessEnv {
  chmodSync(folder.write('bin/ffmpeg', `#!/bin/sh\n${script}\n`), 0o755);
  return { PATH: [folder.at('bin'), process.env.PATH].join(delimiter) };
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 20));
}

test.each([
  ['recognize', []],
  ['tracklist', []],
  ['plot', []],
  ['add', ['--jobs', '2']],
  ['accuracy', ['--music']],
])('the first Ctrl-C ends %s while ffmpeg hangs, and ffmpeg with it', { timeout: 20_000 }, async (command, words) => {
  const pid = folder.at(`${command}.pid`);
  rmSync(pid, { force: true }); // of the first try
  const env = withFfmpeg(`trap '' INT TERM; echo $$ > ${pid}.new; mv ${pid}.new ${pid}; exec sleep 1000`);
  const stuck = folder.write('stuck/stuck.mp3', 'not known here');
  const of = command === 'accuracy' ? [...words, dirname(stuck)] : [stuck, ...words];
  const { child, ended } = start([command, ...of], { env });
  await until(() => existsSync(pid));
  child.kill('SIGINT');
  const { status, signal } = await ended;
  expect(status ?? signal).toBe(status === null ? 'SIGINT' : 130);
  await until(() => {
    try {
      return !process.kill(Number(readFileSync(pid, 'utf8')), 0);
    } catch {
      return true;
    }
  });
});

/** From now on the programs find this instead of the package `@mediabunny/server`. */
function withOddDecoder(): void {
  const place = join(programs, 'node_modules/@mediabunny/server');
  mkdirSync(place, { recursive: true });
  writeFileSync(join(place, 'package.json'), '{"type":"module","exports":"./odd-decoder.mjs"}');
  copyFileSync(join(root, 'test/support/odd-decoder.mjs'), join(place, 'odd-decoder.mjs'));
}

test('what a decoder gives on a thread is answered, file after file', { timeout: 20_000 }, async () => {
  withOddDecoder();
  const file = join(root, 'test/fixtures/harbour-lights.mp3');
  const { status, out, err } = await start(['recognize', file, file]).ended;
  expect(out.split('\n').filter((line) => line.includes('no match'))).toHaveLength(2);
  expect([status, err]).toEqual([1, '']);
});

test.each([['recognize'], ['tracklist'], ['plot'], ['add']])(
  'the first Ctrl-C ends %s while a decoder never comes back',
  { timeout: 20_000 },
  async (command) => {
    withOddDecoder();
    const stuck = folder.at(`${command}.stuck`);
    const words = [command, join(root, 'test/fixtures/harbour-lights.mp3')];
    const { child, ended } = start(words, { env: { ODD_DECODER_STUCK: stuck } });
    await until(() => existsSync(stuck));
    child.kill('SIGINT');
    const { status, signal } = await ended;
    expect(status ?? signal).toBe(status === null ? 'SIGINT' : 130);
  },
);

test('the first Ctrl-C ends watch while ffmpeg hangs with a recording, which is taken up again later', async () => {
  mkdirSync(folder.at('recordings'));
  const recording = folder.write('recordings/stuck.mp3', 'not known here');
  utimesSync(recording, 1e9, 1e9); // it does not grow any more
  const began = folder.at('watch.began');
  const env = withFfmpeg(`trap '' INT TERM; touch ${began}; exec sleep 1000`);
  const { child, ended } = start(['watch', folder.at('recordings'), '--out', folder.at('plays')], { env });
  await until(() => existsSync(began));
  const at = performance.now();
  child.kill('SIGINT');
  expect(await ended).toMatchObject({ status: 0 });
  expect(performance.now() - at).toBeLessThan(15_000); // a decoder is given up after 30 s
  expect(existsSync(folder.at('plays/done.jsonl'))).toBe(false);
});

test.each([['recognize'], ['tracklist'], ['add'], ['import'], ['plot']])(
  '%s does not wait for a named pipe',
  { timeout: 20_000 },
  async (command) => {
    const pipe = folder.at(`${command}.mp3`);
    execFileSync('mkfifo', [pipe]);
    const { status, out, err } = await start([command, pipe]).ended;
    expect(status).toBe(2);
    expect(out + err).toContain(`${pipe}: It is a named pipe, not a file`);
  },
);

test.each([[['recognize', 'clip.wav']], [['list']], [['export', '-']]])(
  'when its output cannot be written, %j says so and fails',
  async (words) => {
    writeFileSync(folder.at('clip.wav'), song);
    const typed = words.map((word) => (word.endsWith('.wav') ? folder.at(word) : word));
    const { status, err } = await start(typed, { to: '> /dev/full' }).ended;
    expect(err).toContain('The output cannot be written: the disk is full.');
    expect(err).not.toContain('at ');
    expect(status).toBe(2);
  },
);

test('a library where none can be made is a sentence about writing', { timeout: 20_000 }, async () => {
  const { status, err } = await start(['add', folder.at('Alder.wav'), '--library', '/proc/library']).ended;
  expect(err).toContain('No files can be created in the folder "/proc".');
  expect(status).toBe(2);
});

test('nobody who reads the output any more is no fault', async () => {
  const { child, ended } = start(['list']);
  child.stdout.destroy();
  expect(await ended).toMatchObject({ err: '', status: 0 });
});

test('a file whose name is not UTF-8 is learnt, by way of ffmpeg as well', async () => {
  // ffmpeg knows a kind of sound that nobody else does: a WAV behind four letters.
  const env = withFfmpeg(
    'for word; do case "$word" in file:*) exec tail -c +5 "$(echo "$word" | cut -c 6-)";; esac; done',
  );
  mkdirSync(folder.at('old'));
  const named = (name: string) => Buffer.concat([Buffer.from(`${folder.at('old')}/`), Buffer.from(name, 'latin1')]);
  writeFileSync(named('Caf\xe9.wav'), wav(music(20, 11025, 2).samples, 11025));
  writeFileSync(named('Th\xe9.mp3'), Buffer.concat([Buffer.from('ABCD'), wav(music(20, 11025, 3).samples, 11025)]));
  const { status, out } = await start(['add', folder.at('old')], { env }).ended;
  expect(out.split('\n').filter((line) => line.startsWith('added'))).toHaveLength(2);
  expect(status).toBe(0);
  expect((await start(['list']).ended).out).toContain('Caf\ufffd');
});

test('interrupted while it writes, a command leaves the target as it was and nothing beside it', async () => {
  mkdirSync(folder.at('out'));
  const target = folder.write('out/x', 'old');
  const { child, ended } = start([target], { program: slowWriter });
  await until(() => readdirSync(folder.at('out')).length === 2);
  child.kill('SIGINT');
  expect(await ended).toMatchObject({ signal: 'SIGINT' });
  expect(readdirSync(folder.at('out'))).toEqual(['x']);
  expect(readFileSync(target, 'utf8')).toBe('old');
});

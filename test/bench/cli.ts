/**
 * `npm run bench -- cli [--music FOLDER] [--files 200] [--clips 1000] [--only learning]`: how fast the command line learns a
 * folder, with one job and with two, and (`--only recognising`) how fast it recognises many clips in one call among a
 * thousand tracks. Without a folder, composed music in WAV files, whose decoding costs next to nothing.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { unpackPrint } from '../../src/library/prints/print.ts';
import { openSoundStream } from '../../src/node/decode/open-file.ts';
import { openLibrary } from '../../src/node/package.ts';
import { soundFilesIn } from '../../src/node/sound-files.ts';
import type { Pcm } from '../../src/types.ts';
import { joined, stretchOf } from '../support/folder.ts';
import { music } from '../support/music.ts';
import { random } from '../support/random.ts';
import { wav } from '../support/recording.ts';
import { learntLike } from '../support/tracks-like.ts';
import { material } from './library-material.ts';
import { type Measured, measured, type Row, rounded } from './table.ts';

const ROUNDS = 3;
const TRACKS = 1000;
const TRACK_SECONDS = 240;
const CLIP_SECONDS = 5;
const LEVELS = 8;
const program = resolve(import.meta.dirname, '../../dist/node/cli.js');

export async function run(args: string[]): Promise<Measured> {
  const { values } = parseArgs({
    args,
    options: {
      music: { type: 'string' },
      files: { type: 'string', default: '200' },
      clips: { type: 'string', default: '1000' },
      only: { type: 'string' },
    },
  });
  execFileSync('npm', ['run', '-s', 'build:node'], { stdio: 'inherit', shell: process.platform === 'win32' });
  const folder = mkdtempSync(join(tmpdir(), 'entendu-bench-'));
  try {
    const found = await soundFilesIn([values.music ?? compose(folder)]);
    const files = found.slice(0, Number(values.files)).map(({ path }) => path);
    const parts = { learning, recognising };
    const rows: Row[] = [];
    for (const [name, part] of Object.entries(parts))
      if (!values.only || values.only === name) rows.push(...(await part(files, folder, values)));
    return measured({ title: `The command line, ${files.length} files`, rows }, ['mediabunny']);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function compose(folder: string): string {
  mkdirSync(join(folder, 'music'));
  for (let seed = 1; seed <= 24; seed++) {
    const { samples } = music(60, 22_050, seed);
    // Each in several levels: enough to do that the start of the program does not count.
    for (let level = 1; level <= LEVELS; level++) {
      const louder = samples.map((sample) => (sample * level) / LEVELS);
      writeFileSync(join(folder, `music/${seed}-${level}.wav`), wav(louder, 22_050));
    }
  }
  return join(folder, 'music');
}

const elapsed = async (work: () => unknown) => {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
};

/** The shortest of several times: what else the machine does only ever adds. */
async function best(work: () => unknown): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) times.push(await elapsed(work));
  return Math.min(...times);
}

async function learning(files: string[], folder: string): Promise<Row[]> {
  const library = join(folder, 'learnt');
  let seconds = 0;
  const decode = await best(async () => {
    seconds = 0;
    for (const file of files) {
      const { sampleRate, blocks } = await openSoundStream(file);
      for await (const block of blocks) seconds += block.length / sampleRate;
    }
  });
  const here = await best(async () => {
    rmSync(library, { recursive: true, force: true });
    const open = await openLibrary(library);
    for (const file of files) await open.addFile(file, { evenIfSimilar: true });
    await open.close();
  });
  const add = (jobs: number) =>
    best(() => {
      rmSync(library, { recursive: true, force: true });
      const words = ['add', ...files, '--jobs', String(jobs), '--even-if-similar', '--library', library];
      execFileSync(process.execPath, [program, ...words], { stdio: 'pipe' });
    });
  const one = await add(1);
  const two = await add(2);
  const pace = (ms: number) => rounded((1000 * seconds) / ms);
  return [
    { what: 'decoding alone, one thread', value: pace(decode), unit: 'x real' },
    { what: 'learning, one thread', value: pace(here), unit: 'x real' },
    { what: 'share that is not decoding', value: rounded(100 * (1 - decode / here)), unit: '%', note: 'under 20' },
    { what: 'entendu add --jobs 1', value: pace(one), unit: 'x real' },
    { what: 'entendu add --jobs 2', value: pace(two), unit: 'x real' },
    { what: 'two jobs : one job', value: rounded(one / two), unit: 'x', note: '>= 1.7 on two free cores' },
  ];
}

async function recognising(all: string[], folder: string, values: { music?: string; clips: string }): Promise<Row[]> {
  // Of what was composed, one level of each piece: which of them a clip is of cannot be heard.
  const files = values.music ? all : all.filter((path) => path.endsWith(`-${LEVELS}.wav`));
  const library = join(folder, 'thousand');
  const open = await openLibrary(library);
  for (const file of files) await open.addFile(file, { evenIfSimilar: true });
  const real = (await material(values.music)).prints.map((print) => unpackPrint(print));
  for (let seed = files.length; seed < TRACKS; seed++)
    await open.add(learntLike(real, seed, TRACK_SECONDS), { evenIfSimilar: true });
  await open.close();

  const clips = await cut(files, Number(values.clips), folder);
  // On one core, whatever there is.
  const asked = ['recognize', '--json', '--jobs', '1', '--library', library];
  const first = await best(() => ask([...asked, clips[0]]));
  let answers: Told[] = [];
  const whole = await elapsed(() => {
    answers = ask([...asked, ...clips]);
  });
  const times = answers.map(({ timings }) => timings.decodeMs + timings.totalMs).sort((a, b) => a - b);
  const right = answers.filter(({ file, track }) => file.includes(`of-${track?.id}.wav`)).length;
  return [
    { what: 'a clip, half of them within', value: rounded(times[times.length >> 1]), unit: 'ms', note: 'under 60' },
    { what: 'a clip, 95 % within', value: rounded(times[Math.floor(times.length * 0.95)]), unit: 'ms' },
    { what: 'a clip, by the whole call', value: rounded(whole / clips.length), unit: 'ms' },
    { what: 'one clip, start included', value: rounded(first), unit: 'ms', note: 'under 2000' },
    { what: 'right', value: rounded((100 * right) / clips.length), unit: '%', note: `${clips.length} clips` },
  ];
}

interface Told {
  file: string;
  track?: { id: number };
  timings: { decodeMs: number; totalMs: number };
}

function ask(words: string[]): Told[] {
  const out = execFileSync(process.execPath, [program, ...words], { maxBuffer: 2 ** 28, encoding: 'utf8' });
  return out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

/** Clips from anywhere in the files, with white noise 10 dB below them. Their names say which track they are of. */
async function cut(files: string[], count: number, folder: string): Promise<string[]> {
  mkdirSync(join(folder, 'clips'));
  const next = random(5);
  const clips: string[] = [];
  for (const [i, file] of files.entries()) {
    const { sampleRate, blocks } = await openSoundStream(file);
    const parts: Pcm[] = [];
    for await (const samples of blocks) parts.push({ samples, sampleRate });
    const sound = joined(...parts);
    const last = Math.floor(sound.samples.length / sampleRate) - CLIP_SECONDS;
    for (let n = i; n < count && last > 0; n += files.length) {
      const { samples } = stretchOf(sound, Math.floor(next() * last), CLIP_SECONDS);
      const level = Math.sqrt((3 * samples.reduce((sum, sample) => sum + sample * sample, 0)) / samples.length / 10);
      const path = join(folder, `clips/${n}-of-${i + 1}.wav`);
      writeFileSync(
        path,
        wav(
          samples.map((sample) => sample + level * (2 * next() - 1)),
          sampleRate,
        ),
      );
      clips.push(path);
    }
  }
  return clips;
}

/**
 * Hours of sound in which nothing of a library plays: how often is something named all the same?
 *
 *     node .setup/run.mjs test/attack/noise-hours.ts --library FOLDER --strangers FOLDER [--hours 48] [--kinds white,talk]
 *
 * `--library`: what is learnt; `--strangers`: music that is not in it (folders, or files that list paths). Recordings of
 * `--file-hours` are asked the way `entendu recognize` asks a file (until something is named); with `--ways list`, the way live
 * listening asks; with `--ways recording`, the way `entendu tracklist` does. Kinds take turns, so that it can be stopped at any time: what was heard is printed after
 * each recording. Needs espeak-ng for talk and ffmpeg for other music than WAV.
 */
import { appendFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { analyseBlocks } from '../../src/engine/analyse-blocks.ts';
import type { Engine } from '../../src/engine/api.ts';
import { UserError } from '../../src/errors.ts';
import { openSoundStream } from '../../src/node/decode/open-file.ts';
import type { SoundStream } from '../../src/node/decode/raw-sound.ts';
import { recognizeStream } from '../../src/node/recognize/recognize-stream.ts';
import type { Match, Pcm } from '../../src/types.ts';
import { measured, print, rounded } from '../bench/table.ts';
import { engineWith, learnt } from '../support/engine.ts';
import { endless, filesOf, type Kind, kinds, RATE } from './endless/sounds.ts';

const { values } = parseArgs({
  options: {
    library: { type: 'string' },
    strangers: { type: 'string' },
    hours: { type: 'string', default: '48' },
    'file-hours': { type: 'string', default: '3' },
    kinds: { type: 'string', default: kinds.join(',') },
    ways: { type: 'string', default: 'clip' },
    seed: { type: 'string', default: '1' },
    log: { type: 'string' },
  },
});

type Way = 'clip' | 'list' | 'recording';
interface Name {
  title: string;
  confidence: number;
  atSeconds: number;
}

const log = (line: object) => values.log && appendFileSync(values.log, `${JSON.stringify(line)}\n`);

const ways: Record<Way, (engine: Engine, sound: SoundStream, kind: Kind) => Promise<Name[]>> = {
  async clip(engine, sound, kind) {
    const watched: Pick<Engine, 'recognize'> = {
      async recognize(pcm, options, signal) {
        const recognition = await engine.recognize(pcm, options, signal);
        const [best] = [...recognition.matches, ...recognition.others];
        log({ kind, window: options?.windowsAsked, best: best && brief(best) });
        return recognition;
      },
    };
    const names: Name[] = [];
    // What follows a name is asked as a file of its own.
    for (let heard = 0; ; ) {
      const found = await recognizeStream(watched, sound).catch(whenOver);
      if (!found) return names;
      const { recognition } = found;
      heard += recognition.heardSeconds;
      const [match] = recognition.matches;
      if (!match) return names;
      names.push({ title: match.track.title, confidence: match.confidence, atSeconds: heard });
    }
  },
  async list(engine, { sampleRate, blocks }, kind) {
    const listening = await engine.listen(
      sampleRate,
      { continuous: true },
      ({ piece }) => piece && log({ kind, piece }),
    );
    for await (const block of blocks) await listening.push(block);
    await listening.conclude();
    const played = await listening.tracks();
    log({ kind, played });
    return played.map(({ track, confidence, fromSeconds }) => ({
      title: track.title,
      confidence,
      atSeconds: fromSeconds,
    }));
  },
  recording: inRecording,
};

async function inRecording(engine: Engine, { sampleRate, blocks }: SoundStream, kind: Kind): Promise<Name[]> {
  async function* sound() {
    for await (const samples of blocks) yield { samples, sampleRate };
  }
  const session = await analyseBlocks(engine, sound());
  log({ kind, stretches: session?.stretches });
  return (session?.stretches ?? []).map(({ track, confidence, fromSeconds }) => ({
    ...{ title: track.title, confidence },
    atSeconds: fromSeconds,
  }));
}

function whenOver(error: unknown): undefined {
  if (!(error instanceof UserError && error.name === 'TooShort')) throw error;
}

const brief = ({ track, confidence, speed, pitch }: Match) => ({ title: track.title, confidence, speed, pitch });

/** So many seconds of it; who stops asking for more may ask again later. */
function stretch(parts: Generator<Float32Array>, seconds: number): SoundStream {
  let left = seconds;
  const blocks: AsyncGenerator<Float32Array, void> = {
    async next() {
      if (left <= 0) return { done: true, value: undefined };
      const { value } = parts.next() as IteratorYieldResult<Float32Array>;
      left -= value.length / RATE;
      return { done: false, value };
    },
    return: async () => ({ done: true, value: undefined }),
    throw: (error) => Promise.reject(error),
    [Symbol.asyncIterator]: () => blocks,
    async [Symbol.asyncDispose]() {},
  };
  return { sampleRate: RATE, blocks };
}

async function engineOf(files: string[]): Promise<Engine> {
  const engine = await engineWith(new Map());
  for (const file of files) await engine.add(learnt(await read(file), file), { evenIfSimilar: true });
  return engine;
}

async function read(file: string): Promise<Pcm> {
  const { sampleRate, blocks } = await openSoundStream(file);
  const parts: Buffer[] = [];
  for await (const { buffer, byteOffset, byteLength } of blocks)
    parts.push(Buffer.from(buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer));
  const bytes = Buffer.concat(parts);
  return { samples: new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4), sampleRate };
}

function report(heard: Map<string, { hours: number; names: Name[] }>, seconds: number): void {
  const rows = [...heard].map(([what, { hours, names }]) => ({
    what,
    value: names.length,
    unit: names.length === 1 ? 'name' : 'names',
    note: `in ${hours} h  ${names.map(({ title, confidence, atSeconds }) => `${title} ${(100 * confidence).toFixed(1)} % at ${Math.round(atSeconds)} s`).join('; ')}`,
  }));
  const hours = rounded([...heard.values()].reduce((sum, each) => sum + each.hours, 0));
  const title = `Names in ${hours} hours without music of the library, ${rounded((3600 * hours) / seconds)} times faster than real time`;
  print(measured({ title, rows }));
}

const engine = await engineOf(filesOf(values.library ?? '/dev/null'));
const strangers = values.strangers ? filesOf(values.strangers) : [];
const chosen = values.kinds.split(',') as Kind[];
const sounds = new Map(chosen.map((kind) => [kind, endless(kind, Number(values.seed), strangers)]));
const fileHours = Number(values['file-hours']);
const heard = new Map<string, { hours: number; names: Name[] }>();
const begun = performance.now();
for (let hours = 0; hours < Number(values.hours); ) {
  for (const [kind, parts] of sounds) {
    for (const way of values.ways.split(',') as Way[]) {
      const names = await ways[way](engine, stretch(parts, fileHours * 3600), kind);
      const before = heard.get(`${way}: ${kind}`) ?? { hours: 0, names: [] };
      heard.set(`${way}: ${kind}`, { hours: before.hours + fileHours, names: [...before.names, ...names] });
      hours += fileHours;
      report(heard, (performance.now() - begun) / 1000);
    }
  }
}
await engine.close();

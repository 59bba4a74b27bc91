/**
 * `npm run bench -- shard-answers --music FOLDER [--shards 3] [--clips 20] [--seconds 1,2,3,5,10] [--only NAME] [--seed 1]`: whether several
 * shards give the answers of one library, for all clips of the accuracy run. With `--queries FOLDER --list FILE`, for clips made elsewhere
 * (see `accuracy/queries.ts`) and the music that is listed. The one library has the tracks of the first shard first, then those of the
 * next: where places are equally likely, the order of tracks decides which are judged.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { clipOf } from '../../src/accuracy/clips.ts';
import { learntOf, prepare } from '../../src/accuracy/material.ts';
import { truthsIn } from '../../src/accuracy/queries.ts';
import { trialOf } from '../../src/cli/commands/accuracy.ts';
import type { Terminal } from '../../src/cli/terminal.ts';
import type { Engine } from '../../src/engine/api.ts';
import { openEngine } from '../../src/engine/engine.ts';
import { openShard } from '../../src/engine/shards/shard.ts';
import { shardOf } from '../../src/engine/shards/shard-numbers.ts';
import { openShardedEngine } from '../../src/engine/shards/sharded-engine.ts';
import { openMemory } from '../../src/library/shelf/memory.ts';
import type { Learnt, Match, Pcm, Recognition } from '../../src/types.ts';
import { quantile } from './quantile.ts';
import { type Measured, measured, rounded } from './table.ts';

const TOLD_EVERY = 50;
/** A larger difference of confidence is told; smaller ones come from the order in which numbers are added. */
const TOLD_DIFFERENCE = 1e-9;

interface Clip {
  name: string;
  pcm(): Promise<Pcm> | Pcm;
}

export async function run(args: string[]): Promise<Measured> {
  const text = (initial?: string) => ({ type: 'string' as const, ...(initial && { default: initial }) });
  const { values } = parseArgs({
    args,
    options: {
      ...{ music: text(), list: text(), queries: text(), shards: text('3') },
      ...{ clips: text(), seconds: text(), only: text(), seed: text() },
    },
  });
  const list = (typed?: string) => typed?.split(',');
  const number = (typed?: string) => (typed ? Number(typed) : undefined);
  const asked = { music: values.music, list: values.list, seconds: list(values.seconds), only: list(values.only) };
  const trial = await trialOf({ ...asked, clips: number(values.clips), seed: number(values.seed) } as never, QUIET);
  const { kernel, files, read } = trial;
  const many = await shardsInMemory(Number(values.shards), kernel);
  const added: { learnt: Learnt; shard: number }[] = [];
  const add = async (learnt: Learnt) => {
    const { track } = await many.add(learnt, { evenIfSimilar: true });
    added.push({ learnt, shard: shardOf(track.id) });
  };
  const clips: Clip[] = [];
  if (values.queries) {
    const folder = values.queries;
    for (const file of files) await add(learntOf(kernel, file, await read(file)));
    for (const { file } of await truthsIn(folder)) clips.push({ name: file, pcm: () => read(join(folder, file)) });
  } else {
    for (const plan of await prepare(trial, add))
      clips.push({ name: `${plan.condition.name}, ${plan.seconds} s`, pcm: () => clipOf(plan) });
  }
  const one = await openEngine({ shelf: openMemory(), kernel });
  for (const { learnt } of added.sort((a, b) => a.shard - b.shard)) await one.add(learnt, { evenIfSimilar: true });
  const told = { sameNames: 0, same: 0, known: 0 };
  const steps = [0, 0, 0];
  const confidences: number[] = [];
  for (const [i, { name, pcm }] of clips.entries()) {
    const clip = await pcm();
    const [whole, sharded] = [await one.recognize(clip), await many.recognize(clip)];
    const difference = Math.abs((best(whole)?.confidence ?? 0) - (best(sharded)?.confidence ?? 0));
    const isNamedAlike = namesOf(whole) === namesOf(sharded);
    if (isNamedAlike) told.sameNames++;
    else console.error(`${name}: ${namesOf(whole)} / ${namesOf(sharded)}`);
    confidences.push(difference);
    if (isNamedAlike && isSame(whole, sharded)) told.same++;
    else if (isNamedAlike) console.error(`${name}: named alike, at different places`);
    if (difference > TOLD_DIFFERENCE) console.error(`${name}: step ${whole.step}, confidence differs by ${difference}`);
    if (whole.matches.length > 0) told.known++;
    steps[whole.step - 1]++;
    if (i % TOLD_EVERY === TOLD_EVERY - 1) console.error(`${i + 1} of ${clips.length}: ${JSON.stringify(told)}`);
  }
  const sorted = confidences.sort((a, b) => a - b);
  const { trackCount } = await many.status();
  return measured({
    title: `Answers of ${values.shards} shards and of one library, ${trackCount} tracks`,
    rows: [
      { what: 'clips', value: clips.length, unit: '', note: `${told.known} named; steps 1, 2, 3: ${steps.join(', ')}` },
      {
        what: 'the same tracks named',
        value: told.sameNames,
        unit: 'clips',
        note: `others: ${clips.length - told.sameNames}`,
      },
      {
        what: 'the same places, speeds and pitches, too',
        value: told.same,
        unit: 'clips',
        note: `others: ${clips.length - told.same}`,
      },
      {
        what: 'the same confidence',
        value: confidences.filter((difference) => difference <= TOLD_DIFFERENCE).length,
        unit: 'clips',
      },
      { what: 'difference of confidence, p99', value: rounded(quantile(sorted, 0.99)), unit: '' },
      { what: 'difference of confidence, largest', value: rounded(sorted.at(-1) ?? 0), unit: '' },
    ],
  });
}

const QUIET = { progress() {}, note: (line: string) => console.error(line) } as unknown as Terminal;

async function shardsInMemory(count: number, kernel: WebAssembly.Module): Promise<Engine> {
  const numbers = Array.from({ length: count }, (_, number) => number);
  const shards = await Promise.all(numbers.map((number) => openShard({ number, shelf: openMemory(), kernel })));
  return openShardedEngine(shards, { kernel, exclusive: (work) => work() });
}

const namesOf = ({ matches }: Recognition) => matches.map(({ track }) => track.title).join(' + ') || 'none';
const best = ({ matches, others }: Recognition): Match | undefined => matches[0] ?? others[0];

const isSame = (a: Recognition, b: Recognition) =>
  a.matches.every((match, i) => {
    const { offsetSeconds, speed, pitch, otherOffsets } = b.matches[i];
    const isPlacedAlike = match.offsetSeconds === offsetSeconds && `${match.otherOffsets}` === `${otherOffsets}`;
    return isPlacedAlike && match.speed === speed && match.pitch === pitch;
  });

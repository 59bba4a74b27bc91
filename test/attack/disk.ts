/** A disk that fills up while a library is written to: nothing that was told is lost, and it goes on when there is room. */
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { Fault } from '../../src/errors.ts';
import { type Library, openLibrary } from '../../src/node/package.ts';
import { faultOf } from '../../src/node/system/node-fault.ts';
import { music } from '../support/music.ts';
import { someLearnt } from '../support/prints.ts';
import { wav } from '../support/recording.ts';
import { type SmallDisk, smallDisk } from '../support/small-disk.ts';
import type { Attack, Input, Subject } from './attack.ts';
import { Skipped } from './attack.ts';
import { runCommand } from './command-line.ts';
import { type Contents, contentsOf, differences } from './library-check.ts';
import { faultsOfCommand, faultsOfFault } from './sentences.ts';

const DISK_BYTES = 2 ** 21;

async function open(): Promise<Subject> {
  const disk = smallDisk(DISK_BYTES);
  if (!disk) throw new Skipped('a tmpfs cannot be mounted here');
  const sound = wav(music(5, 11_025, 800).samples, 11_025);
  return { take: (input) => taken(input, disk, sound), close: async () => disk.remove() };
}

async function taken(input: Input, disk: SmallDisk, sound: Uint8Array): Promise<string[]> {
  for (const name of ['library', 'out']) rmSync(disk.at(name), { recursive: true, force: true });
  disk.leave(DISK_BYTES);
  const failures: string[] = [];
  const told = await filledUp(input, disk, sound, failures);
  if (input.once(3)) failures.push(...(await exported(disk)));
  disk.leave(DISK_BYTES / 2);
  const again = await openLibrary(disk.at('library'));
  failures.push(...differences(told, await contentsOf(again)));
  const { repaired, lost } = await again.verify();
  failures.push(...[...repaired, ...lost].map((what) => `HALF: ${what}`));
  await again.close();
  return failures;
}

/** Gives what the library told that it holds. */
async function filledUp(input: Input, disk: SmallDisk, sound: Uint8Array, failures: string[]): Promise<Contents> {
  const library = await openLibrary(disk.at('library'));
  const path = input.at('sound.wav');
  let seed = 0;
  const doings: Record<string, () => Promise<unknown>> = {
    'add what was learnt': () =>
      library.add(someLearnt(++seed, { seconds: input.pick([5, 60, 600]) }), { evenIfSimilar: true }),
    async 'add a file'() {
      writeFileSync(path, Buffer.concat([sound, Buffer.from(`${++seed}`)]));
      const added = await library.addFile(path, { evenIfSimilar: true });
      if (added.state === 'failed') throw Object.assign(new Error(added.fault.message), { name: added.fault.name });
    },
    'remove a track': () => library.remove([1 + input.below(seed + 1)]),
    'change tags': () => library.edit(1 + input.below(seed + 1), { title: 'x'.repeat(input.pick([1, 5000])) }),
    'check it': () => library.verify(),
  };
  let expected = await contentsOf(library);
  for (let count = 6 + input.below(20); count > 0; count--) {
    if (input.once(2)) disk.leave(input.pick([0, 4096, 8192, 16_384, 65_536, input.below(300_000), DISK_BYTES]));
    const name = input.pick(Object.keys(doings));
    const fault = await doings[name]().then(() => undefined, faultOf);
    input.note(`${name}: ${fault?.message ?? 'done'}`);
    const there = await contentsOf(library);
    if (fault) failures.push(...refused(fault), ...differences(expected, there));
    expected = there;
  }
  await close(library, failures);
  return expected;
}

function refused(fault: Fault): string[] {
  return [
    ...faultsOfFault(fault),
    ...(fault.name === 'StorageFull' ? [] : [`WRONG: told as ${fault.name}: ${fault.message}`]),
  ];
}

/** What was removed goes when it is closed, for which there may be no room. */
async function close(library: Library, failures: string[]): Promise<void> {
  await library.close().catch((error) => failures.push(...refused(faultOf(error))));
}

/** A bundle is written whole, or not at all and nothing is left of it. */
async function exported(disk: SmallDisk): Promise<string[]> {
  disk.leave(8192);
  const target = disk.at('out');
  writeFileSync(target, 'old');
  const words = ['export', target];
  const ended = await runCommand(words, { library: disk.at('library') });
  const isWhole = existsSync(target) && (ended.status === 0 || readFileSync(target, 'utf8') === 'old');
  const beside = readdirSync(disk.at('.')).filter((name) => !['library', 'out', 'filler'].includes(name));
  return [
    ...faultsOfCommand(words, ended),
    ...(isWhole ? [] : ['CHANGED: what was there before the export failed']),
    ...beside.map((name) => `LEFT: ${name}`),
  ];
}

export const attack: Attack = { inputs: 200, patienceSeconds: 90, open };

/** Several programs at once at one library: those that write take turns or are told who has it, those that read see whole tracks. */
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { openLibrary } from '../../src/node/package.ts';
import { music } from '../support/music.ts';
import { wav } from '../support/recording.ts';
import type { Attack, Input, Subject } from './attack.ts';
import { type Ended, runCommand } from './command-line.ts';
import { type FolderVictim, folderVictim } from './forgery/library.ts';
import { contentsOf, differences } from './library-check.ts';
import { faultsOfCommand } from './sentences.ts';

const SOUNDS = 6;
const LATEST_MS = 1500;
const BUSY = /is in use by|has taken over/;
/** Another program of the same run removed the track. */
const REMOVED = /There is no track "1"|was removed while the bundle was written/;

async function open(): Promise<Subject> {
  const victim = await folderVictim();
  const sounds = Array.from({ length: SOUNDS }, (_, i) => wav(music(5, 8000, 600 + i).samples, 8000));
  return { take: (input) => taken(input, victim, sounds), close: async () => victim.remove() };
}

async function taken(input: Input, victim: FolderVictim, sounds: Uint8Array[]): Promise<string[]> {
  const library = input.at('library');
  cpSync(victim.folder, library, { recursive: true });
  const folders = [0, 1].map((number) => {
    const folder = input.at(`music ${number}`);
    mkdirSync(folder);
    // Some sounds are in both.
    for (const [i, sound] of sounds.entries()) if (i % 3 !== number) writeFileSync(`${folder}/sound ${i}.wav`, sound);
    return folder;
  });
  const commands = [
    () => ['add', '--json', '--jobs', '2', '--even-if-similar', folders[0]],
    () => ['add', '--json', '--even-if-similar', folders[1]],
    () => ['list', '--json'],
    () => ['list', '--json'],
    () => ['stats'],
    () => ['recognize', `${folders[0]}/sound 1.wav`],
    () => ['verify'],
    () => ['export', input.at(`out ${input.below(9)}`)],
    () => ['remove', '1'],
    () => ['rename', '2', '--title', 'Renamed'],
  ];
  const running = Array.from({ length: 2 + input.below(4) }, () => {
    const words = input.pick(commands)();
    const wait = input.below(LATEST_MS);
    input.note(`${words[0]} after ${wait} ms`);
    return delay(wait).then(async () => ({ words, ended: await runCommand(words, { library }) }));
  });
  const all = await Promise.all(running);
  const isRemoval = ({ words, ended }: (typeof all)[number]) => words[0] === 'remove' && ended.status === 0;
  return [
    ...all.flatMap((one) =>
      seen(
        one.words,
        one.ended,
        all.some((other) => other !== one && isRemoval(other)),
      ),
    ),
    ...(await leftBehind(library, victim, all)),
  ];
}

function seen(words: string[], ended: Ended, hasRemoval: boolean): string[] {
  const failures = faultsOfCommand(words, ended);
  const isBusy = BUSY.test(ended.err);
  const isRemoved = hasRemoval && REMOVED.test(ended.err);
  if (ended.status === 2 && !isBusy && !isRemoved) failures.push(`STATUS 2: ${words[0]}: ${ended.err || ended.out}`);
  if (isBusy && ['list', 'stats', 'recognize', 'export'].includes(words[0])) failures.push(`BUSY: ${words[0]}`);
  if (words[0] === 'list') for (const line of ended.out.split('\n').filter(Boolean)) JSON.parse(line);
  return failures;
}

async function leftBehind(
  folder: string,
  victim: FolderVictim,
  all: { words: string[]; ended: Ended }[],
): Promise<string[]> {
  const expected = new Map(victim.contents);
  const isDone = (name: string) => all.some(({ words, ended }) => words[0] === name && ended.status === 0);
  const library = await openLibrary(folder);
  const there = await contentsOf(library);
  const { repaired, lost } = await library.verify();
  await library.close();
  const failures = [...repaired, ...lost].map((what) => `HALF: ${what}`);
  for (const { words, ended } of all) {
    if (words[0] !== 'add') continue;
    for (const line of ended.out.split('\n').filter(Boolean)) {
      const { status, track } = JSON.parse(line);
      const held = status === 'added' ? there.get(track.contentId) : undefined;
      if (status === 'added' && !held?.print) failures.push(`LOST: ${track.title}`);
      if (held) expected.set(track.contentId, held);
    }
  }
  // The first two tracks may be removed and renamed.
  const [first, second] = victim.firstIds;
  if (isDone('remove') && there.has(first)) failures.push('BACK: track 1');
  for (const id of [first, second]) {
    expected.delete(id);
    there.delete(id);
  }
  return [...failures, ...differences(expected, there)];
}

export const attack: Attack = { inputs: 150, patienceSeconds: 180, open };

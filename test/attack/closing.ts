/** A library is closed at any moment, while it does several things at once: what was told stays, later calls are refused. */
import { writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { type Library, openLibrary } from '../../src/node/package.ts';
import { faultOf } from '../../src/node/system/node-fault.ts';
import { music } from '../support/music.ts';
import { someLearnt } from '../support/prints.ts';
import { wav } from '../support/recording.ts';
import type { Attack, Input, Subject } from './attack.ts';
import { forgedBundle } from './forgery/bundle.ts';
import { contentsOf } from './library-check.ts';
import { faultsOfFault } from './sentences.ts';

/** Tracks that are there before. */
const TRACKS = 12;
const LATEST_MS = 400;

async function open(): Promise<Subject> {
  const sounds = [1, 2, 3, 4].map((seed) => wav(music(4, 11_025, 500 + seed).samples, 11_025));
  return { take: (input) => taken(input, sounds) };
}

/** What the calls have told. */
interface Told {
  added: Set<string>;
  removed: Set<string>;
  /** Removals that were asked for: one that was cut off may be done or not. */
  removing: Set<string>;
  /** An import may have brought what was removed, and a replacing one taken away anything. */
  isImporting: boolean;
  isReplacing: boolean;
}

async function taken(input: Input, sounds: Uint8Array[]): Promise<string[]> {
  const folder = input.at('library');
  const library = await openLibrary(folder);
  for (let seed = 1; seed <= TRACKS; seed++)
    await library.add(someLearnt(seed, { seconds: 5 }), { evenIfSimilar: true });
  const before = await contentsOf(library);
  const told: Told = {
    added: new Set(),
    removed: new Set(),
    removing: new Set(),
    isImporting: false,
    isReplacing: false,
  };
  const failures: string[] = [];
  const calls = Array.from({ length: 1 + input.below(6) }, () => {
    const name = input.pick(Object.keys(doings));
    const wait = input.below(LATEST_MS / 2);
    input.note(`${name} after ${wait} ms`);
    const doing = doings[name](input, library, told, sounds);
    return delay(wait)
      .then(doing)
      .catch((error) => {
        const fault = faultOf(error);
        if (fault.name !== 'LibraryClosed' && fault.name !== 'BundleDamaged') failures.push(...faultsOfFault(fault));
      });
  });
  await delay(input.below(LATEST_MS));
  await library.close();
  await Promise.all(calls);
  const refused = await library.tracks({}).catch(faultOf);
  if (!('name' in refused) || refused.name !== 'LibraryClosed') failures.push('WRONG: it answers after it was closed');
  const again = await openLibrary(folder, { readOnly: true });
  const there = await contentsOf(again);
  await again.close();
  for (const id of [...before.keys(), ...told.added]) {
    const isMissing = !there.has(id) && !told.removing.has(id) && !told.isReplacing;
    if (isMissing) failures.push(`LOST: ${id}`);
  }
  for (const [id, { title, print }] of there) if (!print) failures.push(`HALF: ${id} “${title}”`);
  for (const id of told.removed)
    if (there.has(id) && !told.added.has(id) && !told.isImporting) failures.push(`BACK: ${id}`);
  return failures;
}

type Doing = (input: Input, library: Library, told: Told, sounds: Uint8Array[]) => () => Promise<unknown>;

/** All draws are made before anything runs, so that the same input is the same. */
const doings: Record<string, Doing> = {
  'add a file'(input, library, told, sounds) {
    const number = input.below(sounds.length);
    const path = input.at(`sound ${number}.wav`);
    writeFileSync(path, sounds[number]);
    return async () => {
      const result = await library.addFile(path, { evenIfSimilar: true });
      if (result.state === 'added') told.added.add(result.track.contentId);
      else if (result.state === 'failed' && result.fault.name !== 'LibraryClosed')
        throw new Error(result.fault.message);
    };
  },
  'add what was learnt'(input, library, told) {
    const learnt = someLearnt(100 + input.below(20), { seconds: 5 });
    return async () => {
      const result = await library.add(learnt, { evenIfSimilar: input.once(2) });
      if (result.state !== 'similar') told.added.add(result.track.contentId);
    };
  },
  'remove tracks'(input, library, told) {
    const id = 1 + input.below(TRACKS);
    return async () => {
      const track = await library.track(id);
      if (!track) return;
      told.removing.add(track.contentId);
      await library.remove([id]);
      told.removed.add(track.contentId);
    };
  },
  'import a bundle'(input, library, told) {
    const bundle = new Blob([forgedBundle(input)]);
    const mode = input.pick(['merge', 'merge', 'replace'] as const);
    return async () => {
      told.isImporting = true;
      if (mode === 'replace') told.isReplacing = true;
      await library.importBundle(bundle, mode);
    };
  },
  verify: (_input, library) => () => library.verify(),
  'change tags'(input, library) {
    const id = 1 + input.below(TRACKS);
    return () => library.edit(id, { title: 'Edited' });
  },
  recognise(input, library) {
    const sound = music(3, 11_025, input.below(4));
    return () => library.recognize(sound);
  },
  export: (_input, library) => () => library.exportBundle({}, async () => {}),
};

export const attack: Attack = { inputs: 400, patienceSeconds: 60, open };

/** A library that a command changes while it is killed: what the command is given, and what may be there afterwards. */
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KERNEL_FORMAT } from '../../src/kernel/format.ts';
import { writeBundle } from '../../src/library/bundle/write-bundle.ts';
import { type Library, openLibrary } from '../../src/library/library.ts';
import { unpackPrint } from '../../src/library/prints/print.ts';
import { openMemory } from '../../src/library/shelf/memory.ts';
import { openLmdb } from '../../src/node/lmdb/lmdb-shelf.ts';
import type { Learnt, TrackId } from '../../src/types.ts';
import { indexFaults } from '../support/live.ts';
import { matching } from '../support/matching.ts';
import { music } from '../support/music.ts';
import { someLearnt } from '../support/prints.ts';
import { wav } from '../support/recording.ts';
import type { Input } from './attack.ts';
import { runCommand } from './command-line.ts';

export const KINDS = ['add', 'remove', 'import', 'replace'] as const;
export type Kind = (typeof KINDS)[number];

/** One command, and which tracks it is about, by their content ids. */
export interface Task {
  kind: Kind;
  words: string[];
  about: Set<string>;
}

/** Tracks that are there, by content id. */
export type Tracks = ReadonlyMap<string, TrackId>;

const SONGS = 6;
/** Many short tracks: an import then writes several batches before the one that makes them count. */
const BUNDLED = 320;
const HELD = 100;

export class KillVictim {
  /** What the library holds before a command. */
  before: Tracks = new Map();
  /** What every track's print must be, byte by byte. */
  private readonly prints = new Map<string, Uint8Array>();
  /** Paths of sound files, by the content ids that they have. */
  private readonly songs = new Map<string, string>();
  private readonly folder = mkdtempSync(join(tmpdir(), 'entendu-victim-'));
  private readonly bundle = join(this.folder, 'some.entendu');
  private readonly bundled = new Set<string>();

  static async prepare(): Promise<KillVictim> {
    const victim = new KillVictim();
    await victim.learnSongs();
    const held = Array.from({ length: HELD }, (_, i) => someLearnt(1 + i, { seconds: 4 }));
    const bundled = Array.from({ length: BUNDLED }, (_, i) => someLearnt(1 + HELD / 2 + i, { seconds: 4 }));
    for (const { contentId, print } of [...held, ...bundled]) victim.prints.set(contentId, print);
    const library = await openLibrary(await openLmdb(victim.at('library')), matching);
    await library.addAll(each(held));
    await library.settled();
    victim.before = await idsIn(library);
    await library.close();
    await victim.writeBundle(bundled);
    return victim;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  copyTo(library: string): void {
    cpSync(this.at('library'), library, { recursive: true });
  }

  task(input: Input, kind: Kind): Task {
    if (kind === 'add') {
      const words = ['add', '--jobs', '2', '--even-if-similar', ...this.songs.values()];
      return { kind, words, about: new Set(this.songs.keys()) };
    }
    if (kind === 'remove') {
      const chosen = [...this.before].filter(() => input.once(2));
      return {
        kind,
        words: ['remove', ...chosen.map(([, id]) => String(id))],
        about: new Set(chosen.map(([id]) => id)),
      };
    }
    const words = ['import', this.bundle, ...(kind === 'replace' ? ['--replace'] : [])];
    return { kind, words, about: this.bundled };
  }

  /** Sound files, of which the library holds none. */
  get soundFiles(): string[] {
    return [...this.songs.values()];
  }

  /** What a command said that it did, by content id. */
  told({ kind, about }: Task, lines: readonly string[]): Set<string> {
    if (kind === 'add') {
      const said = lines.filter((line) => line.startsWith('added'));
      return new Set([...about].filter((id) => said.some((line) => line.includes(`${this.songs.get(id)}:`))));
    }
    const isTold = kind === 'remove' ? /^removed / : / added, \d+ known$/;
    return lines.some((line) => isTold.test(line)) ? about : new Set();
  }

  /** What is in a library, and everything that is wrong with it. */
  async look(path: string): Promise<{ there: Tracks; faults: string[] }> {
    const library = await openLibrary(await openLmdb(path), matching);
    const there = await idsIn(library);
    const faults = there.size < library.ids().length ? ['the same bytes are there twice'] : [];
    const packed = await library.packedPrints([...there.values()]);
    const whole = new Map<TrackId, ReturnType<typeof unpackPrint>>();
    for (const [i, [contentId, id]] of [...there].entries()) {
      const [print, expected] = [packed[i], this.prints.get(contentId)];
      if (print && expected && Buffer.compare(print, expected) === 0) whole.set(id, unpackPrint(print));
      else faults.push(`HALF: track ${id} has no or a wrong print`);
    }
    await library.settled();
    faults.push(...(await indexFaults(library, whole)));
    const { pending, damaged } = await library.status();
    const { repaired, lost } = await library.verify();
    if (pending > 0) faults.push(`${pending} tracks cannot be recognised`);
    faults.push(...damaged, ...repaired, ...lost);
    await library.close();
    return { there, faults };
  }

  private at(name: string): string {
    return join(this.folder, name);
  }

  /** Learns some songs undisturbed, to know what their prints are. */
  private async learnSongs(): Promise<void> {
    const paths = new Map<string, string>();
    for (let seed = 1; seed <= SONGS; seed++) {
      const name = `Song ${seed}.wav`;
      paths.set(name, this.at(name));
      writeFileSync(this.at(name), wav(music(8, 11025, seed).samples, 11025));
    }
    const { status, err } = await runCommand(['add', '--even-if-similar', ...paths.values()], {
      library: this.at('undisturbed'),
    });
    if (status !== 0) throw new Error(err);
    const library = await openLibrary(await openLmdb(this.at('undisturbed')), matching);
    for (const { id, contentId, fileName } of (await library.tracks({ limit: Infinity })).rows) {
      const [print] = await library.packedPrints([id]);
      this.prints.set(contentId, print as Uint8Array);
      this.songs.set(contentId, paths.get(fileName) as string);
    }
    await library.close();
  }

  private async writeBundle(tracks: Learnt[]): Promise<void> {
    const library = await openLibrary(openMemory(), matching);
    await library.addAll(each(tracks));
    const parts: Uint8Array[] = [];
    await writeBundle(library, KERNEL_FORMAT, {}, async (bytes) => void parts.push(bytes.slice()));
    await library.close();
    writeFileSync(this.bundle, Buffer.concat(parts));
    for (const { contentId } of tracks) this.bundled.add(contentId);
  }
}

/** What is wrong with what a command left behind, killed or not; `told` is what it said that it did. */
export function outcomeFaults({ kind, about }: Task, before: Tracks, after: Tracks, told: Set<string>): string[] {
  const done = new Set(kind === 'replace' ? about : [...before.keys(), ...about]);
  if (kind === 'remove') for (const id of about) done.delete(id);
  if (kind !== 'add') {
    if (isSame(after, done) || (told.size === 0 && isSame(after, before))) return [];
    return [
      `HALF: ${before.size} tracks became ${after.size} instead of ${done.size}${told.size ? ', as was told' : ''}`,
    ];
  }
  return [
    ...[...before.keys(), ...told].filter((id) => !after.has(id)).map((id) => `LOST: track ${id}`),
    ...[...after.keys()].filter((id) => !done.has(id)).map((id) => `STRAY: track ${id} was never added`),
  ];
}

const isSame = (some: Tracks, others: Tracks | Set<string>) =>
  some.size === others.size && [...some.keys()].every((id) => others.has(id));

async function idsIn(library: Library): Promise<Tracks> {
  return new Map((await library.tracks({ limit: Infinity })).rows.map(({ id, contentId }) => [contentId, id]));
}

async function* each<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}

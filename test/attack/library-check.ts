/** What a library holds and whether it works, asked by its public calls. */
import type { Engine } from '../../src/engine/api.ts';
import type { Learnt, Pcm, Print } from '../../src/types.ts';
import { learnt } from '../support/engine.ts';
import { stretchOf } from '../support/folder.ts';
import { music } from '../support/music.ts';

/** A track as it can be compared: its title, and its print in short. */
export interface Held {
  title: string;
  /** Undefined for a track that has no print any more. */
  print: string | undefined;
}

/** By content id. */
export type Contents = Map<string, Held>;

export async function contentsOf(engine: Engine): Promise<Contents> {
  const { rows } = await engine.tracks({ limit: Infinity });
  const contents: Contents = new Map();
  for (const { id, contentId, title } of rows) contents.set(contentId, { title, print: await printOf(engine, id) });
  return contents;
}

async function printOf(engine: Engine, id: number): Promise<string | undefined> {
  const print = await engine.constellation(id);
  return print && inShort(print);
}

/** What tells a print from another. */
export function inShort({ frames, bins, frameCount }: Pick<Print, 'frames' | 'bins' | 'frameCount'>): string {
  const sum = frames.reduce((so, frame, i) => (Math.imul(so, 31) + frame * 1024 + bins[i]) | 0, 7);
  return `${frameCount} frames, ${frames.length} peaks, ${sum}`;
}

/** How what is there differs from what was told. */
export function differences(told: Contents, there: Contents): string[] {
  const faults: string[] = [];
  for (const [contentId, { title, print }] of told) {
    const held = there.get(contentId);
    if (!held) faults.push(`LOST: “${title.slice(0, 60)}”`);
    else if (held.print !== print)
      faults.push(`HALF: “${title.slice(0, 60)}” has the print ${held.print}, not ${print}`);
  }
  for (const [contentId, { title }] of there)
    if (!told.has(contentId)) faults.push(`STRAY: “${title.slice(0, 60)}” was never told as added`);
  return faults;
}

/** A piece of music that no library has. */
export class Probe {
  private readonly sound: Pcm;
  readonly learnt: Learnt;

  constructor(seed: number) {
    this.sound = music(12, 11_025, 1_000_000 + seed);
    this.learnt = { ...learnt(this.sound, `Probe ${seed}`), contentId: `${seed}`.padStart(64, 'f') };
  }

  /** Whether the library takes a track in, and names it afterwards. */
  async faults(engine: Engine): Promise<string[]> {
    const added = await engine.add(this.learnt, { evenIfSimilar: true });
    if (added.state !== 'added') return [`STUCK: a new track is told as ${added.state}`];
    return this.isNamed(engine);
  }

  async isNamed(engine: Engine): Promise<string[]> {
    const { matches } = await engine.recognize(stretchOf(this.sound, 3, 6));
    const [best] = matches;
    return best?.track.contentId === this.learnt.contentId ? [] : [`DEAF: it names ${best?.track.title ?? 'nothing'}`];
  }
}

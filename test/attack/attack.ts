/** What an attack is: a subject that is given one hostile input after the other, each made from a seed alone. */
import { join } from 'node:path';
import { random } from '../support/random.ts';

/** One input. The same seed, attack and index make the same input. */
export class Input {
  readonly draw: () => number;
  constructor(
    readonly attack: string,
    readonly seed: number,
    readonly index: number,
    /** A folder of its own, empty at first. */
    readonly folder: string,
    /** Says what is done, for whoever looks into a failure. */
    readonly note: (what: string) => void,
  ) {
    this.draw = random(hash(`${attack} ${seed} ${index}`));
  }

  /** A whole number from 0 up to `limit` - 1. */
  below(limit: number): number {
    return Math.floor(this.draw() * limit);
  }

  /** One of these. */
  pick<T>(choices: readonly T[]): T {
    return choices[this.below(choices.length)];
  }

  /** True once in so many times. */
  once(inTimes: number): boolean {
    return this.draw() * inTimes < 1;
  }

  at(name: string): string {
    return join(this.folder, name);
  }
}

export interface Subject {
  /** Gives what went wrong, in sentences: nothing, it is hoped. */
  take(input: Input): Promise<string[]>;
  close?(): Promise<void>;
}

export interface Attack {
  /** Inputs of a full campaign. */
  inputs: number;
  /** What takes longer hangs. Generous: the machine may be busy. */
  patienceSeconds: number;
  /** Opens what all inputs share. Throws `Skipped` where it cannot be done. */
  open(): Promise<Subject>;
}

/** An attack that cannot be done on this machine, and why. */
export class Skipped extends Error {}

/** FNV-1a. */
function hash(text: string): number {
  let state = 0x811c9dc5;
  for (const letter of text) state = Math.imul(state ^ (letter.codePointAt(0) ?? 0), 0x01000193);
  return state;
}

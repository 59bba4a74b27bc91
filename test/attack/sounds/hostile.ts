/** Sound files that are damaged, absurd, or none. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isSound } from '../../../src/learn/sound-names.ts';
import { damaged } from '../../support/damage.ts';
import type { Input } from '../attack.ts';
import { extreme } from './extremes.ts';
import { forged } from './forged.ts';
import { spliced } from './spliced.ts';

const fixtures = join(import.meta.dirname, '../../fixtures');

interface Whole {
  name: string;
  bytes: Uint8Array;
}

export function wholeSounds(): Whole[] {
  return readdirSync(fixtures)
    .filter((name) => isSound({ name, type: '' }) && !/\.ts$|^empty/.test(name))
    .sort()
    .map((name) => ({ name, bytes: Uint8Array.from(readFileSync(join(fixtures, name))) }));
}

/** A file of some kind, and a name that may not be its own. */
export function hostileSound(input: Input, wholes: readonly Whole[]): Whole {
  const { name, bytes } = input.pick(wholes);
  const kind = input.below(10);
  const made = kind < 2 ? forged(input) : { name, bytes: spoilt(input, kind, name, bytes, wholes) };
  const extension = input.once(12) ? input.pick(wholes).name.replace(/.*\./, '') : made.name.replace(/.*\./, '');
  input.note(`${['forged', 'forged'][kind] ?? 'spoilt'} ${made.name}, ${made.bytes.length} bytes, as .${extension}`);
  return { name: `hostile ${input.index}.${extension}`, bytes: made.bytes };
}

function spoilt(input: Input, kind: number, name: string, bytes: Uint8Array, wholes: readonly Whole[]): Uint8Array {
  if (kind < 6) return extreme(input, name, bytes) ?? damaged(bytes, input.draw);
  if (kind === 6) return spliced(input, bytes, input.pick(wholes).bytes);
  let worse = damaged(bytes, input.draw);
  while (input.once(3)) worse = damaged(worse, input.draw);
  return worse;
}

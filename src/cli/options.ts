/** Options of commands as data, and the parser of arguments, which suggests the right name for a misspelt one. */
import { parseArgs } from 'node:util';
import { nearest } from './nearest.ts';

/** A mistake in the typed command. `message` says what is wrong and how to correct it. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

interface Option<T> {
  help: string;
  /** One letter, for `-l`. */
  letter?: string;
  /** Name of the value in the help text; a switch has none. */
  value?: string;
  initial: T;
  /** Converts the typed text to the value, or throws a message that continues a sentence after "--name". */
  read(text: string): T;
}

/** Options of several types by key; `Values` maps each to the type of its value. */
export type Options = Record<string, Option<unknown>>;
export type Values<O extends Options> = { [K in keyof O]: O[K]['initial'] };

export const flag = (help: string, letter?: string): Option<boolean> => ({
  help,
  letter,
  initial: false,
  read: () => true,
});

export const text = (value: string, help: string, letter?: string): Option<string | undefined> => ({
  help,
  letter,
  value,
  initial: undefined,
  read: (typed) => typed,
});

export function number(
  value: string,
  help: string,
  { least = 0, most = Infinity, whole = false, letter = undefined as string | undefined } = {},
): Option<number | undefined> {
  const kind = `a ${whole ? 'whole number' : 'number'}${most < Infinity ? ` from ${least} to ${most}` : ` of ${least} or more`}`;
  return {
    help,
    letter,
    value,
    initial: undefined,
    read(typed) {
      const read = typed.trim() === '' ? Number.NaN : Number(typed);
      if (!(read >= least && read <= most) || (whole && !Number.isInteger(read)))
        throw new UsageError(`needs ${kind}, not "${typed}".`);
      return read;
    },
  };
}

/** Comma-separated words. */
export const list = (value: string, help: string): Option<string[] | undefined> => ({
  help,
  value,
  initial: undefined,
  read: (typed) => typed.split(',').map((word) => word.trim()),
});

export const choice = <const T extends string>(names: readonly T[], help: string, letter?: string): Option<T> => ({
  help,
  letter,
  value: names.join('|'),
  initial: names[0],
  read(typed) {
    const name = names.find((known) => known === typed);
    if (name) return name;
    const meant = nearest(typed, names);
    throw new UsageError(
      `cannot be "${typed}". ${meant ? `Did you mean ${meant}?` : `Use one of ${names.join(', ')}.`}`,
    );
  },
});

/** `evenIfSimilar` is typed as `even-if-similar`. */
export const typedName = (key: string) => key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** Parses the arguments after the command's name. */
export function readArguments<O extends Options>(typed: string[], options: O): { values: Values<O>; words: string[] } {
  const keys = new Map(Object.keys(options).map((key) => [typedName(key), key]));
  const { tokens } = parseArgs({
    args: typed,
    strict: false,
    allowPositionals: true,
    tokens: true,
    options: Object.fromEntries(
      [...keys].map(([name, key]) => {
        const { letter, value } = options[key];
        return [name, { type: value ? ('string' as const) : ('boolean' as const), ...(letter && { short: letter }) }];
      }),
    ),
  });
  const values = Object.fromEntries(Object.entries(options).map(([key, { initial }]) => [key, initial]));
  const words: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') words.push(token.value);
    if (token.kind !== 'option') continue;
    const key = keys.get(token.name);
    if (!key) throw unknownOption(token.rawName, keys.keys());
    values[key] = readValue(token, options[key]);
  }
  return { values: values as Values<O>, words };
}

function readValue(
  { rawName, value, inlineValue }: { rawName: string; value?: string; inlineValue?: boolean },
  option: Option<unknown>,
): unknown {
  if (!option.value && value !== undefined) throw new UsageError(`${rawName} is a switch and takes no value.`);
  if (option.value && (value === undefined || (!inlineValue && value.startsWith('--'))))
    throw new UsageError(`${rawName} needs a value: ${rawName} ${option.value}`);
  try {
    return option.read(value ?? '');
  } catch (error) {
    if (error instanceof UsageError) error.message = `${rawName} ${error.message}`;
    throw error;
  }
}

function unknownOption(rawName: string, names: Iterable<string>): UsageError {
  const meant = rawName.startsWith('--') ? nearest(rawName.slice(2), names) : undefined;
  return new UsageError(`There is no option ${rawName}.${meant ? ` Did you mean --${meant}?` : ''}`);
}

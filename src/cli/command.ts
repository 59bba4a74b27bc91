/** A command: its name, help text, options, and what it does. */
import { flag, type Options, text, type Values } from './options.ts';
import type { Terminal } from './terminal.ts';

/** Options of all commands. */
export const common = {
  library: text(
    'PLACE',
    'a folder, or postgres://host/database; default: $ENTENDU_LIBRARY, or a folder in your data folder',
    'l',
  ),
  help: flag('show this help', 'h'),
};

interface Call<O extends Options> {
  values: Values<O & typeof common>;
  /** Arguments that are not options: files, numbers of tracks. */
  words: string[];
  terminal: Terminal;
}

/** Exit statuses, like those of grep. */
export const FOUND = 0;
export const NONE = 1;
export const FAILED = 2;
/** The usual exit status after Ctrl-C. */
export const INTERRUPTED = 130;

export interface Command<O extends Options = Options> {
  name: string;
  summary: string;
  /** Arguments after the name, one line per way of calling it. */
  usage: string[];
  /** Paragraphs. */
  details: string[];
  options: O;
  examples: [typed: string, meaning: string][];
  /** Returns the exit status. */
  run(call: Call<O>): Promise<number>;
}

export const command = <O extends Options>(parts: Command<O>): Command<O> => parts;

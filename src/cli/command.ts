/** What a command is: its name, what its help tells, its options, and what it does. */
import { flag, type Options, text, type Values } from './options.ts';
import type { Terminal } from './terminal.ts';

/** What every command can be told. */
export const common = {
  library: text('FOLDER', 'where the library lies; else $ENTENDU_LIBRARY, else your data folder', 'l'),
  help: flag('tell about this command', 'h'),
};

interface Call<O extends Options> {
  values: Values<O & typeof common>;
  /** What was typed beside options: files, numbers of tracks. */
  words: string[];
  terminal: Terminal;
}

/** Exit statuses, as grep has them. */
export const FOUND = 0;
export const NONE = 1;
export const FAILED = 2;
/** As shells say of what Ctrl-C ended. */
export const INTERRUPTED = 130;

export interface Command<O extends Options = Options> {
  name: string;
  summary: string;
  /** What follows the name; each line one way of calling it. */
  usage: string[];
  /** Paragraphs. */
  details: string[];
  options: O;
  examples: [typed: string, meaning: string][];
  /** Gives the exit status. */
  run(call: Call<O>): Promise<number>;
}

export const command = <O extends Options>(parts: Command<O>): Command<O> => parts;

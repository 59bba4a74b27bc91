/** Whether what a person is told was written for them. */
import type { Fault } from '../../src/errors.ts';
import type { Ended } from './command-line.ts';

/** Words of machines: kinds of errors, the system's codes, the engine's complaints, places in a program. */
const RAW = [
  /\b(Type|Range|Reference|Syntax|Eval|URI|DOM|Aggregate|Assertion)(Error|Exception)\b/,
  /\bE(NOENT|ACCES|PERM|EXIST|ISDIR|NOTDIR|NOTEMPTY|MFILE|NFILE|LOOP|NAMETOOLONG|NOSPC|IO|INVAL|BADF|AGAIN|PIPE|ROFS|FBIG|NXIO|BUSY)\b/,
  /\bERR_[A-Z_]+\b|\bMDB_\w+|\bSIG[A-Z]{3,4}\b/,
  /\b(undefined|NaN|Infinity)\b|\[object \w+\]/,
  /Invalid (typed )?array|Cannot read properties|is not (a function|iterable|defined)|out of (bounds|range)|Unexpected token|heap|memory access|unreachable/i,
  /^\s+at .+:\d+:\d+|node:internal|\.(js|ts|c|mjs):\d+/m,
];

const isRaw = (text: string) => RAW.some((pattern) => pattern.test(text));

/** What is wrong with a fault, if anything. */
export function faultsOfFault({ name, message }: Fault): string[] {
  const told = `${name}: ${message}`;
  if (name === 'Unexpected') return [`RAW: ${told}`];
  if (isRaw(message) || !/^\P{Ll}.*[.]$/su.test(message)) return [`RAW: ${told}`];
  return [];
}

/** What is wrong with how a command ended, if anything. `statuses`: those that it may have ended with. */
export function faultsOfCommand(words: string[], { status, out, err, isStuck }: Ended, statuses = [0, 1, 2]): string[] {
  const typed = words.join(' ').slice(0, 120);
  if (isStuck) return [`HANG: ${typed}`];
  // What was typed may come back.
  const ours = (text: string) => words.reduce((rest, word) => (word ? rest.replaceAll(word, '') : rest), text);
  const faults = [out, err].filter((text) => isRaw(ours(text))).map((text) => `RAW: ${typed}: ${text.slice(0, 600)}`);
  if (!statuses.includes(status)) faults.push(`STATUS ${status}: ${typed}: ${(err || out).slice(-600)}`);
  return faults;
}

/** Output of commands: results to standard output, everything else to standard error; colours and progress only on a terminal. */
import type { WriteStream } from 'node:tty';

const codes = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33 } as const;
type Style = keyof typeof codes;

export interface Terminal {
  /** A line of the result. */
  print(line: string): void;
  /** Messages to the user that are not part of the result. */
  note(words: string): void;
  /** Replaces the progress line; does nothing if standard error is not a terminal. */
  progress(line: string): void;
  paint(style: Style, words: string): string;
  /** Standard error is a terminal. */
  isWatched: boolean;
}

type Sink = Pick<WriteStream, 'write' | 'isTTY' | 'columns'>;

/** Removes control characters of titles from the output, but keeps our own colour codes. */
const CONTROL = /(\p{Cc}\[\d+m)|(?!\t)[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu;
const harmless = (line: string, keepColours: boolean) =>
  line.replace(CONTROL, (_, colour?: string) => (keepColours && colour?.startsWith('\u001b') ? colour : ' '));

export function openTerminal(out: Sink, err: Sink, env: NodeJS.ProcessEnv): Terminal {
  const isColoured = env.FORCE_COLOR
    ? env.FORCE_COLOR !== '0'
    : Boolean(out.isTTY) && !env.NO_COLOR && env.TERM !== 'dumb';
  const isWatched = Boolean(err.isTTY) && env.TERM !== 'dumb';
  let isDrawn = false;

  function clear(): void {
    if (isDrawn) err.write('\r\u001b[K');
    isDrawn = false;
  }
  return {
    isWatched,
    print(line) {
      clear();
      out.write(`${harmless(line, isColoured)}\n`);
    },
    note(words) {
      clear();
      for (const line of words.split('\n')) err.write(`${harmless(line, false)}\n`);
    },
    progress(line) {
      if (!isWatched) return;
      clear();
      err.write(harmless(line, false).slice(0, (err.columns ?? 80) - 1));
      isDrawn = line !== '';
    },
    paint(style, words) {
      return isColoured ? `\u001b[${codes[style]}m${words}\u001b[0m` : words;
    },
  };
}

/** "[######------] 50 %". */
export function bar(share: number, width = 24): string {
  const full = Math.round(Math.min(1, Math.max(0, share)) * width);
  return `[${'#'.repeat(full)}${'-'.repeat(width - full)}] ${String(Math.floor(share * 100)).padStart(3)} %`;
}

/** Pads columns to their widest cell, except the last one. `>` in `align` aligns a column to the right. */
export function table(rows: string[][], align = ''): string[] {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column].length))) ?? [];
  return rows.map((row) =>
    row
      .map((cell, column) => {
        if (align[column] === '>') return cell.padStart(widths[column]);
        return column === row.length - 1 ? cell : cell.padEnd(widths[column]);
      })
      .join('  '),
  );
}

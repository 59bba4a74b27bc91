/**
 * Reads lyrics. In: text, either LRC with times or plain. Out: lines, in order.
 *
 *     [offset:+250]                      times are 250 ms earlier than written
 *     [00:12.50][01:30.00]La la          sung at both times
 *     [00:20.00]<00:20.10>One <00:20.60>two
 *     [00:31.00]                         a pause
 */
export interface LyricLine {
  /** Position in the track; undefined in lyrics without times. */
  seconds?: number;
  /** Empty: a pause, or in plain lyrics the end of a verse. */
  text: string;
  /** Where words have times of their own. Their texts joined are `text`. */
  words?: LyricWord[];
}

interface LyricWord {
  seconds: number;
  text: string;
}

export interface Lyrics {
  isTimed: boolean;
  lines: LyricLine[];
}

/** `01:30`, `01:30.25`, `01:30:25` (hundredths) and `1:01:30.25`. */
const STAMP = '(\\d{1,3}(?::\\d{1,3}){1,2}(?:[.,]\\d{1,3})?)';
const LINE_STAMP = new RegExp(`^\\s*\\[${STAMP}\\]`);
const WORD_STAMP = new RegExp(`<${STAMP}>`);
/** `[ar:Field]`, `[offset:-300]`; not a time, which begins with a digit. */
const FIELD = /^\s*\[\s*([a-z#][\w#]*)\s*:([^\]]*)\]\s*$/i;

export function parseLyrics(text: string): Lyrics {
  const written = text.replace(/^\ufeff/, '').split(/\r\n|\r|\n/);
  const fields = new Map<string, string>();
  const timed: (LyricLine & { seconds: number })[] = [];
  const plain: LyricLine[] = [];
  for (const line of written) {
    const [, name, value] = FIELD.exec(line) ?? [];
    if (name !== undefined) fields.set(name.toLowerCase(), value.trim());
    else if (!takeTimed(line, timed)) plain.push({ text: line.trim() });
  }
  const isTimed = timed.some(({ seconds }) => seconds > 0);
  if (!isTimed) return { isTimed, lines: verses([...timed.map(({ text }) => ({ text })), ...plain]) };
  const earlier = (Number(fields.get('offset')) || 0) / 1000;
  const lines = timed.map((line) => moved(line, -earlier)).sort((a, b) => a.seconds - b.seconds);
  return { isTimed, lines };
}

/** Adds the line once for each of its times; false if it has none. */
function takeTimed(line: string, lines: (LyricLine & { seconds: number })[]): boolean {
  const times: number[] = [];
  let rest = line;
  for (let found = LINE_STAMP.exec(rest); found; found = LINE_STAMP.exec(rest)) {
    times.push(secondsOf(found[1]));
    rest = rest.slice(found[0].length);
  }
  if (times.length === 0) return false;
  const { text, words } = wordsOf(rest, times[0]);
  for (const seconds of times) {
    // In each repetition of a line, its words keep their distance from the line's beginning.
    const shifted = words?.map((word) => ({ ...word, seconds: word.seconds + seconds - times[0] }));
    lines.push({ seconds, text, ...(shifted && { words: shifted }) });
  }
  return true;
}

function wordsOf(line: string, lineSeconds: number): Pick<LyricLine, 'text' | 'words'> {
  const [first, ...parts] = line.split(new RegExp(WORD_STAMP, 'g'));
  if (parts.length === 0) return { text: line.trim() };
  const words: LyricWord[] = first.trim() ? [{ seconds: lineSeconds, text: first }] : [];
  // A split by a pattern with a group gives the times, too.
  for (let i = 0; i < parts.length; i += 2)
    if (parts[i + 1].trim()) words.push({ seconds: secondsOf(parts[i]), text: parts[i + 1] });
  const text = words.map((word) => word.text).join('');
  return text.trim() ? { text, words } : { text: '' };
}

function secondsOf(stamp: string): number {
  const parts = stamp.replace(',', '.').split(':');
  if (parts.length === 2) return 60 * Number(parts[0]) + Number(parts[1]);
  const [first, second, third] = parts;
  if (!third.includes('.')) return 60 * Number(first) + Number(second) + Number(`0.${third}`);
  return 3600 * Number(first) + 60 * Number(second) + Number(third);
}

function moved(line: LyricLine & { seconds: number }, by: number): LyricLine & { seconds: number } {
  const at = (seconds: number) => Math.max(0, seconds + by);
  const words = line.words?.map((word) => ({ ...word, seconds: at(word.seconds) }));
  return { ...line, seconds: at(line.seconds), ...(words && { words }) };
}

/** Without empty lines at both ends, and never two in a row. */
function verses(lines: LyricLine[]): LyricLine[] {
  const kept = lines.filter(({ text }, i) => text || (i > 0 && lines[i - 1].text));
  return kept.at(-1)?.text === '' ? kept.slice(0, -1) : kept;
}

/** Index of the line that is sung at this position; -1 before the first one. */
export function lineAt(lines: readonly LyricLine[], seconds: number): number {
  let at = -1;
  while (at + 1 < lines.length && (lines[at + 1].seconds ?? Number.POSITIVE_INFINITY) <= seconds) at++;
  return at;
}

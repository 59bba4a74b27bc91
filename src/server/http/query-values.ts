/** Reads and validates query parameters. */
import type { Context } from 'hono';
import type { PcmFormat } from '../../audio/formats/pcm-bytes.ts';
import { FASTEST_RATE, SLOWEST_RATE } from '../../kernel/format.ts';
import { bareFormat, ENCODINGS } from '../../node/decode/raw-sound.ts';
import { Problem } from './problem.ts';

export function numberOf(
  c: Context,
  name: string,
  { least = 0, most = Number.MAX_SAFE_INTEGER, whole = false }: { least?: number; most?: number; whole?: boolean } = {},
): number | undefined {
  const typed = c.req.query(name);
  if (typed === undefined) return undefined;
  const value = typed.trim() === '' ? Number.NaN : Number(typed);
  if (value >= least && value <= most && (!whole || Number.isInteger(value))) return value;
  throw new Problem(422, `?${name}= must be a ${whole ? 'whole ' : ''}number from ${least} to ${most}.`, 'Query');
}

export function choiceOf<const T extends string>(c: Context, name: string, choices: readonly T[]): T | undefined {
  const typed = c.req.query(name);
  if (typed === undefined) return undefined;
  const found = choices.find((choice) => choice === typed);
  if (found !== undefined) return found;
  throw new Problem(422, `?${name}= must be one of ${choices.join(', ')}.`, 'Query');
}

export const flagOf = (c: Context, name: string): boolean =>
  choiceOf(c, name, ['true', 'false', '1', '0', '']) !== undefined && !['false', '0'].includes(c.req.query(name) ?? '');

/** ?rate= means that the body is raw samples. */
export function bareOf(c: Context): PcmFormat | undefined {
  const rate = numberOf(c, 'rate', { least: SLOWEST_RATE, most: FASTEST_RATE });
  const channels = numberOf(c, 'channels', { least: 1, most: 64, whole: true }) ?? 1;
  const encoding = choiceOf(c, 'encoding', ENCODINGS) ?? 's16';
  return rate === undefined ? undefined : bareFormat(rate, channels, encoding);
}

/** Lowest confidence of an answer. */
export const sureOf = (c: Context) => numberOf(c, 'sure', { most: 1 });
export const topOf = (c: Context) => numberOf(c, 'top', { least: 1, most: 100, whole: true }) ?? 5;

export function trackIdOf(c: Context): number {
  const id = Number(c.req.param('id'));
  if (Number.isInteger(id) && id > 0 && id < 2 ** 53) return id;
  throw Problem.unknown('The number of a track is a whole number, as GET /v1/tracks lists it.');
}

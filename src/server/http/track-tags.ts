/** Reads tags from requests. */
import type { Context } from 'hono';
import type { Tags } from '../../types.ts';
import { Problem } from './problem.ts';
import { numberOf } from './query-values.ts';
import { textOf } from './upload.ts';

const MOST_TEXT = 500;
const MOST_BODY = 16_384;

const NUMBERS = { year: [0, 9999], trackNumber: [0, 9999] } as const;
const TEXTS = ['title', 'artist', 'album'] as const;

/** From query parameters, when a file is added. */
export function tagsOf(c: Context): Partial<Tags> {
  const tags: Partial<Tags> = {};
  for (const name of TEXTS) {
    const value = c.req.query(name);
    if (value !== undefined) tags[name] = text(name, value);
  }
  for (const [name, [least, most]] of Object.entries(NUMBERS) as [keyof typeof NUMBERS, readonly [number, number]][]) {
    const value = numberOf(c, name, { least, most, whole: true });
    if (value !== undefined) tags[name] = value;
  }
  return tags;
}

/** From the body, when a track is changed; null deletes a tag. */
export async function readTags(c: Context): Promise<Partial<Tags> & { enabled?: boolean }> {
  const body = parsed(await textOf(c, MOST_BODY));
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw new Problem(400, 'Send a JSON object, such as {"title": "Nocturne"}.', 'Body');
  return Object.fromEntries(Object.entries(body).map(([name, value]) => [name, checked(name, value)]));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function checked(name: string, value: unknown): string | number | boolean | undefined {
  if (name === 'enabled' && typeof value === 'boolean') return value;
  if (value === null && name !== 'title' && (name === 'artist' || name === 'album' || name in NUMBERS))
    return undefined;
  if (TEXTS.some((known) => known === name) && typeof value === 'string') return text(name, value);
  if (name in NUMBERS && typeof value === 'number') {
    const [least, most] = NUMBERS[name as keyof typeof NUMBERS];
    if (Number.isInteger(value) && value >= least && value <= most) return value;
  }
  throw new Problem(
    422,
    `"${name.slice(0, 40)}" cannot be that. There are title, artist and album (texts), year and trackNumber (numbers from 0 to 9999), and enabled (true or false).`,
    'Tags',
  );
}

function text(name: string, value: string): string {
  const clean = value.replace(/\p{Cc}/gu, ' ').trim();
  if (clean.length > MOST_TEXT) throw new Problem(422, `The ${name} is longer than ${MOST_TEXT} letters.`, 'Tags');
  if (clean === '' && name === 'title') throw new Problem(422, 'A track needs a title.', 'Tags');
  return clean;
}

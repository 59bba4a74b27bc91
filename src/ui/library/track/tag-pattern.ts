/** Tags out of file names by a pattern such as "{artist} - {title}". */
import type { Tags } from '../../../types.ts';

export const patternFields = ['title', 'artist', 'album', 'year', 'track'] as const;
export type PatternField = (typeof patternFields)[number];

const shapes: Record<PatternField, string> = {
  title: '.+',
  artist: '.+?',
  album: '.+?',
  year: '\\d{4}',
  track: '\\d{1,4}',
};

const escaped = (text: string) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&').replace(/\s+/g, '\\s+');

/** What the pattern makes of a name; undefined if the name does not fit it, or the pattern names no field. */
export function tagsByPattern(pattern: string, fileName: string): Partial<Tags> | undefined {
  const fields: PatternField[] = [];
  const source = pattern
    .trim()
    .split(/\{(\w+)\}/)
    .map((part, i) => {
      const field = i % 2 ? patternFields.find((name) => name === part) : undefined;
      if (!field || fields.includes(field)) return escaped(i % 2 ? `{${part}}` : part);
      fields.push(field);
      return `(${shapes[field]})`;
    })
    .join('');
  if (fields.length === 0) return undefined;
  const name = fileName
    .replace(/^.*[\\/]/, '')
    .replace(/\.[a-z0-9]{2,6}$/i, '')
    .replaceAll('_', ' ')
    .trim();
  const found = new RegExp(`^${source}$`, 'iu').exec(name);
  if (!found) return undefined;
  return Object.fromEntries(fields.map((field, i) => tagOf(field, found[i + 1].trim())));
}

function tagOf(field: PatternField, text: string): [keyof Tags, string | number] {
  if (field === 'track') return ['trackNumber', Number(text)];
  return [field, field === 'year' ? Number(text) : text];
}

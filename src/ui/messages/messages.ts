/** Words in the person's language. `t('library.count', { count: 3 })` is checked against the English table. */
import { cell } from '../parts/state/cell.ts';
import type { enCollection } from './collection/en.ts';
import { en } from './en.ts';
import type { enMore } from './en-more.ts';
import type { enLab } from './lab/en.ts';

type English = typeof en & typeof enMore & typeof enCollection & typeof enLab;
export type Key = keyof English;

/** A sentence, or one for each plural category that the language has. `{name}` is filled in. */
export type Message = string | ({ other: string } & { [rule in Intl.LDMLPluralRule]?: string });
export type Table = { [key in Key]: Message };

type Names<Text> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | Names<Rest> : never;
type Sentence<K extends Key> = English[K] extends { other: infer Text } ? Text : English[K];
type Fill<K extends Key> = [Names<Sentence<K>>] extends [never] ? [] : [{ [N in Names<Sentence<K>>]: string | number }];

/** What the file of a language has. */
interface Spoken {
  table: Table;
  /** How it is written; from left to right if not said. */
  direction?: 'rtl';
}

/** Every file here that is named by the code of a language is one: see `docs/translating.md`. */
const files = import.meta.glob<Spoken>(['./??.ts', '!./en.ts']);
/** The code of a language: `en`, `de`. */
export type Language = string;
export const languages: readonly Language[] = ['en', ...Object.keys(files).map((file) => file.slice(2, 4))];

export async function loadLanguage(code: Language): Promise<Spoken> {
  if (code !== 'en') return files[`./${code}.ts`]();
  return { table: { ...en, ...(await import('./en-more.ts')).enMore } };
}

export const language = cell<Language>('en');
/** The English texts of the Listen screen, until the rest has been loaded; `wholeTable` says when. */
let table = en as unknown as Table;
let fetching: Promise<unknown> | undefined;
let plurals = new Intl.PluralRules('en');
let region = 'en';

/** The language as it is written where the person is: "en-GB". Numbers, dates and times follow it. */
export const locale = (): string => region;

/** The first language the person asks for that we speak. */
export function preferredLanguage(wanted: readonly string[]): Language {
  const bases = wanted.map((tag) => tag.split('-')[0]);
  return bases.find((base) => languages.includes(base)) ?? 'en';
}

export async function speak(next: Language): Promise<void> {
  let direction = 'ltr';
  const loading = loadLanguage(next).then((spoken) => {
    ({ table, direction = 'ltr' } = spoken);
  });
  fetching = loading;
  // English can begin at once with what is here.
  if (next !== 'en' || language.value !== 'en') await loading;
  plurals = new Intl.PluralRules(next);
  region = navigator.languages.find((tag) => tag.split('-')[0] === next) ?? next;
  language.set(next);
  document.documentElement.lang = next;
  document.documentElement.dir = direction;
}

/** Resolves when every word of the language is there. */
export const wholeTable = async (): Promise<void> => void (await fetching);

export const knows = (key: string): boolean => Object.hasOwn(table, key);

export function t<K extends Key>(key: K, ...fill: Fill<K>): string {
  return phrase(table[key], fill[0] as Record<string, string | number> | undefined, plurals, region);
}

export function phrase(
  message: Message,
  fill: Record<string, string | number> = {},
  rules: Intl.PluralRules,
  locale: string,
): string {
  const text =
    typeof message === 'string' ? message : (message[rules.select(Number(fill.count ?? 0))] ?? message.other);
  return text.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = fill[name];
    return typeof value === 'number' ? value.toLocaleString(locale) : isolated(String(value), locale);
  });
}

/** A name that is written in the other direction than the sentence gets marks around it, so that it stays in one piece. */
function isolated(text: string, locale: string): string {
  const isFromRight = /^\P{L}*[\p{Script=Arabic}\p{Script=Hebrew}]/u.test(text);
  return /\p{L}/u.test(text) && isFromRight !== locale.startsWith('ar') ? `\u2068${text}\u2069` : text;
}

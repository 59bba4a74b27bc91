/** Words in the person's language. `t('library.count', { count: 3 })` is checked against the English table. */
import { cell } from '../parts/cell.ts';
import { en } from './en.ts';

type English = typeof en;
export type Key = keyof English;

/** A sentence, or one for each plural category that the language has. `{name}` is filled in. */
export type Message = string | ({ other: string } & { [rule in Intl.LDMLPluralRule]?: string });
export type Table = { [key in Key]: Message };

type Names<Text> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | Names<Rest> : never;
type Sentence<K extends Key> = English[K] extends { other: infer Text } ? Text : English[K];
type Fill<K extends Key> = [Names<Sentence<K>>] extends [never] ? [] : [{ [N in Names<Sentence<K>>]: string | number }];

/** The languages there are, each called by its own name. */
export const languages = {
  en: { name: 'English', load: async (): Promise<Table> => en },
};
export type Language = keyof typeof languages;
const rightToLeft: string[] = ['ar'];

export const language = cell<Language>('en');
let table: Table = en;
let plurals = new Intl.PluralRules('en');

/** The first language the person asks for that we speak. */
export function preferredLanguage(wanted: readonly string[]): Language {
  const bases = wanted.map((tag) => tag.split('-')[0]);
  return (bases.find((base) => base in languages) as Language | undefined) ?? 'en';
}

export async function speak(next: Language): Promise<void> {
  table = await languages[next].load();
  plurals = new Intl.PluralRules(next);
  language.set(next);
  document.documentElement.lang = next;
  document.documentElement.dir = rightToLeft.includes(next) ? 'rtl' : 'ltr';
}

export function t<K extends Key>(key: K, ...fill: Fill<K>): string {
  return phrase(table[key], fill[0] as Record<string, string | number> | undefined, plurals, language.value);
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
    return typeof value === 'number' ? value.toLocaleString(locale) : String(value);
  });
}

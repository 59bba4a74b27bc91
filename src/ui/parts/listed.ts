/** Joins the parts of a line. */
import { locale } from '../messages/messages.ts';

/** Between the parts of a line; other scripts have commas of their own. */
const COMMAS: Record<string, string> = { ar: '، ', ja: '、', zh: '，' };

/** "Field, certain"; what is missing is left out. */
export const listed = (parts: readonly (string | false | undefined)[]): string =>
  parts.filter(Boolean).join(COMMAS[locale().slice(0, 2)] ?? ', ');

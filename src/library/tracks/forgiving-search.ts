/**
 * Finds what was meant when what was typed occurs nowhere: each word may have a mistyped, missing, doubled or swapped letter,
 * two if it is long, and its end may not be typed yet. Fetched when an exact search finds nothing.
 */
import { type Term, termsOf } from './search-terms.ts';
import { type Searchable, type TrackTest, type TrackWords, textOf } from './track-search.ts';

/** A shorter word must be right; one as long as `LONG` may have two mistakes. */
const SHORTEST = 3;
const LONG = 9;
const mistakesIn = (word: string) => (word.length < SHORTEST ? 0 : word.length < LONG ? 1 : 2);

/** Words of all tracks. It only grows: words of tracks that have gone do no harm. */
const numberOf = new Map<string, number>();

/** A matcher for the tracks that are meant; undefined if no word of theirs is near. */
export function forgivingMatcher(search: string, tracks: readonly Searchable[]): TrackTest | undefined {
  const terms = termsOf(search).flatMap(({ word, field }) =>
    splitWords(word).map((part): Term => ({ word: part, field })),
  );
  for (const track of tracks) take(track);
  const meant = terms.map(({ word }) => numbersNear(word));
  if (meant.some((numbers) => !numbers.includes(1))) return undefined;
  return (track) => {
    const { numbers, fields } = take(track);
    return terms.every(({ field }, t) =>
      numbers.some((number, i) => meant[t][number] === 1 && (field === undefined || fields[i] === field)),
    );
  };
}

const AT_ONCE = 250;

/** Collects the words of all tracks a few at a time, so that the first search need not. */
export async function collectWords(tracks: readonly Searchable[]): Promise<void> {
  for (const [i, track] of tracks.entries()) {
    take(track);
    if (i % AT_ONCE === 0) await new Promise((resolve) => setTimeout(resolve));
  }
}

const splitWords = (text: string) => text.match(/[\p{L}\p{N}]+/gu) ?? [];

function take(track: Searchable): TrackWords {
  if (track.words) return track.words;
  const numbers: number[] = [];
  const fields: number[] = [];
  for (const [field, text] of textOf(track).split('\n').entries()) {
    for (const word of splitWords(text)) {
      const number = numberOf.get(word) ?? numberOf.size;
      numberOf.set(word, number);
      numbers.push(number);
      fields.push(field);
    }
  }
  track.words = { numbers: Uint32Array.from(numbers), fields: Uint8Array.from(fields) };
  return track.words;
}

/** For each word of the list whether it is near the one that was typed, or begins with something near it. */
function numbersNear(typed: string): Uint8Array {
  const near = new Uint8Array(numberOf.size);
  const mistakes = mistakesIn(typed);
  for (const [word, number] of numberOf) {
    if (word.includes(typed) || (mistakes > 0 && beginsNear(word, typed, mistakes))) near[number] = 1;
  }
  return near;
}

const rows = [new Uint8Array(64), new Uint8Array(64), new Uint8Array(64)];

/** Whether some prefix of `word` is at most this many insertions, deletions, replacements or swaps away from `typed`. */
function beginsNear(word: string, typed: string, mistakes: number): boolean {
  // The first letter is seldom wrong; a word that shares neither of the first two is another one.
  if (word[0] !== typed[0] && word[1] !== typed[0] && word[0] !== typed[1] && word[1] !== typed[1]) return false;
  const [m, n] = [Math.min(typed.length, 62), Math.min(word.length, typed.length + mistakes, 62)];
  if (word.length < typed.length - mistakes) return false;
  let [before, last, row] = rows;
  for (let j = 0; j <= n; j++) last[j] = j;
  for (let i = 1; i <= m; i++) {
    row[0] = i;
    let least = i;
    for (let j = 1; j <= n; j++) {
      const isSame = typed[i - 1] === word[j - 1];
      let cost = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (isSame ? 0 : 1));
      const isSwap = i > 1 && j > 1 && typed[i - 1] === word[j - 2] && typed[i - 2] === word[j - 1];
      if (isSwap) cost = Math.min(cost, before[j - 2] + 1);
      row[j] = cost;
      least = Math.min(least, cost);
    }
    if (least > mistakes) return false;
    [before, last, row] = [last, row, before];
  }
  for (let j = 0; j <= n; j++) if (last[j] <= mistakes) return true;
  return false;
}

/** English, the words for looking after a collection; the other tables follow it. */
export const enCollection = {
  'bundle.open.more': { one: 'and one more', other: 'and {count} more' },
  'bundle.open.none': 'You already have all of it.',

  'import.done.none': 'No new songs',

  'track.year.wrong': 'A year has up to four digits, such as 1987.',

  'library.sort.year': 'Year',
} as const;

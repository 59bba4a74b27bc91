/** German, the words for looking after a collection. */
import type { CollectionTable } from '../messages.ts';

export const deCollection: CollectionTable = {
  'bundle.open.more': { one: 'und ein weiteres', other: 'und {count} weitere' },
  'bundle.open.none': 'Du hast schon alles davon.',

  'import.done.none': 'Keine neuen Lieder',

  'track.year.wrong': 'Ein Jahr hat bis zu vier Ziffern, etwa 1987.',

  'library.sort.year': 'Jahr',
};

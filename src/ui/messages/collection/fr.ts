/** French, the words for looking after a collection. */
import type { CollectionTable } from '../messages.ts';

export const frCollection: CollectionTable = {
  'bundle.open.more': { one: 'et une autre', other: 'et {count} autres' },
  'bundle.open.none': 'Vous avez déjà tout.',

  'import.done.none': 'Aucune nouvelle chanson',

  'track.year.wrong': 'Une année compte jusqu’à quatre chiffres, par exemple 1987.',

  'library.sort.year': 'Année',
};

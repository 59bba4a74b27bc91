/** Spanish, the words for looking after a collection. */
import type { CollectionTable } from '../messages.ts';

export const esCollection: CollectionTable = {
  'bundle.open.more': { one: 'y una más', other: 'y {count} más' },
  'bundle.open.none': 'Ya lo tienes todo.',

  'import.done.none': 'Ninguna canción nueva',

  'track.year.wrong': 'Un año tiene hasta cuatro cifras, por ejemplo 1987.',

  'library.sort.year': 'Año',
};

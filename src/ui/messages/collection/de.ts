/** German, the words for looking after a collection. */
import type { CollectionTable } from '../messages.ts';

export const deCollection: CollectionTable = {
  'bundle.open.more': { one: 'und ein weiteres', other: 'und {count} weitere' },
  'bundle.open.none': 'Du hast schon alles davon.',

  'import.done.none': 'Keine neuen Lieder',

  'track.year.wrong': 'Ein Jahr hat bis zu vier Ziffern, etwa 1987.',

  'library.sort.year': 'Jahr',
  'library.columns': 'Spalten',
  'library.detail': 'Einzelheiten',
  'library.detail.close': 'Einzelheiten schließen',
  'library.view': 'Anzeigen',
  'library.view.songs': 'Lieder',
  'library.view.artists': 'Interpreten',
  'library.view.albums': 'Alben',
  'library.groups.none': 'Bei keinem Lied steht das bisher. Bearbeite ein Lied, um es zu ergänzen.',
  'library.groups.notFound': 'Nichts gefunden.',
  'library.playlist': 'Als Wiedergabeliste sichern (M3U)',
  'library.playlist.none': 'Die Dateien dieser Lieder sind nicht bekannt.',
  'library.edit.many': { one: '{count} Lied bearbeiten', other: '{count} Lieder bearbeiten' },
  'library.edit.hint': 'Was du ausfüllst, gilt für alle.',
  'library.edit.unchanged': 'wie es ist',
  'library.edit.pattern': 'Aus den Dateinamen, nach einem Muster',
  'library.edit.fits': {
    one: '{count} von {total} Dateinamen passt.',
    other: '{count} von {total} Dateinamen passen.',
  },

  'history.latest': 'Zuletzt gehört',
  'history.latest.none': 'Hier erscheinen die Antworten.',

  'duplicates.title': 'Doppelte',
  'duplicates.text':
    'Findet dieselbe Aufnahme in zwei Dateien, Ausschnitte und Musik, die zwei Lieder gemeinsam haben. Es sieht alle Lieder durch; in einer großen Bibliothek dauert das einige Minuten.',
  'duplicates.find': 'Doppelte suchen',
  'duplicates.stop': 'Stopp',
  'duplicates.progress': '{done} von {total} Liedern verglichen',
  'duplicates.none': 'Keine zwei Lieder haben Musik gemeinsam.',
  'duplicates.found': { one: '{count} Paar gefunden', other: '{count} Paare gefunden' },
  'duplicates.same': 'Dieselbe Aufnahme',
  'duplicates.excerpt': 'Das zweite ist ein Teil des ersten',
  'duplicates.shared': 'Beide haben {time} Musik gemeinsam',
  'duplicates.stretch': '{from} bis {to}',
  'duplicates.keep': 'Nur dieses behalten',
  'duplicates.keepOne': 'Nur „{title}“ behalten',
  'duplicates.both': 'Beide behalten',
  'duplicates.never': 'Beide behalten und nie wieder fragen',
};

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
};

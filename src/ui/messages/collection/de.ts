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
  'library.groups.none': 'Zu keinem deiner Lieder gibt es diese Angabe. Bearbeite ein Lied, um sie zu ergänzen.',
  'library.groups.notFound': 'Nichts gefunden.',
  'library.playlist': 'Als Wiedergabeliste speichern (M3U)',
  'library.playlist.none': 'Die Dateien dieser Lieder sind nicht bekannt.',
  'library.edit.many': { one: '{count} Lied bearbeiten', other: '{count} Lieder bearbeiten' },
  'library.edit.hint': 'Was du ausfüllst, gilt für alle.',
  'library.edit.unchanged': 'unverändert',
  'library.edit.pattern': 'Aus den Dateinamen, nach einem Muster',
  'library.edit.fits': {
    one: '{count} von {total} Dateinamen passt.',
    other: '{count} von {total} Dateinamen passen.',
  },

  'history.latest': 'Letzte Antworten',
  'history.latest.none': 'Hier erscheinen die Antworten.',

  'duplicates.title': 'Duplikate',
  'duplicates.text':
    'Findet dieselbe Aufnahme in zwei Dateien, Ausschnitte und Musik, die zwei Lieder gemeinsam haben. Es sieht alle Lieder durch; in einer großen Bibliothek dauert das einige Minuten.',
  'duplicates.find': 'Duplikate suchen',
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

  'backup.title': 'Sicherung',
  'backup.text': 'Eine Datei mit allem: Liedern, Verlauf, Notizen und Einstellungen.',
  'backup.last': {
    one: 'Letzte Sicherung am {date}, mit {count} Lied.',
    other: 'Letzte Sicherung am {date}, mit {count} Liedern.',
  },
  'backup.never': 'Noch keine Sicherung.',
  'backup.since': {
    one: 'Seitdem {count} Lied mehr oder weniger.',
    other: 'Seitdem {count} Lieder mehr oder weniger.',
  },
  'backup.saved': 'Sicherung gespeichert, {size}',
  'backup.restore': 'Sicherung wiederherstellen',
  'backup.inside': 'Vom {date}: {songs} Lieder, {sessions} Einträge im Verlauf.',
  'backup.restore.text':
    'Ergänzt, was hier fehlt, und übernimmt die Einstellungen der Sicherung. Sonst ändert sich nichts.',
  'backup.restore.now': 'Wiederherstellen',
  'backup.restored':
    'Wiederhergestellt: {songs} Lieder, {sessions} Einträge im Verlauf. Neu laden, damit die Einstellungen gelten.',
  'backup.reminder': 'Seit der letzten Sicherung hat sich viel geändert.',
  'backup.erase': 'Alles löschen',
  'backup.erase.text':
    'Alle Lieder, der Verlauf und die Einstellungen werden von diesem Gerät gelöscht. Die Musikdateien selbst bleiben.',
  'backup.erase.next': 'Weiter',
  'backup.erase.sure': 'Ganz sicher? Das lässt sich nicht rückgängig machen.',
  'backup.erase.yes': 'Ja, alles löschen',

  'fault.BackupForeign': 'Das ist keine Sicherung von Entendu.',

  'install.title': 'Installieren',
  'install.done': 'Entendu ist auf diesem Gerät installiert.',
  'install.offer': 'Öffnet sich wie jede App, läuft ohne Netz, und der Speicher ist sicherer.',
  'install.ios.share': 'Öffne diese Seite in Safari und tippe auf Teilen, das Quadrat mit Pfeil.',
  'install.ios.add': 'Wähle „Zum Home-Bildschirm“.',
  'install.ios.open':
    'Tippe auf „Hinzufügen“ und öffne Entendu künftig vom Home-Bildschirm. Es hat dort seine eigene Bibliothek: Nimm deine Lieder mit einer Sicherung mit.',
  'install.menu':
    'Wähle im Menü des Browsers „Installieren“ oder „Zum Startbildschirm hinzufügen“. Firefox am Computer kann es nicht installieren.',

  'settings.keys.help': 'Diese Hilfe',
  'settings.keys.move': 'In der Liste: auf und ab, mit Umschalt auswählen',
  'settings.keys.all': 'In der Liste: alle auswählen',
  'settings.keys.open': 'In der Liste: das Lied öffnen',
  'settings.keys.delete': 'In der Liste: Ausgewähltes löschen',

  'import.row.excerpt': 'ist ein Teil von „{title}“, das du schon hast',
  'import.row.contains': 'enthält „{title}“, das du schon hast',

  'charts.title': 'Statistik',
  'charts.days': 'Antworten an jedem der letzten 30 Tage',
  'charts.most': 'höchstens {count} am Tag',
  'charts.songs': 'Am häufigsten gehörte Lieder',
  'charts.artists': 'Am häufigsten gehörte Interpreten',

  'fault.AddressElsewhere': 'Die Adresse führt zu einer anderen Seite. Abonniere neu, um das zu erlauben.',
  'fault.CatalogueForeign': 'Unter dieser Adresse gibt es keinen Entendu-Katalog.',
  'fault.CatalogueDamaged':
    'Der Katalog ist beschädigt. Was nicht stimmte, wurde nicht übernommen; die vorhandenen Lieder bleiben.',
  'fault.CatalogueNewer':
    'Den Katalog hat eine neuere Version von Entendu erstellt. Lade diese Seite neu, um zu aktualisieren.',
  'fault.CatalogueOlder': 'Der Katalog ist älter als das, was hier ist. Es wurde nichts geändert.',
  'fault.CatalogueKeyChanged':
    'Der Katalog ist nicht mehr mit seinem Schlüssel signiert, daher wurde nichts geändert. Frag beim Herausgeber nach; ist der neue Schlüssel richtig, kündige das Abo und abonniere neu.',
  'fault.CatalogueUnchecked':
    'Der Katalog ist signiert, aber dieser Browser kann Signaturen nicht prüfen. Aktualisiere den Browser.',
  'fault.CatalogueGone': 'Du hast diesen Katalog nicht mehr abonniert.',

  'catalogue.title': 'Kataloge',
  'catalogue.subscribe': 'Katalog abonnieren',
  'catalogue.none':
    'Ein Katalog ist eine Sammlung von Liedern, die andere veröffentlicht haben. Du hast keinen abonniert.',
  'catalogue.address': 'Adresse des Katalogs',
  'catalogue.ask': 'Inhalt anzeigen',
  'catalogue.ask.hint': 'Entendu fragt {host} nach der Liste. Sonst wird nichts gesendet.',
  'catalogue.link': 'Ein Link schlägt vor, diesen Katalog zu abonnieren:',
  'catalogue.inside': { one: '{count} Lied, {time}', other: '{count} Lieder, {time}' },
  'catalogue.fetch': '{size} von {host} herunterzuladen',
  'catalogue.signed': 'Signiert mit dem Schlüssel {key}',
  'catalogue.unsigned': 'Vom Herausgeber nicht signiert',
  'catalogue.text':
    'Seine Lieder werden wie deine eigenen erkannt, auch offline, und du kannst sie alle auf einmal entfernen.',
  'catalogue.weekly': 'Einmal pro Woche nach neuen Liedern suchen',
  'catalogue.confirm': 'Abonnieren',
  'catalogue.taking': '{size} werden heruntergeladen',
  'catalogue.elsewhere': 'Die Adresse leitet zu einer anderen Seite weiter: {host}. Dort nachfragen?',
  'catalogue.elsewhere.follow': '{host} fragen',
  'catalogue.incomplete': 'Noch nicht vollständig. „Nach neuen Liedern suchen“ macht weiter.',
  'catalogue.checked': 'Zuletzt geprüft am {date}',
  'catalogue.update': 'Nach neuen Liedern suchen',
  'catalogue.updated': '{name}: {added} hinzugefügt, {removed} entfernt',
  'catalogue.noNews': '{name}: nichts Neues',
  'catalogue.news': { one: '{name}: {count} neues Lied', other: '{name}: {count} neue Lieder' },
  'catalogue.leave': 'Abo kündigen',
  'catalogue.leave.sure': 'Die Lieder von „{name}“ werden von diesem Gerät gelöscht. Deine eigenen bleiben.',
  'catalogue.left': '„{name}“ ist nicht mehr abonniert',
  'catalogue.mark': 'aus einem Katalog',
  'catalogue.of': 'Katalog',

  'settings.about.changes': 'Was neu ist',

  'track.cover': 'Cover',
  'track.cover.hint': 'Füge ein Bild ein, lass es hier los oder wähle eines aus.',
  'track.cover.choose': 'Bild auswählen',
  'track.cover.remove': 'Cover entfernen',
  'track.cover.unreadable': '„{name}“ ist kein lesbares Bild.',
  'track.heard': 'Gehört',
  'track.heard.times': { one: '{count} Mal, zuletzt am {date}', other: '{count} Mal, zuletzt am {date}' },
  'library.sort.heard': 'Gehört',
  'settings.storage.each': 'Ein Lied braucht etwa {size}, wie groß seine Datei auch ist.',
  'settings.storage.room': {
    one: 'Es ist noch Platz für etwa {count} Lied.',
    other: 'Es ist noch Platz für etwa {count} Lieder.',
  },
};

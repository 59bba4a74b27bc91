/** English, the words for looking after a collection; the other tables follow it. */
export const enCollection = {
  'bundle.open.more': { one: 'and one more', other: 'and {count} more' },
  'bundle.open.none': 'You already have all of it.',

  'import.done.none': 'No new songs',

  'track.year.wrong': 'A year has up to four digits, such as 1987.',

  'library.sort.year': 'Year',
  'library.columns': 'Columns',
  'library.detail': 'Details',
  'library.detail.close': 'Close details',
  'library.view': 'Show',
  'library.view.songs': 'Songs',
  'library.view.artists': 'Artists',
  'library.view.albums': 'Albums',
  'library.groups.none': 'None of your songs has this information yet. Edit a song to add it.',
  'library.groups.notFound': 'Nothing found.',
  'library.playlist': 'Save as playlist (M3U)',
  'library.playlist.none': 'The files of these songs are not known.',
  'library.edit.many': { one: 'Edit {count} song', other: 'Edit {count} songs' },
  'library.edit.hint': 'Fields that you fill in are set for all of them.',
  'library.edit.unchanged': 'unchanged',
  'library.edit.pattern': 'From file names, by a pattern',
  'library.edit.fits': { one: '{count} of {total} file names fits.', other: '{count} of {total} file names fit.' },

  'history.latest': 'Latest answers',
  'history.latest.none': 'Answers appear here.',

  'duplicates.title': 'Duplicates',
  'duplicates.text':
    'Finds recordings that you have twice, excerpts, and music that two songs share. In a large library this takes a few minutes.',
  'duplicates.find': 'Find duplicates',
  'duplicates.stop': 'Stop',
  'duplicates.progress': '{done} of {total} songs compared',
  'duplicates.none': 'No two songs share music.',
  'duplicates.found': { one: '{count} pair found', other: '{count} pairs found' },
  'duplicates.same': 'The same recording',
  'duplicates.excerpt': 'The second is part of the first',
  'duplicates.shared': 'Both share {time} of music',
  'duplicates.stretch': '{from} to {to}',
  'duplicates.keep': 'Keep only this one',
  'duplicates.keepOne': 'Keep only "{title}"',
  'duplicates.both': 'Keep both',
  'duplicates.never': 'Keep both and never ask again',

  'backup.title': 'Backup',
  'backup.text': 'One file with everything: songs, history, notes and settings.',
  'backup.last': {
    one: 'Last backup on {date}, with {count} song.',
    other: 'Last backup on {date}, with {count} songs.',
  },
  'backup.never': 'No backup yet.',
  'backup.since': { one: '{count} song added or deleted since.', other: '{count} songs added or deleted since.' },
  'backup.saved': 'Backup saved, {size}',
  'backup.restore': 'Restore a backup',
  'backup.inside': 'Made on {date}: {songs} songs, {sessions} entries of history.',
  'backup.restore.text':
    'Adds what is missing here and replaces the settings with those of the backup. Nothing else changes.',
  'backup.restore.now': 'Restore',
  'backup.restored': 'Restored: {songs} songs, {sessions} entries of history. Reload to use its settings.',
  'backup.reminder': 'Much has changed since your last backup.',
  'backup.erase': 'Erase everything',
  'backup.erase.text':
    'All songs, the history and the settings are deleted from this device. The music files themselves stay.',
  'backup.erase.next': 'Go on',
  'backup.erase.sure': 'Are you sure? This cannot be undone.',
  'backup.erase.yes': 'Yes, erase everything',

  'fault.BackupForeign': 'This is not a backup of Entendu.',

  'install.title': 'Install',
  'install.done': 'Entendu is installed on this device.',
  'install.offer': 'Opens like any other app, works offline, and has safer storage.',
  'install.ios.share': 'Open this page in Safari and tap Share, the square with an arrow.',
  'install.ios.add': 'Choose "Add to Home Screen".',
  'install.ios.open':
    'Tap "Add", and open Entendu from the Home Screen from now on. It has its own library: transfer your songs with a backup.',
  'install.menu':
    'In the menu of the browser, choose "Install" or "Add to Home screen". Firefox on a computer cannot install it.',

  'settings.keys.help': 'This help',
  'settings.keys.move': 'In the list: move up and down; with Shift, select',
  'settings.keys.all': 'In the list: select all',
  'settings.keys.open': 'In the list: open the song',
  'settings.keys.delete': 'In the list: delete what is selected',

  'import.row.excerpt': 'is a part of "{title}", which you have',
  'import.row.contains': 'contains "{title}", which you have',

  'charts.title': 'Charts',
  'charts.days': 'Answers on each of the last 30 days',
  'charts.most': 'at most {count} a day',
  'charts.songs': 'Songs heard most',
  'charts.artists': 'Artists heard most',

  'fault.AddressElsewhere': 'The address leads to another site. Subscribe again to allow that.',
  'fault.CatalogueForeign': 'There is no catalogue of Entendu at this address.',
  'fault.CatalogueDamaged': 'The catalogue is damaged. What was not right was not taken; the songs that are here stay.',
  'fault.CatalogueNewer': 'The catalogue was made by a newer version of Entendu. Reload this page to update.',
  'fault.CatalogueOlder': 'The catalogue is older than what is here. Nothing was changed.',
  'fault.CatalogueKeyChanged':
    'The catalogue is no longer signed with its key, so nothing was changed. Ask its publisher; if the new key is right, unsubscribe and subscribe again.',
  'fault.CatalogueUnchecked': 'The catalogue is signed, but this browser cannot check signatures. Update the browser.',
  'fault.CatalogueGone': 'You have unsubscribed from this catalogue.',
} as const;

/** English: the texts for managing a collection. */
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
  'library.groups.none': 'None of your songs says so yet. Edit a song to add it.',
  'library.groups.notFound': 'Nothing found.',
  'library.playlist': 'Save as playlist (M3U)',
  'library.playlist.none': 'The files of these songs are not known.',
  'library.edit.many': { one: 'Edit {count} song', other: 'Edit {count} songs' },
  'library.edit.hint': 'What you fill in is set for all of them.',
  'library.edit.unchanged': 'as it is',
  'library.edit.pattern': 'From file names, by a pattern',
  'library.edit.fits': { one: '{count} of {total} file names fits.', other: '{count} of {total} file names fit.' },

  'history.latest': 'Heard last',
  'history.latest.none': 'Answers appear here.',

  'duplicates.title': 'Duplicates',
  'duplicates.text':
    'Finds the same recording twice, excerpts, and music that two songs share. It looks at all songs and takes a few minutes in a large library.',
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
} as const;

import type { Engine } from '../../engine/api.ts';
import { nameOf } from '../answer-text.ts';
import { command, FOUND } from '../command.ts';
import { openToChange } from '../open-library.ts';
import { flag, number, text, UsageError } from '../options.ts';
import { theTrack } from '../tracks.ts';

export const rename = command({
  name: 'rename',
  summary: 'changes title, artist and other details of a track',
  usage: ['TRACK TITLE', 'TRACK [--title WORDS] [--artist WORDS] [--album WORDS] ...'],
  details: [
    'TRACK is a number as shown by "list", or words that occur in only one track. Only the given details change; an empty text deletes artist or album. The sound file is not touched.',
    'A disabled track stays in the library but is never recognised.',
  ],
  options: {
    title: text('WORDS', 'a new title', 't'),
    artist: text('WORDS', 'a new artist', 'a'),
    album: text('WORDS', 'a new album'),
    year: number('YEAR', 'the year of publication', { least: 0, most: 9999, whole: true }),
    trackNumber: number('N', 'the track number on the album', { least: 0, most: 9999, whole: true }),
    disable: flag('do not recognise this track'),
    enable: flag('recognise this track again'),
  },
  examples: [
    ['entendu rename 12 "Nocturne in E-flat"', 'a new title'],
    ['entendu rename 12 --artist Field --year 1812', 'other details'],
  ],
  async run({ values, words: [named, title, ...rest], terminal }) {
    if (named === undefined) throw new UsageError('Name a track by its number: entendu rename TRACK TITLE');
    if (rest.length > 0)
      throw new UsageError(`Put quotes around a title of several words: "${[title, ...rest].join(' ')}"`);
    if (values.enable && values.disable) throw new UsageError('Use either --enable or --disable, not both.');
    const changes: Parameters<Engine['edit']>[1] = {};
    const newTitle = values.title ?? title;
    if (newTitle !== undefined) changes.title = newTitle;
    if (newTitle?.trim() === '') throw new UsageError('A title cannot be empty.');
    if (values.artist !== undefined) changes.artist = values.artist || undefined;
    if (values.album !== undefined) changes.album = values.album || undefined;
    if (values.year !== undefined) changes.year = values.year;
    if (values.trackNumber !== undefined) changes.trackNumber = values.trackNumber;
    if (values.enable || values.disable) changes.enabled = values.enable;
    if (Object.keys(changes).length === 0) throw new UsageError('Say what to change, for example --title WORDS.');
    const library = await openToChange(values.library, terminal);
    try {
      const { id } = await theTrack(library, named);
      await library.edit(id, changes);
      const track = await library.track(id);
      if (track) terminal.print(`${id}  ${nameOf(track)}${track.enabled ? '' : '  (disabled)'}`);
      return FOUND;
    } finally {
      await library.close();
    }
  },
});

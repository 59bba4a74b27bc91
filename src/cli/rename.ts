import type { Engine } from '../engine/api.ts';
import { nameOf } from './answer-text.ts';
import { command, FOUND } from './command.ts';
import { openToChange } from './open-library.ts';
import { flag, number, text, UsageError } from './options.ts';
import { theTrack } from './tracks.ts';

export const rename = command({
  name: 'rename',
  summary: 'changes what a track is called',
  usage: ['TRACK TITLE', 'TRACK [--title WORDS] [--artist WORDS] [--album WORDS] ...'],
  details: [
    'TRACK is a number, as "list" shows it, or words that occur in one track only. What is not named stays as it is; an empty text takes artist or album away. The sound file is not touched.',
    'A disabled track stays in the library and is never an answer.',
  ],
  options: {
    title: text('WORDS', 'a new title', 't'),
    artist: text('WORDS', 'a new artist', 'a'),
    album: text('WORDS', 'a new album'),
    year: number('YEAR', 'the year it was published', { least: 0, most: 9999, whole: true }),
    trackNumber: number('N', 'its place in the album', { least: 0, most: 9999, whole: true }),
    disable: flag('never give it as an answer'),
    enable: flag('give it as an answer again'),
  },
  examples: [
    ['entendu rename 12 "Nocturne in E-flat"', 'a new title'],
    ['entendu rename 12 --artist Field --year 1812', 'what else is known about it'],
  ],
  async run({ values, words: [named, title, ...rest], terminal }) {
    if (named === undefined) throw new UsageError('Which track? Name it by its number: entendu rename TRACK TITLE');
    if (rest.length > 0) throw new UsageError(`A title of several words wants quotes: "${[title, ...rest].join(' ')}"`);
    if (values.enable && values.disable) throw new UsageError('Either --enable or --disable.');
    const changes: Parameters<Engine['edit']>[1] = {};
    const newTitle = values.title ?? title;
    if (newTitle !== undefined) changes.title = newTitle;
    if (newTitle?.trim() === '') throw new UsageError('A title cannot be empty.');
    if (values.artist !== undefined) changes.artist = values.artist || undefined;
    if (values.album !== undefined) changes.album = values.album || undefined;
    if (values.year !== undefined) changes.year = values.year;
    if (values.trackNumber !== undefined) changes.trackNumber = values.trackNumber;
    if (values.enable || values.disable) changes.enabled = values.enable;
    if (Object.keys(changes).length === 0) throw new UsageError('What shall be different? For example: --title WORDS');
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

import { nameOf } from './answer-text.ts';
import { command, FOUND } from './command.ts';
import { openToChange } from './open-library.ts';
import { flag, UsageError } from './options.ts';
import { theTracks } from './tracks.ts';
import { counted } from './words.ts';

export const remove = command({
  name: 'remove',
  summary: 'takes tracks out of the library',
  usage: ['TRACK ...', '--all'],
  details: [
    'TRACK is a number, as "list" shows it, or words that occur in one track only. If one of them is wrong, none is removed. The sound files are not touched.',
    'There is no way back but to learn them again, or to import a bundle that was exported before.',
  ],
  options: { all: flag('empty the whole library') },
  examples: [
    ['entendu remove 12 13', 'two tracks'],
    ['entendu export before.entendu && entendu remove --all', 'everything, with a way back'],
  ],
  async run({ values: { library: folder, all }, words, terminal }) {
    if (all ? words.length > 0 : words.length === 0)
      throw new UsageError('Name the tracks to remove (entendu remove TRACK ...), or --all and none.');
    const library = await openToChange(folder, terminal);
    try {
      const tracks = all ? (await library.tracks({ limit: Infinity })).rows : await theTracks(library, words);
      await library.remove(tracks.map(({ id }) => id));
      if (tracks.length <= 20) for (const track of tracks) terminal.print(`removed  ${track.id}  ${nameOf(track)}`);
      else terminal.print(`removed ${counted(tracks.length, 'track')}`);
      return FOUND;
    } finally {
      await library.close();
    }
  },
});

import { nameOf } from '../answer-text.ts';
import { command, FOUND } from '../command.ts';
import { openToChange } from '../open-library.ts';
import { flag, UsageError } from '../options.ts';
import { theTracks } from '../tracks.ts';
import { counted } from '../words.ts';

export const remove = command({
  name: 'remove',
  summary: 'removes tracks from the library',
  usage: ['TRACK ...', '--all'],
  details: [
    'TRACK is a number as shown by "list", or words that occur in only one track. If one TRACK is wrong, nothing is removed. Sound files are not touched.',
    'This cannot be undone. To get tracks back, learn them again, or import a bundle that you exported before.',
  ],
  options: { all: flag('remove all tracks') },
  examples: [
    ['entendu remove 12 13', 'two tracks'],
    ['entendu export before.entendu && entendu remove --all', 'everything, after a backup'],
  ],
  async run({ values: { library: folder, all }, words, terminal }) {
    if (all ? words.length > 0 : words.length === 0)
      throw new UsageError('Name the tracks to remove (entendu remove TRACK ...), or use --all without any.');
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

import { type NewFile, newFile } from '../node/new-file.ts';
import { openLibrary } from '../node/package.ts';
import { command, FOUND } from './command.ts';
import { flag, text, UsageError } from './options.ts';
import { bar } from './terminal.ts';
import { theTracks } from './tracks.ts';
import { bytes, counted } from './words.ts';

export const exportBundle = command({
  name: 'export',
  summary: 'writes the library, or a part of it, into one file to carry away',
  usage: ['FILE.entendu [TRACK ...]', '- [TRACK ...]'],
  details: [
    'A bundle holds what was learnt, not the music: a few kilobytes a minute. The app in the browser imports it, and exports the very same bytes.',
    'Without TRACKs everything is written. A file that is there is replaced once the new one is complete. "-" writes to standard output.',
  ],
  options: {
    search: text('WORDS', 'only tracks with these words in title, artist, album or file name'),
    name: text('WORDS', 'what the bundle is called'),
    withoutTags: flag('leave titles, artists and albums out'),
    withoutCovers: flag('leave pictures out'),
    withFileNames: flag('take the names of the sound files along'),
  },
  examples: [
    ['entendu export songs.entendu', 'all of it'],
    ['entendu export - --search chopin | ssh shed "entendu import -"', 'a part of it, to another machine'],
  ],
  async run({ values, words: [file, ...named], terminal }) {
    if (!file) throw new UsageError('Where to? entendu export FILE.entendu');
    const library = await openLibrary(values.library, { readOnly: true });
    try {
      const chosen =
        values.search === undefined
          ? await theTracks(library, named)
          : (await library.tracks({ search: values.search, limit: Infinity })).rows;
      const isPart = named.length > 0 || values.search !== undefined;
      if (isPart && chosen.length === 0) throw new UsageError('No track has these words.');
      const sink = file === '-' ? standardOutput() : await newFile(file);
      let written = 0;
      try {
        await library.exportBundle(
          {
            name: values.name,
            tracks: isPart ? chosen.map(({ id }) => id) : undefined,
            tags: !values.withoutTags,
            covers: !values.withoutCovers,
            fileNames: values.withFileNames,
          },
          async (part) => {
            written += part.length;
            await sink.write(part);
          },
          ({ done, total }) => terminal.progress(`${bar(done / Math.max(1, total))} written`),
        );
        await sink.finish();
      } catch (error) {
        await sink.abandon();
        throw error;
      }
      terminal.progress('');
      const { trackCount } = await library.status();
      terminal.note(`${counted(isPart ? chosen.length : trackCount, 'track')}, ${bytes(written)}`);
      return FOUND;
    } finally {
      await library.close();
    }
  },
});

function standardOutput(): NewFile {
  const nothing = async () => {};
  return {
    write: (part) =>
      new Promise((resolve, reject) => process.stdout.write(part, (error) => (error ? reject(error) : resolve()))),
    finish: nothing,
    abandon: nothing,
  };
}

import { openLibrary } from '../../node/package.ts';
import { type NewFile, newFile } from '../../node/system/new-file.ts';
import { command, FOUND } from '../command.ts';
import { flag, text, UsageError } from '../options.ts';
import { bar } from '../terminal.ts';
import { theTracks } from '../tracks.ts';
import { bytes, counted } from '../words.ts';

export const exportBundle = command({
  name: 'export',
  summary: 'writes the library, or part of it, to a bundle: one file to copy or share',
  usage: ['FILE.entendu [TRACK ...]', '- [TRACK ...]'],
  details: [
    'A bundle holds what was learnt, not the music: a few kilobytes per minute. The browser app can import it, and exports exactly the same bytes.',
    'Without TRACK, all tracks are written. An existing file is replaced when the new one is complete. "-" writes to standard output.',
  ],
  options: {
    search: text('WORDS', 'only tracks with these words in title, artist, album or file name'),
    name: text('WORDS', 'a name for the bundle'),
    withoutTags: flag('leave out titles, artists and albums'),
    withoutCovers: flag('leave out pictures'),
    withFileNames: flag('include the names of the sound files'),
    withLyrics: flag('include lyrics'),
  },
  examples: [
    ['entendu export songs.entendu', 'the whole library'],
    ['entendu export - --search chopin | ssh shed "entendu import -"', 'part of it, to another machine'],
  ],
  async run({ values, words: [file, ...named], terminal }) {
    if (!file) throw new UsageError('Name a file to write: entendu export FILE.entendu');
    const library = await openLibrary(values.library, { readOnly: true });
    try {
      const chosen =
        values.search === undefined
          ? await theTracks(library, named)
          : (await library.tracks({ search: values.search, limit: Infinity })).rows;
      const isPart = named.length > 0 || values.search !== undefined;
      if (isPart && chosen.length === 0) throw new UsageError('No track matches these words.');
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
            lyrics: values.withLyrics,
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

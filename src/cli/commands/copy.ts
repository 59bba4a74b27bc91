import { copyLibrary } from '../../node/copy-library.ts';
import { homeLibrary } from '../../node/system/home-folder.ts';
import { interruptible } from '../../node/system/interrupt.ts';
import { command, FOUND, INTERRUPTED } from '../command.ts';
import { UsageError } from '../options.ts';
import { bar } from '../terminal.ts';
import { count } from '../words.ts';

export const copy = command({
  name: 'copy',
  summary: 'copies the whole library to another folder or a database, or back',
  usage: ['PLACE'],
  details: [
    'A place is a folder, or the address of a PostgreSQL database: postgres://user@host/music. It must not contain a library yet. Titles, covers, the index and all sessions are copied.',
    'To add the songs of one library to another, use "entendu export" and "entendu import".',
  ],
  options: {},
  examples: [
    ['entendu copy postgres://localhost/music', 'to a database'],
    ['entendu copy --library postgres://localhost/music songs', 'from a database to the folder songs'],
  ],
  async run({ values: { library = homeLibrary() }, words: [place, ...rest], terminal }) {
    if (!place || rest.length > 0) throw new UsageError('Name the place to copy to: entendu copy PLACE');
    const stop = interruptible();
    try {
      const { rows } = await copyLibrary(
        library,
        place,
        (done) => terminal.progress(`${bar(done.rows / Math.max(1, done.of))} copied`),
        stop,
      );
      terminal.print(`${count(rows)} rows copied`);
      return FOUND;
    } catch (error) {
      if (stop.aborted) return INTERRUPTED;
      throw error;
    }
  },
});

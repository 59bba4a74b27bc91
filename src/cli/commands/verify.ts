import { openLibrary } from '../../node/package.ts';
import { command, FAILED, FOUND } from '../command.ts';
import { bar } from '../terminal.ts';

export const verify = command({
  name: 'verify',
  summary: 'checks the whole library and repairs what it can',
  usage: [''],
  details: [
    'Reads the whole library and checks every checksum. Damaged parts of the index are rebuilt from the prints. A damaged print cannot be repaired: its track is reported, and you can learn its file again. Damaged sessions and corrections are reported and deleted.',
  ],
  options: {},
  examples: [['entendu verify', 'exit status 2 if something was lost']],
  async run({ values: { library: folder }, terminal }) {
    const library = await openLibrary(folder);
    try {
      const { repaired, lost } = await library.verify(({ done, total }) =>
        terminal.progress(`${bar(done / total)} checked`),
      );
      terminal.progress('');
      for (const what of repaired) terminal.print(`repaired  ${what}`);
      for (const what of lost) terminal.print(`lost      ${what}`);
      if (repaired.length + lost.length === 0) terminal.print('The library is intact.');
      return lost.length > 0 ? FAILED : FOUND;
    } finally {
      await library.close();
    }
  },
});

import { openLibrary } from '../node/package.ts';
import { command, FAILED, FOUND } from './command.ts';
import { bar } from './terminal.ts';

export const verify = command({
  name: 'verify',
  summary: 'checks every checksum of the library and repairs what can be',
  usage: [''],
  details: [
    'Reads all of the library. The index is made from the prints, so whatever is damaged in it is made anew. A print that is damaged cannot be: its track is named, and is right again once it is learnt again.',
  ],
  options: {},
  examples: [['entendu verify', 'exit status 2 when something was lost']],
  async run({ values: { library: folder }, terminal }) {
    const library = await openLibrary(folder);
    try {
      const { repaired, lost } = await library.verify(({ done, total }) =>
        terminal.progress(`${bar(done / total)} checked`),
      );
      terminal.progress('');
      for (const what of repaired) terminal.print(`repaired  ${what}`);
      for (const what of lost) terminal.print(`lost      ${what}`);
      if (repaired.length + lost.length === 0) terminal.print('The library is sound.');
      return lost.length > 0 ? FAILED : FOUND;
    } finally {
      await library.close();
    }
  },
});

import type { LibraryStatus } from '../../engine/api.ts';
import { shownPlace } from '../../node/open-shelf.ts';
import { openLibrary } from '../../node/package.ts';
import { command, FAILED, FOUND } from '../command.ts';
import { noteDamage } from '../open-library.ts';
import { flag } from '../options.ts';
import { table } from '../terminal.ts';
import { bytes, count, duration } from '../words.ts';

export const stats = command({
  name: 'stats',
  summary: 'shows the size and health of the library',
  usage: [''],
  details: ['Sizes are those of the stored data. The files on disk may be larger, because they contain free space.'],
  options: { json: flag('print one JSON object') },
  examples: [['entendu stats', 'tracks, minutes, peaks, postings, bytes by kind']],
  async run({ values: { library: folder, json }, terminal }) {
    const library = await openLibrary(folder, { readOnly: true });
    try {
      const status = await library.status();
      if (json) terminal.print(JSON.stringify({ folder: shownPlace(library.folder), ...status }));
      else for (const line of table([['library', shownPlace(library.folder)], ...rows(status)])) terminal.print(line);
      noteDamage(status.damaged, terminal);
      return status.damaged.length > 0 ? FAILED : FOUND;
    } finally {
      await library.close();
    }
  },
});

function rows(status: LibraryStatus): string[][] {
  const { prints, index, tracks, covers } = status.bytes;
  const minutes = status.seconds / 60;
  const perMinute = (n: number) => (minutes > 0 ? ` (${bytes(n / minutes)} per minute of music)` : '');
  return [
    ['tracks', count(status.trackCount)],
    ['music', duration(status.seconds)],
    ['peaks', count(status.peakCount)],
    ['postings', count(status.postingCount)],
    ['prints', bytes(prints) + perMinute(prints)],
    ['index', bytes(index) + perMinute(index)],
    ['titles', bytes(tracks)],
    ['covers', bytes(covers)],
    ['segments', count(status.segments)],
    ['unsealed', `${count(status.unsealed)} tracks`],
  ];
}

import { openLibrary } from '../node/package.ts';
import type { Track } from '../types.ts';
import { nameOf } from './answer-text.ts';
import { command, FOUND, NONE } from './command.ts';
import { choice, flag, number } from './options.ts';
import { table } from './terminal.ts';
import { clock } from './words.ts';

export const list = command({
  name: 'list',
  summary: 'lists the tracks of the library',
  usage: ['', 'WORDS ...'],
  details: [
    'Lists number, length, artist and title of every track; with WORDS, of the tracks in whose title, artist, album or file name all of them occur. Case and accents do not count.',
    'The number is what "show", "rename" and "remove" know a track by. It never changes and is never used again.',
  ],
  options: {
    sort: choice(['added', 'title', 'artist', 'album', 'seconds'], 'the order'),
    descending: flag('the other way round'),
    limit: number('N', 'no more than so many', { least: 1, whole: true }),
    json: flag('one JSON object per line, with all that is known'),
  },
  examples: [
    ['entendu list', 'everything, in the order it was learnt'],
    ['entendu list nocturne --sort artist', 'what has "nocturne" in it'],
    ['entendu list --json | jq -r .contentId', 'for scripts'],
  ],
  async run({ values: { library: folder, sort, descending, limit = Infinity, json }, words, terminal }) {
    const library = await openLibrary(folder, { readOnly: true });
    try {
      const { rows } = await library.tracks({ search: words.join(' '), sort, descending, limit });
      if (json) for (const track of rows) terminal.print(JSON.stringify(track));
      else for (const line of table(rows.map(cells), '>>')) terminal.print(line.trimEnd());
      if (rows.length === 0)
        terminal.note(words.length ? 'No track has these words.' : 'The library is empty: entendu add FOLDER');
      return rows.length > 0 || words.length === 0 ? FOUND : NONE;
    } finally {
      await library.close();
    }
  },
});

const cells = (track: Track) => [
  String(track.id),
  clock(track.seconds),
  nameOf(track),
  track.enabled ? '' : '(disabled)',
];

import { openLibrary } from '../../node/package.ts';
import type { Track } from '../../types.ts';
import { nameOf } from '../answer-text.ts';
import { command, FOUND, NONE } from '../command.ts';
import { choice, flag, number } from '../options.ts';
import { table } from '../terminal.ts';
import { clock } from '../words.ts';

export const list = command({
  name: 'list',
  summary: 'lists the tracks of the library',
  usage: ['', 'WORDS ...'],
  details: [
    'Lists number, length, artist and title of every track. With WORDS, lists only tracks that have all of these words in title, artist, album or file name, ignoring case and accents.',
    'The number identifies the track in "show", "rename" and "remove". It never changes and is never reused.',
  ],
  options: {
    sort: choice(['added', 'title', 'artist', 'album', 'seconds'], 'the order'),
    descending: flag('in reverse order'),
    catalogue: number('NUMBER', 'only the tracks of this catalogue: see "entendu subscribe list"', {
      least: 1,
      whole: true,
    }),
    limit: number('N', 'list at most N tracks', { least: 1, whole: true }),
    json: flag('print one JSON object per line, with all fields'),
  },
  examples: [
    ['entendu list', 'all tracks, in the order in which they were learnt'],
    ['entendu list nocturne --sort artist', 'all tracks with the word "nocturne"'],
    ['entendu list --json | jq -r .contentId', 'for scripts'],
  ],
  async run({ values: { library: folder, sort, descending, catalogue, limit = Infinity, json }, words, terminal }) {
    const library = await openLibrary(folder, { readOnly: true });
    try {
      const { rows } = await library.tracks({ search: words.join(' '), sort, descending, catalogue, limit });
      if (json) for (const track of rows) terminal.print(JSON.stringify(track));
      else for (const line of table(rows.map(cells), '>>')) terminal.print(line.trimEnd());
      const isFiltered = words.length > 0 || catalogue !== undefined;
      if (rows.length === 0)
        terminal.note(isFiltered ? 'No track matches.' : 'The library is empty: entendu add FOLDER');
      return rows.length > 0 || !isFiltered ? FOUND : NONE;
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

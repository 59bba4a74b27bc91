import type { Duplicate } from '../../engine/api.ts';
import { openLibrary } from '../../node/package.ts';
import type { Track } from '../../types.ts';
import { nameOf } from '../answer-text.ts';
import { command, FOUND, NONE } from '../command.ts';
import { choice, flag, list, UsageError } from '../options.ts';
import { bar } from '../terminal.ts';
import { clock, count } from '../words.ts';

type NamedPair = Omit<Duplicate, 'track' | 'other'> & { track: Track; other: Track };

const words = {
  same: 'is the same recording as',
  excerpt: 'contains',
  shared: 'shares music with',
} as const;

export const duplicates = command({
  name: 'duplicates',
  summary: 'finds tracks that share sound',
  usage: [''],
  details: [
    'Compares all tracks with each other and tells the pairs that are the same recording, of which one is an excerpt of the other, or that share a stretch of music. Numbers are those of "list". Nothing is changed, except that --keep leaves a pair out from then on.',
  ],
  options: {
    kind: choice(['all', 'same', 'excerpt', 'shared'], 'only pairs of this kind'),
    keep: list('N,N', 'keep both tracks, and never name this pair again'),
    json: flag('one JSON object per pair'),
  },
  examples: [
    ['entendu duplicates', 'all pairs, what is most alike first'],
    ['entendu duplicates --kind same --json', 'for scripts'],
    ['entendu duplicates --keep 12,14', 'both of these are wanted'],
  ],
  async run({ values: { library: folder, kind, keep, json }, terminal }) {
    if (keep) return keepBoth(folder, keep);
    const library = await openLibrary(folder, { readOnly: true });
    try {
      const found = await library.findDuplicates(({ done, total }) =>
        terminal.progress(`${bar(done / Math.max(1, total))}  ${count(done)} of ${count(total)} tracks`),
      );
      terminal.progress('');
      const pairs: NamedPair[] = [];
      for (const pair of found.filter((each) => kind === 'all' || each.kind === kind)) {
        const [track, other] = [await library.track(pair.track), await library.track(pair.other)];
        if (track && other) pairs.push({ ...pair, track, other });
      }
      for (const pair of pairs) terminal.print(json ? JSON.stringify(pair) : lineOf(pair));
      if (pairs.length === 0) terminal.note('No two tracks share sound.');
      return pairs.length > 0 ? FOUND : NONE;
    } finally {
      await library.close();
    }
  },
});

async function keepBoth(folder: string | undefined, keep: string[]) {
  const [track, other, ...more] = keep.map(Number);
  if (!(track >= 0 && other >= 0) || more.length > 0)
    throw new UsageError('--keep needs two numbers of tracks: --keep 12,14');
  const library = await openLibrary(folder);
  try {
    for (const id of [track, other]) {
      if (!(await library.track(id))) throw new UsageError(`There is no track ${id}: see "entendu list".`);
    }
    await library.keepPair(track, other);
    return FOUND;
  } finally {
    await library.close();
  }
}

function lineOf({ kind, track, other, stretches }: NamedPair): string {
  const places = stretches.map(
    ({ fromSeconds, otherFromSeconds, seconds, tempo, pitch }) =>
      `${clock(fromSeconds)} = ${clock(otherFromSeconds)} for ${clock(seconds)}${speedOf(tempo, pitch)}`,
  );
  return `${track.id} ${nameOf(track)}  ${words[kind]}  ${other.id} ${nameOf(other)}   ${places.join(', ')}`;
}

/** Says at which speed and pitch the second track plays the same music, if either differs noticeably. */
function speedOf(tempo: number, pitch: number): string {
  if (Math.abs(tempo - 1) >= 0.003) return ` at ${(100 * tempo).toFixed(1)} % of the speed`;
  if (Math.abs(pitch - 1) >= 0.003) return ` at ${(100 * pitch).toFixed(1)} % of the pitch`;
  return '';
}

import { expect, test } from 'vitest';
import { sessionsCsv } from '../../src/sessions/formats/session-csv.ts';
import { SESSION_FORMATS } from '../../src/sessions/formats/session-formats.ts';
import { chapters, sessionText } from '../../src/sessions/formats/session-text.ts';
import { songsInFiles, songsInFilesCsv } from '../../src/sessions/formats/songs-in-files.ts';
import type { Session } from '../../src/sessions/session-model.ts';
import { someSession, someStretch } from '../support/sessions.ts';

const session = (more: Partial<Session> = {}): Session => ({ ...someSession(), id: 1, hasStrip: false, ...more });
const gap = (fromSeconds: number, toSeconds: number) => ({ fromSeconds, toSeconds, sound: 'talk' as const });

test('text tells songs and gaps in their order, one a line, and nothing that was wrong', () => {
  const stretches = [
    someStretch(1, { track: { title: 'A\nB' }, fromSeconds: 12, toSeconds: 3700 }),
    someStretch(2, { fromSeconds: 3800, verdict: 'wrong' }),
  ];
  expect(sessionText({ stretches, gaps: [gap(0, 12), gap(3700, 3705)] })).toBe(
    '0:00 - 0:12  talk\n0:12 - 1:01:40  A B\n',
  );
});

test('chapters begin at 0:00 and last ten seconds at least', () => {
  const at = (number: number, fromSeconds: number) => someStretch(number, { fromSeconds, toSeconds: fromSeconds + 50 });
  expect(chapters({ stretches: [at(1, 4), at(2, 60), at(3, 65), at(4, 100)], gaps: [] })).toBe(
    '0:00 Artist - Song 1\n1:00 Artist - Song 2\n1:40 Artist - Song 4\n',
  );
  expect(chapters({ stretches: [at(1, 30)], gaps: [] })).toBe('0:00 not in the library\n0:30 Artist - Song 1\n');
  expect(chapters({ stretches: [at(1, 30)], gaps: [gap(0, 30)] })).toBe('0:00 talk\n0:30 Artist - Song 1\n');
});

test('CSV has a row for every song, gap and empty session, and defuses formulas', () => {
  const stretches = [someStretch(1, { track: { title: '=1+1' }, verdict: 'right' })];
  const live = session({ source: 'microphone', name: undefined, stretches, gaps: [gap(0, 100)] });
  const [header, ...rows] = sessionsCsv([live, session({ stretches: [], gaps: [], note: 'nothing' })]).split('\r\n');
  expect(header.split(',').slice(0, 5)).toEqual(['time', 'source', 'name', 'kind', 'from_seconds']);
  expect(rows).toEqual([
    '2026-06-01T00:00:00.000Z,microphone,,talk,0,100,,,,,,,,',
    "2026-06-01T00:01:40.000Z,microphone,,song,100,160,'=1+1,,,10,0.98,1,right,",
    '2026-06-01T00:00:00.000Z,file,radio mix.mp3,nothing,,,,,,,,,,nothing',
    '',
  ]);
});

test('JSON can be read back', () => {
  expect(JSON.parse(SESSION_FORMATS.json.write(session()))).toEqual(JSON.parse(JSON.stringify(session())));
});

test('many files: which song is in which, how often and how long', () => {
  const one = session({ name: 'one.mp4' });
  const two = session({
    name: 'two.mp4',
    stretches: [someStretch(2), someStretch(2, { number: 3, fromSeconds: 300, toSeconds: 310 })],
  });
  const songs = songsInFiles([one, two]);
  expect(songs.map(({ track, seconds }) => [track.title, seconds])).toEqual([
    ['Song 2', 130],
    ['Song 1', 60],
  ]);
  expect(songsInFilesCsv(songs).split('\r\n').slice(0, 4)).toEqual([
    'title,artist,album,file,times,seconds',
    'Song 2,Artist,,one.mp4,1,60',
    'Song 2,Artist,,two.mp4,2,70',
    'Song 1,Artist,,one.mp4,1,60',
  ]);
});

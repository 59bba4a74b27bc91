import { expect, test } from 'vitest';
import { cueSheet } from '../../src/sessions/formats/cue-sheet.ts';
import { someStretch } from '../support/sessions.ts';

test('a CUE sheet counts 75 frames a second and holds no quotes within quotes', () => {
  const track = { title: 'Title "1"\n', artist: 'Artist' };
  const stretches = [
    { ...someStretch(1), track, fromSeconds: 3725.5 },
    { ...someStretch(2), verdict: 'wrong' as const },
  ];
  expect(cueSheet({ name: 'tape "1".wav', stretches }).split('\n')).toEqual([
    `FILE "tape '1'.wav" WAVE`,
    '  TRACK 01 AUDIO',
    `    TITLE "Title '1''"`,
    '    PERFORMER "Artist"',
    '    INDEX 01 62:05:38',
    '',
  ]);
});

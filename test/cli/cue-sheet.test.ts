import { expect, test } from 'vitest';
import { cueSheet } from '../../src/cli/cue-sheet.ts';
import type { Track } from '../../src/types.ts';

test('a CUE sheet counts 75 frames a second and holds no quotes within quotes', () => {
  const track = { title: 'Title "1"', artist: 'Artist' } as Track;
  const entry = { track, fromSeconds: 3725.5, toSeconds: 3800, trackSeconds: 60, speed: 1, confidence: 0.9 };
  expect(cueSheet('tape "1".wav', [entry])).toEqual([
    `FILE "tape '1'.wav" WAVE`,
    '  TRACK 01 AUDIO',
    `    TITLE "Title '1'"`,
    '    PERFORMER "Artist"',
    '    INDEX 01 62:05:38',
  ]);
});

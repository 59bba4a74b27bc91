import { expect, test } from 'vitest';
import { tagsByPattern } from '../../src/ui/library/track/tag-pattern.ts';

test.each([
  ['{artist} - {title}', 'Field - Nocturne - live.mp3', { artist: 'Field', title: 'Nocturne - live' }],
  [
    '{track} - {artist} - {title}',
    '03 - Field - Nocturne.flac',
    { trackNumber: 3, artist: 'Field', title: 'Nocturne' },
  ],
  ['{track}. {title} ({year})', 'music/3. Low_Tide (1987).ogg', { trackNumber: 3, title: 'Low Tide', year: 1987 }],
  ['{title}', 'a.b', { title: 'a.b' }],
  ['{artist} [{album}] {title}', 'A [B*] C.wav', { artist: 'A', album: 'B*', title: 'C' }],
])('"%s" takes "%s" apart', (pattern, name, tags) => {
  expect(tagsByPattern(pattern, name)).toEqual(tags);
});

test.each([
  ['{artist} - {title}', 'Nocturne.mp3'],
  ['no field', 'no field.mp3'],
  ['{nothing}', 'x.mp3'],
  ['{year} {title}', '87 Rain.mp3'],
])('"%s" makes nothing of "%s"', (pattern, name) => {
  expect(tagsByPattern(pattern, name)).toBeUndefined();
});

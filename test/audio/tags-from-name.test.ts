import { expect, test } from 'vitest';
import { presentable } from '../../src/audio/tags.ts';
import { tagsOfName } from '../../src/audio/tags-from-name.ts';

test.each([
  ['Title.mp3', { title: 'Title' }],
  ['Artist - Title.mp3', { artist: 'Artist', title: 'Title' }],
  ['03 - Artist - Title.mp3', { trackNumber: 3, artist: 'Artist', title: 'Title' }],
  ['03 Title.flac', { trackNumber: 3, title: 'Title' }],
  ['3. Title.flac', { trackNumber: 3, title: 'Title' }],
  ['[12] Title.flac', { trackNumber: 12, title: 'Title' }],
  ['1-07 Title.m4a', { trackNumber: 7, title: 'Title' }],
  ['01-title_of_it.wav', { trackNumber: 1, title: 'title of it' }],
  ['Artist - 03 - Title.mp3', { artist: 'Artist', trackNumber: 3, title: 'Title' }],
  ['Artist - Album - 03 - Title.mp3', { artist: 'Artist', album: 'Album', trackNumber: 3, title: 'Title' }],
  ['Artist – Title.ogg', { artist: 'Artist', title: 'Title' }],
  ['long-way-round.webm', { title: 'long way round' }],
  ['X-Ray.webm', { title: 'X-Ray' }],
  ['first_snow.aiff', { title: 'first snow' }],
  ['My%20Song.mp3', { title: 'My Song' }],
  ['100%.mp3', { title: '100%' }],
  ['99 Luftballons.mp3', { title: '99 Luftballons' }],
  ['1999.mp3', { title: '1999' }],
  ['7.mp3', { title: '7' }],
  ['Jay-Z - 99 Problems.mp3', { artist: 'Jay-Z', title: '99 Problems' }],
  ['Artist - Title (Official Video).webm', { artist: 'Artist', title: 'Title' }],
  ['Artist - Title (Official Video) [dQw4w9WgXcQ].webm', { artist: 'Artist', title: 'Title' }],
  ['Artist - Title (Live in Paris).mp3', { artist: 'Artist', title: 'Title (Live in Paris)' }],
  ['Vol. 4.mp3', { title: 'Vol. 4' }],
  ['Mr. Nobody', { title: 'Mr. Nobody' }],
  ['.mp3', { title: '.mp3' }],
  [' - .mp3', { title: '-' }],
  ['(Official Video).mp4', { title: '(Official Video)' }],
  ['ärger_im_büro.mp3', { title: 'ärger im büro' }],
])('%s', (name, tags) => {
  expect(tagsOfName(name)).toEqual(tags);
});

test('tags come before the name, and the name fills nothing in where a title is tagged', () => {
  expect(presentable({ title: 'Nocturne' }, '03 - Artist - Title.mp3')).toEqual({ title: 'Nocturne' });
  expect(presentable({ album: 'Nights' }, '03 - Artist - Title.mp3')).toEqual({
    title: 'Title',
    artist: 'Artist',
    album: 'Nights',
    trackNumber: 3,
  });
});

test('what cannot be shown does not get into the library', () => {
  const tags = presentable(
    { title: ' Two\nlines\0 \u202e', artist: '   ', album: 'x'.repeat(5_000), year: Number.NaN, trackNumber: -1 },
    'a.mp3',
  );
  expect(tags).toEqual({ title: 'Two lines', album: 'x'.repeat(300) });
});

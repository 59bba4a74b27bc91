import { expect, test } from 'vitest';
import { isSound } from '../../src/learn/sound-names.ts';

const sounds = [
  'a.mp3',
  'A.MP3',
  'a.m4a',
  'a.opus',
  'a.flac',
  'a.wav',
  'a.aiff',
  'a.aif',
  'a.webm',
  'a.mkv',
  'a.mov',
  'a.ts',
  'a.aac',
  'a.oga',
];
const others = [
  'a.jpg',
  'a.txt',
  'a.pdf',
  'notes',
  '.DS_Store',
  '._a.mp3',
  'Thumbs.db',
  'a.m3u',
  'types.d.ts',
  'a.mid',
];

test.each(sounds)('%s is opened', (name) => expect(isSound({ name, type: '' })).toBe(true));
test.each(others)('%s is left out', (name) => expect(isSound({ name, type: '' })).toBe(false));

test('a type of sound is enough', () => {
  expect(isSound({ name: 'recording', type: 'audio/x-something' })).toBe(true);
  expect(isSound({ name: 'picture', type: 'image/png' })).toBe(false);
});

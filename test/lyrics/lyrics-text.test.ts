import { expect, test } from 'vitest';
import { lyricsTextOf } from '../../src/lyrics/lyrics-text.ts';
import { pairLyrics } from '../../src/lyrics/pair-lyrics.ts';
import { lyricsOfTags } from '../../src/lyrics/tag-lyrics.ts';

const hex = (text: string) => Uint8Array.from(text.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));
const line = '[00:01.00]';
const ascii = (text: string) => [...new TextEncoder().encode(text)];

test.each([
  ['UTF-8', [...ascii(`${line}Café`)], 'Café'],
  ['UTF-8 with a mark', [0xef, 0xbb, 0xbf, ...ascii(`${line}Café`)], 'Café'],
  ['UTF-16, little-endian', [0xff, 0xfe, ...ascii(`${line}Caf`).flatMap((byte) => [byte, 0]), 0xe9, 0], 'Café'],
  ['UTF-16, big-endian', [0xfe, 0xff, ...ascii(`${line}Caf`).flatMap((byte) => [0, byte]), 0, 0xe9], 'Café'],
  ['Windows-1252', [...ascii(`${line}Caf`), 0xe9, ...ascii(' d'), 0xe9, ...ascii('j'), 0xe0], 'Café déjà'],
  ['GB18030', [...ascii(line), ...hex('d4c2c1c1b4fab1edced2b5c4d0c4')], '月亮代表我的心'],
  ['Shift_JIS', [...ascii(line), ...hex('82b382ad82e7')], 'さくら'],
])('lyrics in %s are read', (_, bytes, text) => {
  expect(lyricsTextOf(Uint8Array.from(bytes))).toBe(line + text);
});

test.each([
  ['empty', []],
  ['only spaces', ascii(' \n ')],
  ['sound', [...ascii('RIFF'), 0, 0, 1, 0]],
  ['damaged UTF-8 with a mark', [0xef, 0xbb, 0xbf, 0xff, 0xff]],
  ['far too long', Array(300_000).fill(65)],
])('what is %s is refused', (_, bytes) => {
  expect(() => lyricsTextOf(Uint8Array.from(bytes))).toThrow(expect.objectContaining({ name: 'LyricsForeign' }));
});

test('a file of lyrics belongs to the song of its name', () => {
  const names = ['b.mp3', 'A Song.FLAC', 'a song.lrc', 'b.mp3.lrc', 'other.lrc', 'c.mp3'].map((name) => ({ name }));
  expect(pairLyrics(names).map(({ item, lyrics }) => [item.name, lyrics?.name])).toEqual([
    ['b.mp3', 'b.mp3.lrc'],
    ['A Song.FLAC', 'a song.lrc'],
    ['c.mp3', undefined],
    ['other.lrc', undefined],
  ]);
});

const zero = [0];
const sylt = (...parts: (readonly [string, number])[]) =>
  Uint8Array.from([
    ...[3, ...ascii('eng'), 2, 1, ...ascii('words'), 0],
    ...parts.flatMap(([text, ms]) => [...ascii(text), ...zero, 0, 0, ms >> 8, ms & 255]),
  ]);

test('synchronised lyrics of ID3 become LRC', () => {
  expect(lyricsOfTags({ raw: { SYLT: sylt(['One', 1000], ['Two', 2500]) }, lyrics: 'One\nTwo' })).toBe(
    '[00:01.000]One\n[00:02.500]Two',
  );
  const syllables = sylt(['On', 1000], ['ly', 1500], ['\nyou', 2000]);
  expect(lyricsOfTags({ raw: { SYLT: syllables } })).toBe('[00:01.000]On<00:01.500>ly\n[00:02.000]you');
});

test('of several texts in the tags, one with times is taken', () => {
  expect(lyricsOfTags({ lyrics: 'Plain' })).toBe('Plain');
  expect(lyricsOfTags({ lyrics: 'Plain', raw: { SYNCEDLYRICS: '[00:02.00]Timed' } })).toBe('[00:02.00]Timed');
  expect(lyricsOfTags({ raw: { TXXX: { 'lyrics-eng': 'Text' } } })).toBe('Text');
  expect(lyricsOfTags({ raw: { SYLT: Uint8Array.of(1, 2, 3) }, lyrics: ' ' })).toBeUndefined();
});

import { expect, test } from 'vitest';
import { lineAt, parseLyrics } from '../../src/lyrics/parse-lyrics.ts';

test('lines come in the order of their times, a repeated one each time', () => {
  const { isTimed, lines } = parseLyrics('[ti:Rain]\n[00:12.5][01:30.00]La la\n[00:02]One\r\n[00:20:25]Two\n');
  expect(isTimed).toBe(true);
  expect(lines).toEqual([
    { seconds: 2, text: 'One' },
    { seconds: 12.5, text: 'La la' },
    { seconds: 20.25, text: 'Two' },
    { seconds: 90, text: 'La la' },
  ]);
});

test.each([
  ['+500', 9.5],
  ['-500', 10.5],
  ['nonsense', 10],
  ['20000', 0],
])('an offset of %s moves a line from 10 s to %f', (offset, seconds) => {
  expect(parseLyrics(`[offset:${offset}]\n[00:10.00]One`).lines[0].seconds).toBe(seconds);
});

test('words have times of their own, also in a repeated line', () => {
  const { lines } = parseLyrics('[00:10.00][01:00.00]<00:10.00>One <00:10.50>two');
  expect(lines[1]).toEqual({
    seconds: 60,
    text: 'One two',
    words: [
      { seconds: 60, text: 'One ' },
      { seconds: 60.5, text: 'two' },
    ],
  });
});

test('a time without words is a pause; hours and thousandths are read', () => {
  expect(parseLyrics('[00:10.00]One\n[00:12.00]\n[1:02:03.250]End').lines).toEqual([
    { seconds: 10, text: 'One' },
    { seconds: 12, text: '' },
    { seconds: 3723.25, text: 'End' },
  ]);
});

test('lyrics without times keep their verses, and brackets that are no times', () => {
  expect(parseLyrics('\n[Chorus]\nOne\n\n\n\nTwo\n\n')).toEqual({
    isTimed: false,
    lines: [{ text: '[Chorus]' }, { text: 'One' }, { text: '' }, { text: 'Two' }],
  });
});

test('times that are all zero are none', () => {
  expect(parseLyrics('[00:00.00]One\n[00:00.00]Two')).toEqual({
    isTimed: false,
    lines: [{ text: 'One' }, { text: 'Two' }],
  });
});

test('the line at a place is the last one that has begun', () => {
  const { lines } = parseLyrics('[00:10.00]One\n[00:20.00]Two');
  expect([0, 9.9, 10, 19.9, 20, 500].map((seconds) => lineAt(lines, seconds))).toEqual([-1, -1, 0, 0, 1, 1]);
});

test('any text can be parsed', () => {
  for (const text of ['', '[', '[]', '[[00:01]]', '<00:01>', '[00:1', '[99:99.999]x', '[00:01]<00:02><00:03>', '[:]'])
    expect(() => parseLyrics(text)).not.toThrow();
});

import { expect, test } from 'vitest';
import { csvOf } from '../src/csv.ts';

const cell = (value: string | number | undefined) => csvOf(['a'], [[value]]).slice('a\r\n'.length, -'\r\n'.length);

test.each(['=1+1', '+1', '@here', '-x', '-5', '\tx', '＝1+1', '＋1', '－1', '＠here', ' =1+1', '\ufeff=1', '\u200b@x'])(
  'a text like %j is no formula to a spreadsheet',
  (text) => {
    expect(cell(text)).toBe(`'${text}`);
  },
);

test.each(['\r=1', '\n=1', '=HYPERLINK("a","b")'])('%j is neither a formula nor a new row', (text) => {
  expect(cell(text)).toBe(`"'${text.replaceAll('"', '""')}"`);
});

test.each(['a-b', '1+1=2', 'me@home', "it's", '5', '–', ''])('%j stays as it is', (text) => {
  expect(cell(text)).toBe(text);
});

test('numbers are numbers, also below zero; nothing is an empty cell', () => {
  expect(csvOf(['a', 'b', 'c'], [[-1.5, 0, undefined]])).toBe('a,b,c\r\n-1.5,0,\r\n');
});

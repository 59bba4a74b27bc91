import { expect, test } from 'vitest';
import { clicked, moved, nothingSelected, rowAfter } from '../../src/ui/library/desk/selection.ts';

const ids = [10, 11, 12, 13, 14, 15];
const plain = { shift: false, ctrl: false };
const shift = { shift: true, ctrl: false };
const ctrl = { shift: false, ctrl: true };
const both = { shift: true, ctrl: true };
const chosen = ({ ids }: { ids: ReadonlySet<number> }) => [...ids].sort();

test('a click selects one row, Ctrl adds and takes away, Shift selects all between', () => {
  const first = clicked(nothingSelected, ids, 1, plain);
  expect(chosen(first)).toEqual([11]);
  expect(chosen(clicked(first, ids, 4, plain))).toEqual([14]);
  const two = clicked(first, ids, 4, ctrl);
  expect(chosen(two)).toEqual([11, 14]);
  expect(chosen(clicked(two, ids, 1, ctrl))).toEqual([14]);
  expect(chosen(clicked(first, ids, 3, shift))).toEqual([11, 12, 13]);
  expect(chosen(clicked(clicked(first, ids, 3, shift), ids, 0, shift))).toEqual([10, 11]);
  expect(chosen(clicked(two, ids, 5, both))).toEqual([11, 14, 15]);
});

test('arrows select, with Shift they extend, with Ctrl they only move', () => {
  const first = clicked(nothingSelected, ids, 2, plain);
  expect(moved(first, ids, 3, plain)).toMatchObject({ anchor: 3, cursor: 3 });
  expect(chosen(moved(first, ids, 3, shift))).toEqual([12, 13]);
  const aside = moved(first, ids, 5, ctrl);
  expect([chosen(aside), aside.cursor]).toEqual([[12], 5]);
});

test('keys for moving stay within the list', () => {
  expect(rowAfter('ArrowUp', 0, 6)).toBe(0);
  expect(rowAfter('PageDown', 1, 6)).toBe(5);
  expect(rowAfter('End', 1, 100_000)).toBe(99_999);
  expect(rowAfter('Home', 5, 6)).toBe(0);
  expect(rowAfter('a', 5, 6)).toBeUndefined();
  expect(rowAfter('ArrowDown', 0, 0)).toBeUndefined();
});

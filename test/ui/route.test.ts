import { expect, test } from 'vitest';
import { linkTo, parseRoute } from '../../src/ui/route.ts';

test.each([
  ['', { place: 'listen' }],
  ['#', { place: 'listen' }],
  ['#listen', { place: 'listen', detail: 'now' }],
  ['#/library', { place: 'library' }],
  ['#library/search', { place: 'library', detail: 'search' }],
  ['#track/12', { place: 'track', detail: '12' }],
  ['#track/x', { place: 'listen' }],
  ['#answer', { place: 'listen', detail: 'answer' }],
  ['#recording/17', { place: 'recording', detail: '17' }],
  ['#recording/x', { place: 'recording' }],
  ['#nowhere', { place: 'listen' }],
])('the address %j leads to %j', (hash, route) => {
  expect(parseRoute(hash)).toEqual(route);
});

test('a link leads where it was made for', () => {
  for (const to of [{ place: 'library' }, { place: 'track', detail: '3' }, { place: 'history' }] as const) {
    expect(parseRoute(linkTo(to))).toMatchObject(to);
  }
});

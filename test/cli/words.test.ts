import { expect, test } from 'vitest';
import { bytes, clock, counted, duration, pace, sureness } from '../../src/cli/words.ts';
import { homeLibrary } from '../../src/node/system/home-folder.ts';

test('a clock rounds before it splits, so that no second has sixty', () => {
  expect(clock(72.44, 1)).toBe('1:12.4');
  expect(clock(59.96, 1)).toBe('1:00.0');
  expect(clock(3600)).toBe('1:00:00');
  expect(clock(-1.5, 1)).toBe('-0:01.5');
  expect(clock(-0.01, 1)).toBe('0:00.0');
});

test('durations and sizes use the unit that fits', () => {
  expect([8, 243, 79_800].map(duration)).toEqual(['8 s', '4 min 3 s', '22 h 10 min']);
  expect([999, 1500, 250_000, 3.2e9].map(bytes)).toEqual(['999 bytes', '1.5 kB', '250 kB', '3.2 GB']);
  expect([counted(1, 'track'), counted(2000, 'track')]).toEqual(['1 track', '2,000 tracks']);
});

test('nothing is ever said to be a hundred per cent sure', () => {
  expect(sureness(1)).toBe('certain (99.9 %)');
  expect(sureness(0.93)).toBe('very likely (93.0 %)');
  expect(sureness(0.2)).toBe('perhaps (20.0 %)');
});

test('tempo and pitch are told only where they differ from what was learnt', () => {
  expect(pace(1.001, 1.001)).toBeUndefined();
  expect(pace(1.021, 1.021)).toBe('2.1 % fast');
  expect(pace(0.96, 1)).toBe('4.0 % slow, in tune');
  expect(pace(1, 2 ** (1 / 24))).toBe('0.5 semitones up');
});

test('the library lies where the system keeps such things', () => {
  expect(homeLibrary({}, 'linux', '/home/mo')).toBe('/home/mo/.local/share/entendu/library');
  expect(homeLibrary({ XDG_DATA_HOME: '/data' }, 'linux', '/home/mo')).toBe('/data/entendu/library');
  expect(homeLibrary({}, 'darwin', '/Users/mo')).toBe('/Users/mo/Library/Application Support/Entendu/library');
  expect(homeLibrary({ ENTENDU_LIBRARY: '/songs' }, 'linux', '/home/mo')).toBe('/songs');
});

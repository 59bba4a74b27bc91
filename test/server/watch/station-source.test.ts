import { describe, expect, test } from 'vitest';
import {
  inputOf,
  nameOfSource,
  type StationSource,
  shownSource,
  sourceOf,
} from '../../../src/server/watch/station-source.ts';

const { signal } = new AbortController();
const wordsOf = (typed: string) => inputOf(sourceOf(typed) as Exclude<StationSource, { kind: 'folder' }>, signal).words;

describe('sound devices', () => {
  test.each([
    ['pulse:default', ['-f', 'pulse', '-i', 'default']],
    ['alsa:hw:0', ['-f', 'alsa', '-i', 'hw:0']],
    ['avfoundation::0', ['-f', 'avfoundation', '-i', ':0']],
    ['dshow:audio=Line in', ['-f', 'dshow', '-i', 'audio=Line in']],
  ])('%s is given to ffmpeg as such', (typed, words) => {
    expect(wordsOf(typed)).toEqual(words);
    expect(nameOfSource(sourceOf(typed))).toBe(typed);
  });

  test('what is none of the sources is refused with the forms that there are', () => {
    for (const typed of ['file:/etc/passwd', 'lavfi:sine', 'nowhere', 'rtmp://radio.example/one'])
      expect(() => sourceOf(typed)).toThrow('neither an address (https://...), nor a sound device');
    expect(() => sourceOf('http://[')).toThrow('is no address');
  });
});

test('an address is opened with few protocols, and is shown without its password', () => {
  const typed = 'https://ann:secret@radio.example/one.mp3?key=1';
  const words = wordsOf(typed);
  expect(words[words.indexOf('-protocol_whitelist') + 1]).toBe('http,https,tcp,tls,crypto');
  expect(words.slice(-2)).toEqual(['-i', typed]);
  expect(shownSource(sourceOf(typed))).toBe('https://radio.example/one.mp3');
});

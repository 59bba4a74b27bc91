import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { isSoundKind } from '../../src/server/http/sound-kinds.ts';

const head = (name: string) => readFileSync(new URL(`../fixtures/${name}`, import.meta.url)).subarray(0, 1024);
const text = (words: string) => new TextEncoder().encode(words);

test.each([
  ...['harbour-lights.mp3', 'copper-rain.opus', 'first_snow.aiff', 'green-clock-ima.wav', 'long-way-round.webm'],
  ...['low-tide.flac', 'night-bus.ogg', 'old-letters.aac', 'old-letters.mkv', 'old-letters.mov', 'old-letters.mpegts'],
  ...['paper-kites.m4a', 'tin-parade.mp4', 'truncated.mp3'],
])('%s is sound or video', (name) => {
  expect(isSoundKind(head(name))).toBe(true);
});

test.each([
  '#EXTM3U\nhttp://127.0.0.1/a.ts',
  '[playlist]\nFile1=http://127.0.0.1/',
  'ffconcat version 1.0\nfile /etc/passwd',
  '<?xml version="1.0"?><MPD></MPD>',
  '<svg xmlns="http://www.w3.org/2000/svg"/>',
  'v=0\r\no=- 0 0 IN IP4 127.0.0.1',
  '',
  'ID',
  'PK\u0003\u0004',
  '\u007fELF',
])('%j is not', (words) => {
  expect(isSoundKind(text(words))).toBe(false);
});

import { expect, test } from 'vitest';
import { nameFromBytes, shownName, systemPath } from '../../../src/node/system/system-path.ts';
import { random } from '../../support/random.ts';

const bytesOf = (path: string) => Buffer.from(systemPath(path));

test('any bytes become a name and the same bytes again', () => {
  const next = random(3);
  for (let time = 0; time < 2000; time++) {
    const bytes = Buffer.from(Array.from({ length: Math.floor(next() * 12) }, () => Math.floor(next() * 256)));
    expect(bytesOf(nameFromBytes(bytes))).toEqual(bytes);
  }
});

test('a name in UTF-8 is that name, as ever', () => {
  for (const name of ['plain.mp3', 'Für Elise.flac', '\ufeffmark', '曲.ogg', 'e\u0301', '🎵.wav', '']) {
    expect(nameFromBytes(Buffer.from(name))).toBe(name);
    expect(systemPath(name)).toBe(name);
  }
});

test('in a name of old times what is UTF-8 stays readable, and it can be shown', () => {
  const name = nameFromBytes(Buffer.from([...Buffer.from('é '), 0xe9, 0x2e, 0x77, 0x61, 0x76]));
  expect(name).toBe('é \udce9.wav');
  expect(shownName(name)).toBe('é \ufffd.wav');
});

import { homedir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folderBeside } from '../../../src/node/system/home-folder.ts';

test('what belongs to a library is beside its folder, or where the user keeps data if it is in a database', () => {
  expect(folderBeside('/srv/music/library')).toBe('/srv/music');
  expect(folderBeside('~/songs')).toBe(homedir());
  for (const place of ['postgres://host/music', 'http://m1:7700,http://m2:7700#wait=3'])
    expect(folderBeside(place)).toBe(folderBeside('postgres://other/place'));
  expect(folderBeside('postgres://host/music')).not.toContain('host');
  expect(folderBeside('songs')).toBe(join(process.cwd()));
});

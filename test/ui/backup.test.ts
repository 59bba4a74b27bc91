import { expect, test } from 'vitest';
import { type BackupContents, headOf, readBackup } from '../../src/ui/settings/backup/backup-file.ts';
import { isDue } from '../../src/ui/settings/backup/reminder.ts';

const contents: BackupContents = {
  made: 1_795_000_000_000,
  settings: { settings: '{"look":"dark"}' },
  tracks: [{ contentId: 'ab', added: 5, enabled: false }],
};
const bundle = new Uint8Array([1, 2, 3, 4]);
const written = async () => new Blob([await headOf(contents), bundle]);

test('what is written is read again, and the bundle follows it', async () => {
  const { bundle: read, ...rest } = await readBackup(await written());
  expect(rest).toEqual(contents);
  expect([...new Uint8Array(await read.arrayBuffer())]).toEqual([...bundle]);
});

test('what is no backup, or a damaged one, is refused by name', async () => {
  const bytes = new Uint8Array(await (await written()).arrayBuffer());
  const refused = (changed: Uint8Array<ArrayBuffer>) => readBackup(new Blob([changed])).catch(({ name }) => name);
  expect(await refused(new TextEncoder().encode('some song'))).toBe('BackupForeign');
  expect(await refused(bytes.slice(0, 150))).toBe('BundleDamaged');
  expect(await refused(bytes.map((byte, i) => (i === 120 ? byte ^ 1 : byte)))).toBe('BundleDamaged');
});

test('a reminder is due when many songs came or went, once a week at most', () => {
  const week = 7 * 86_400_000 + 1;
  expect(isDue(49, undefined, 0, week)).toBe(false);
  expect(isDue(50, undefined, 0, week)).toBe(true);
  expect(isDue(120, { songs: 100 }, 0, week)).toBe(false);
  expect(isDue(40, { songs: 100 }, 0, week)).toBe(true);
  expect(isDue(40, { songs: 100 }, 5, week)).toBe(false);
});

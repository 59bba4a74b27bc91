import { createHash } from 'node:crypto';
import { mkdtempSync, openAsBlob, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { CHUNK_BYTES, contentIdOf } from '../../src/audio/content-id.ts';
import { random } from '../support/random.ts';

const draw = random(8);
const bytes = Uint8Array.from({ length: 2.2 * CHUNK_BYTES }, () => 256 * draw());
const sha256 = (...parts: Uint8Array[]) =>
  parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest();

test.each([0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, bytes.length])(
  '%i bytes: the digest of digests',
  async (length) => {
    const chunks = Array.from({ length: Math.ceil(length / CHUNK_BYTES) }, (_, i) =>
      sha256(bytes.subarray(i * CHUNK_BYTES, Math.min(length, (i + 1) * CHUNK_BYTES))),
    );
    expect(await contentIdOf(new Blob([bytes.subarray(0, length)]))).toBe(sha256(...chunks).toString('hex'));
  },
);

test('a bit more or less makes another id', async () => {
  const other = bytes.slice();
  other[CHUNK_BYTES + 5] ^= 1;
  const ids = await Promise.all(
    [bytes, other, bytes.subarray(1), bytes.subarray(0, -1)].map((b) => contentIdOf(new Blob([b]))),
  );
  expect(new Set(ids).size).toBe(4);
});

test('where a browser cannot read into a buffer of ours, the id is the same', async () => {
  const file = new Blob([bytes]);
  const id = await contentIdOf(file);
  file.stream = () => {
    throw new TypeError('no bytes');
  };
  expect(await contentIdOf(file)).toBe(id);
});

test('a file on disk has the id of its bytes', async () => {
  const path = join(mkdtempSync(join(tmpdir(), 'content-id-')), 'file');
  writeFileSync(path, bytes);
  expect(await contentIdOf(await openAsBlob(path))).toBe(await contentIdOf(new Blob([bytes])));
  rmSync(dirname(path), { recursive: true });
});

test('a file that cannot be read any more is told in words', async () => {
  const gone = {
    size: 5,
    slice: () => ({ arrayBuffer: () => Promise.reject(new DOMException('', 'NotReadableError')) }),
  };
  await expect(contentIdOf(gone as unknown as Blob)).rejects.toMatchObject({ name: 'FileUnreadable' });
});

import { expect, test, vi } from 'vitest';
import { openPostgres } from '../../../src/node/postgres/postgres-shelf.ts';

vi.mock('pg', () => {
  throw new Error("Cannot find package 'pg'");
});

test('without the client for PostgreSQL a sentence says what to install', async () => {
  await expect(openPostgres('postgres://localhost/music')).rejects.toThrow('Install it with "npm install pg".');
});

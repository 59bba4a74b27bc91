import { UserError } from '../../errors.ts';
import type { PostgresClient } from './database-hosts.ts';

/** The package `pg`, which is installed only by those who need it. */
export async function loadClient(): Promise<PostgresClient> {
  const { default: pg } = await import('pg').catch((error) => {
    const missing = 'A library in PostgreSQL needs the package "pg". Install it with "npm install pg".';
    throw new UserError('AddressUnreachable', missing, { cause: error });
  });
  return pg;
}

/** Translates an error of PostgreSQL or the network into one that the user can act on. */
import { UserError } from '../../errors.ts';
import type { PostgresAddress } from './postgres-address.ts';

type Failure = Error & { code?: string };

const UNREACHABLE = /^(ECONN|ENOTFOUND|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|EAI_AGAIN|EPIPE|ENOENT|08|57P)/;

/** Whether the connection was lost or could not be made, so that trying a new one makes sense. */
export function isConnectionFault(error: unknown): boolean {
  const { code = '', message } = error as Failure;
  return (
    UNREACHABLE.test(code) || /connection (terminated|error)|timeout exceeded when trying to connect/i.test(message)
  );
}

export function translated(error: unknown, { shown }: PostgresAddress): unknown {
  if (error instanceof UserError) return error;
  const { code = '', message } = error as Failure;
  if (code === '53100') {
    const full = `The disk of the database ${shown} is full. Make room there, then try again.`;
    return new UserError('StorageFull', full, { cause: error });
  }
  return new UserError('AddressUnreachable', sentence(error as Failure, code, shown, message), { cause: error });
}

function sentence(error: Failure, code: string, shown: string, message: string): string {
  if (isConnectionFault(error)) {
    return `The database ${shown} does not answer (${code || message}). Check the address, and that the server is running.`;
  }
  if (code.startsWith('28')) return `The database ${shown} refuses this user or password: ${message}.`;
  if (code === '3D000') return `There is no database ${shown}. Make it with "createdb", then try again.`;
  if (code === '42501') return `This user may not use the library in ${shown}: ${message}.`;
  if (code === '23514')
    return `There is no such shard in ${shown}. "entendu shards init" with a larger --count makes more.`;
  if (code === '25006') return `The database ${shown} can only be read at present: ${message}.`;
  return `The database ${shown} refused the request: ${message}.`;
}

import { UserError } from '../errors.ts';

/** Bytes of a file; fewer where it ends before `end`. */
export async function readBytes(file: Blob, start: number, end: number): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await file.slice(start, end).arrayBuffer());
  } catch (cause) {
    throw unreadable(cause);
  }
}

export function unreadable(cause: unknown): UserError {
  return new UserError('FileUnreadable', 'The file cannot be read: it was moved, changed, or access was refused.', {
    cause,
  });
}

/** Names of the errors with which browsers and Node refuse to read a file that they had let us choose. */
export function isReadFailure(error: unknown): boolean {
  const name = error instanceof Error ? error.name : '';
  return ['NotReadableError', 'NotFoundError', 'NotAllowedError', 'SecurityError'].includes(name);
}

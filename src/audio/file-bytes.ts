import { UserError } from '../errors.ts';

/** The part of `Blob` that we need; `HeldFile` has it, too. */
export interface FileBytes {
  readonly size: number;
  slice(start: number, end: number): FileBytes;
  arrayBuffer(): Promise<ArrayBuffer>;
}

/** A file in memory: it is read only once, so what is learnt is what was identified. */
export class HeldFile implements FileBytes {
  constructor(readonly bytes: Uint8Array<ArrayBuffer>) {}

  get size(): number {
    return this.bytes.length;
  }

  slice(start: number, end: number): HeldFile {
    return new HeldFile(this.bytes.subarray(start, end));
  }

  async arrayBuffer(): Promise<ArrayBuffer> {
    return this.bytes.slice().buffer;
  }
}

/** Bytes of a file; fewer where it ends before `end`. */
export async function readBytes(file: FileBytes, start: number, end: number): Promise<Uint8Array<ArrayBuffer>> {
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

/** Whether this is how browsers and Node refuse to read a file that was chosen. */
export function isReadFailure(error: unknown): boolean {
  const name = error instanceof Error ? error.name : '';
  return ['NotReadableError', 'NotFoundError', 'NotAllowedError', 'SecurityError'].includes(name);
}

/** Explains in words why the system refuses a file. */
import { existsSync, type Stats } from 'node:fs';
import { dirname, extname } from 'node:path';
import { shownName, systemPath } from './system-path.ts';

const READING: Record<string, string> = {
  ENOENT: 'There is no such file.',
  EACCES: 'You are not allowed to read it.',
  EPERM: 'You are not allowed to read it.',
  EISDIR: 'It is a folder.',
  ENOTDIR: 'A part of its path is not a folder.',
  ELOOP: 'It is a symbolic link that leads back to itself.',
  ENAMETOOLONG: 'Its name is too long.',
  EMFILE: 'Too many files are open.',
  ENFILE: 'Too many files are open.',
  EIO: 'The disk reports an error while reading it.',
};

export const isFromSystem = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error && 'code' in error && 'syscall' in error;

const WRITING = ['mkdir', 'rename', 'unlink', 'rmdir', 'write', 'ftruncate', 'fsync', 'chmod', 'utime', 'copyfile'];

export const isWriting = ({ syscall = '' }: NodeJS.ErrnoException): boolean => WRITING.includes(syscall);

export function readingRefused(error: NodeJS.ErrnoException, path = error.path): string {
  if (error.code === 'ENOENT' && path !== undefined) return missing(path);
  return READING[error.code ?? ''] ?? `It cannot be read: ${error.message}.`;
}

function missing(path: string): string {
  // Node cannot pass such a name from the command line without loss.
  if (path.includes('\ufffd')) return 'There is no such file. If its name is not UTF-8, give the folder instead.';
  const folder = dirname(path);
  if (!existsSync(systemPath(folder))) return `There is no folder "${shownName(folder)}".`;
  return extname(path) ? 'There is no such file.' : 'There is no such file or folder.';
}

export function writingRefused(error: NodeJS.ErrnoException, path: string): string {
  const folder = dirname(path);
  const words: Record<string, string> = {
    ENOENT: existsSync(folder)
      ? `No files can be created in the folder "${folder}".`
      : `There is no folder "${folder}" to write to.`,
    EACCES: `You are not allowed to write to the folder "${folder}".`,
    EPERM: `You are not allowed to write to the folder "${folder}".`,
    ENOTDIR: `"${folder}" is not a folder.`,
    EROFS: `Nothing can be written to "${folder}": it is read-only.`,
    ENOSPC: 'It was not written: the disk is full.',
    EDQUOT: 'It was not written: your disk quota is used up.',
    EFBIG: 'It was not written: the disk does not support files of this size.',
    ENAMETOOLONG: 'Its name is too long.',
    EIO: 'It was not written: the disk reports an error.',
  };
  return words[error.code ?? ''] ?? `It cannot be written: ${error.message}.`;
}

/** What a path is if it is not a regular file; undefined if it is. */
export function oddKind(about: Stats): string | undefined {
  if (about.isFile()) return undefined;
  if (about.isDirectory()) return 'a folder';
  if (about.isFIFO()) return 'a named pipe';
  if (about.isSocket()) return 'a socket';
  return about.isSymbolicLink() ? 'a symbolic link' : 'a device';
}

/** The message for such a path, which is not opened because reading might never end. */
export const notAFile = (kind: string): string =>
  `It is ${kind}, not a file${kind === 'a folder' ? '' : '; "-" reads from standard input'}.`;

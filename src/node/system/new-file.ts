/**
 * Writes a file under a new name beside the target, and replaces the target when everything is on the disk. After an error, the
 * target is unchanged and nothing is left behind. All commands write files this way.
 */
import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { type FileHandle, lstat, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { UserError } from '../../errors.ts';
import { interruptible, whenEnded } from './interrupt.ts';
import { isFromSystem, oddKind, writingRefused } from './system-error.ts';

export interface NewFile {
  write(part: Uint8Array): Promise<void>;
  /** Replaces the target. */
  finish(): Promise<void>;
  /** Deletes the new file. */
  abandon(): Promise<void>;
}

export async function writeNewFile(path: string, content: Uint8Array | string): Promise<void> {
  const file = await newFile(path);
  try {
    await file.write(typeof content === 'string' ? Buffer.from(content) : content);
    await file.finish();
  } catch (error) {
    await file.abandon();
    throw error;
  }
}

export async function newFile(path: string): Promise<NewFile> {
  const stop = interruptible();
  const mode = await modeOf(path);
  const beside = join(dirname(path), `.${basename(path).slice(0, 100)}.${randomBytes(6).toString('hex')}.part`);
  const file = await telling(path, () => open(beside, 'wx', mode ?? 0o666));
  const cancel = whenEnded(() => rmSync(beside, { force: true }));
  return {
    write: (part) =>
      telling(path, () => {
        stop.throwIfAborted();
        return writeWhole(file, part);
      }),
    finish: () =>
      telling(path, async () => {
        stop.throwIfAborted();
        if (mode !== undefined) await file.chmod(mode);
        await file.sync();
        await file.close();
        await modeOf(path); // the target may have changed meanwhile
        await rename(beside, path);
        cancel();
      }),
    async abandon() {
      await file.close();
      await rm(beside, { force: true });
      cancel();
    },
  };
}

async function writeWhole(file: FileHandle, part: Uint8Array): Promise<void> {
  for (let from = 0; from < part.length; ) from += (await file.write(part, from)).bytesWritten;
}

/** The permissions of the regular file to be replaced, if there is one. */
async function modeOf(path: string): Promise<number | undefined> {
  const about = await lstat(path).catch((error: NodeJS.ErrnoException) => error);
  if (about instanceof Error) return undefined;
  const kind = oddKind(about);
  if (kind)
    throw new UserError(
      'FileUnwritable',
      `"${path}" is ${kind}. Only a regular file can be replaced. Choose another name.`,
    );
  return about.mode & 0o777;
}

async function telling<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!isFromSystem(error)) throw error;
    throw new UserError('FileUnwritable', `"${path}": ${writingRefused(error, path)}`, { cause: error });
  }
}

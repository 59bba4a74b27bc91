/** What is done before a library's folder is opened: other folders are refused, and a damaged file is repaired. */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../../errors.ts';
import { troubleIn } from './check-file.ts';
import { DATA_FILE, LOCK_FILE } from './file-pages.ts';
import { keptFiles, rowsInDamaged, salvage } from './salvage.ts';
import { LOCK_DATABASE, refuseWriter } from './writer-lock.ts';

/** Checks that the folder is a library, or empty; explains old and missing ones. */
export function refuseOtherFolders(folder: string, readOnly: boolean): void {
  const names = namesIn(folder);
  for (const name of [DATA_FILE, LOCK_FILE]) if (names?.includes(name)) refuseOddFile(join(folder, name));
  if (names?.includes(DATA_FILE)) return;
  if (names?.some((name) => /^\d{8}\.entendu$/.test(name))) {
    throw new UserError(
      'LibraryForeign',
      `${folder} holds a library of an early version that is no longer supported. Learn the music again into a new folder.`,
    );
  }
  if (readOnly) throw new UserError('FileUnreadable', `There is no library in ${folder}.`);
  if (names?.some((name) => !name.startsWith('.') && name !== LOCK_FILE)) {
    throw new UserError(
      'LibraryForeign',
      `${folder} holds other files. Choose an empty or new folder for the library.`,
    );
  }
}

/** Checked here because LMDB's errors do not name the file. */
function refuseOddFile(path: string): void {
  try {
    if (statSync(path).isFile()) return;
  } catch {
    // A dangling link.
  }
  throw new UserError(
    'LibraryForeign',
    `${path} is not a file. Move it away, or choose another folder for the library.`,
  );
}

function namesIn(folder: string): string[] | undefined {
  try {
    return readdirSync(folder);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return undefined;
    if (code === 'ENOTDIR')
      throw new UserError('LibraryForeign', `${folder} is a file. Choose a folder for the library.`);
    throw new UserError('FileUnreadable', `The folder ${folder} cannot be read: ${message}.`, { cause: error });
  }
}

/** Repairs a damaged file if it is opened for writing; what is damaged is left out. */
export async function mend(folder: string, readOnly: boolean): Promise<void> {
  const trouble = troubleIn(folder, !readOnly);
  if (!trouble) return;
  if (readOnly) {
    const path = join(folder, DATA_FILE);
    throw new UserError(
      'LibraryDamaged',
      `${path} is damaged: ${trouble}. Run "entendu verify" to recover what can be recovered.`,
    );
  }
  for (const writer of rowsInDamaged(folder, LOCK_DATABASE)) refuseWriter(writer, folder);
  await salvage(folder);
}

/** What earlier repairs may have lost, reported until the user deletes the damaged files. */
export const lossesOf = (folder: string): string[] =>
  keptFiles(folder).map(
    (kept) =>
      `The library was damaged. What could be read was recovered; the damaged file was kept as ${kept}. Delete that file if nothing is missing.`,
  );

/** Reads a file of settings or the like, which a person named. */
import { readFileSync, statSync } from 'node:fs';
import { UserError } from '../../errors.ts';
import { isFromSystem, oddKind, readingRefused } from './system-error.ts';

const MOST_BYTES = 2 ** 20;

/** Pipes and devices are refused: reading them might never end. Errors name the file. */
export function readSmallFile(path: string): string {
  const refused = (why: string, cause?: unknown) => new UserError('FileUnreadable', `"${path}": ${why}`, { cause });
  try {
    const about = statSync(path);
    const odd = oddKind(about);
    if (odd) throw refused(`It is ${odd}, not a file.`);
    if (about.size > MOST_BYTES) throw refused('It is too large to be what is needed here.');
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw isFromSystem(error) ? refused(readingRefused(error, path), error) : error;
  }
}

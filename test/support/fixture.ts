import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A file of `test/fixtures`, under another name if one is given. */
export function fixture(name: string, as = name): File {
  return new File([readFileSync(join(import.meta.dirname, '../fixtures', name))], as);
}

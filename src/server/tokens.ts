/** The tokens of the service. A token is 256 random bits; the file contains only hashes, which suffice to check tokens. */
import { createHash, randomBytes } from 'node:crypto';
import { chmodSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { UserError } from '../errors.ts';
import { folderBeside } from '../node/system/home-folder.ts';
import { makeFolder } from '../node/system/make-folder.ts';
import { writeNewFile } from '../node/system/new-file.ts';
import { readSmallFile } from '../node/system/small-file.ts';

/** Each scope includes those before it. */
export const SCOPES = ['read', 'write', 'admin'] as const;
export type Scope = (typeof SCOPES)[number];

interface TokenRow {
  name: string;
  scope: Scope;
  sha256: string;
  /** Milliseconds since 1970. */
  added: number;
}

/** Prefix of every token, so that leaked tokens can be detected. */
const PREFIX = 'entendu_';
/** How often the file is read again, so that changes take effect almost at once. */
const FRESH_MS = 1000;

export const tokensBeside = (library: string): string => join(folderBeside(library), 'tokens.json');

const hashOf = (token: string) => createHash('sha256').update(token).digest('hex');

export const allows = (has: Scope, needed: Scope): boolean => SCOPES.indexOf(has) >= SCOPES.indexOf(needed);

export class Tokens {
  private rows: TokenRow[] = [];
  private byHash = new Map<string, TokenRow>();
  private readAt = 0;
  private stamp = '';

  constructor(readonly path: string) {}

  list(): readonly TokenRow[] {
    this.refresh(0);
    return this.rows;
  }

  scopeOf(token: string): Scope | undefined {
    this.refresh(FRESH_MS);
    return this.byHash.get(hashOf(token))?.scope;
  }

  /** Creates a token and returns it; it cannot be read again later. */
  async add(name: string, scope: Scope): Promise<string> {
    if (this.list().some((row) => row.name === name))
      throw new UserError('FileUnwritable', `There is a token "${name}" already. Choose another name, or remove it.`);
    const token = PREFIX + randomBytes(32).toString('base64url');
    await this.write([...this.rows, { name, scope, sha256: hashOf(token), added: Date.now() }]);
    return token;
  }

  /** False if there is no token with this name. */
  async remove(name: string): Promise<boolean> {
    const left = this.list().filter((row) => row.name !== name);
    if (left.length === this.rows.length) return false;
    await this.write(left);
    return true;
  }

  private async write(tokens: readonly TokenRow[]): Promise<void> {
    makeFolder(dirname(this.path));
    await writeNewFile(this.path, `${JSON.stringify({ tokens }, null, 2)}\n`);
    chmodSync(this.path, 0o600);
    this.refresh(0);
  }

  private refresh(freshMs: number): void {
    if (Date.now() - this.readAt < freshMs) return;
    this.readAt = Date.now();
    const stamp = stampOf(this.path);
    if (stamp === this.stamp) return;
    this.rows = stamp === '' ? [] : rowsIn(this.path);
    this.byHash = new Map(this.rows.map((row) => [row.sha256, row]));
    this.stamp = stamp;
  }
}

function stampOf(path: string): string {
  try {
    const about = statSync(path);
    if (!about.isFile()) throw foreign(path);
    return `${about.mtimeMs} ${about.size} ${about.ino}`;
  } catch (error) {
    if (error instanceof UserError) throw error;
    return '';
  }
}

const foreign = (path: string) =>
  new UserError(
    'FileDamaged',
    `${path} is not a file of tokens. Name another one, or delete it and add the tokens again.`,
  );

function rowsIn(path: string): TokenRow[] {
  let read: { tokens?: unknown };
  try {
    read = JSON.parse(readSmallFile(path));
  } catch {
    throw foreign(path);
  }
  if (!Array.isArray(read?.tokens) || !read.tokens.every(isRow)) throw foreign(path);
  return read.tokens;
}

const isRow = (value: unknown): value is TokenRow => {
  const row = value as Partial<TokenRow> | null;
  return (
    typeof row?.name === 'string' && SCOPES.includes(row.scope as Scope) && /^[0-9a-f]{64}$/.test(row.sha256 ?? '')
  );
};

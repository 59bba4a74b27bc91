/**
 * A backup is one file: a line that says what it is, what is not in a bundle (sessions, settings, and what the library keeps beside the
 * prints) as JSON, and a bundle of all songs. Nothing in it is believed before its checksum is right.
 */
import type { Session, Strip } from '../../../engine/api.ts';
import { UserError } from '../../../errors.ts';

const FIRST_LINE = /^entendu-backup 1 (\d{1,10}) ([0-9a-f]{64})\n/;
const LONGEST_LINE = 120;
const MOST_BYTES = 2 ** 30;

export interface BackupContents {
  /** Milliseconds since 1970. */
  made: number;
  /** What the browser's local storage holds, by name. */
  settings: Record<string, string>;
  tracks: { contentId: string; added: number; enabled: boolean }[];
  sessions: { session: Session; strip?: PackedStrip }[];
}

/** A strip with its bytes in base64. */
export type PackedStrip = Omit<Strip, 'levels' | 'rows'> & { levels: string; rows: string };

export interface Backup extends BackupContents {
  bundle: Blob;
}

const damaged = () => new UserError('BundleDamaged', 'The backup is damaged. Choose another one.');

export async function headOf(contents: BackupContents): Promise<Uint8Array<ArrayBuffer>> {
  const text = new TextEncoder().encode(JSON.stringify(contents));
  const line = new TextEncoder().encode(`entendu-backup 1 ${text.length} ${await checksumOf(text)}\n`);
  const head = new Uint8Array(line.length + text.length);
  head.set(line);
  head.set(text, line.length);
  return head;
}

export async function readBackup(file: Blob): Promise<Backup> {
  const [line, length, checksum] = FIRST_LINE.exec(await file.slice(0, LONGEST_LINE).text()) ?? [];
  if (!line) throw new UserError('BackupForeign', 'This is not a backup of Entendu.');
  const end = line.length + Number(length);
  if (Number(length) > MOST_BYTES || end > file.size) throw damaged();
  const text = new Uint8Array(await file.slice(line.length, end).arrayBuffer());
  if ((await checksumOf(text)) !== checksum) throw damaged();
  const contents = JSON.parse(new TextDecoder().decode(text)) as BackupContents;
  return { ...contents, bundle: file.slice(end) };
}

async function checksumOf(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

export const packStrip = ({ levels, rows, ...rest }: Strip): PackedStrip => ({
  ...rest,
  levels: base64Of(levels),
  rows: base64Of(rows),
});

export const unpackStrip = ({ levels, rows, ...rest }: PackedStrip): Strip => ({
  ...rest,
  levels: bytesOf(levels),
  rows: bytesOf(rows),
});

function base64Of(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}

const bytesOf = (text: string) => Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));

/**
 * A backup is one file: a line that says what it is, what is not in a bundle (settings, and what the library keeps beside the prints) as
 * JSON, and a bundle of all songs, lyrics and sessions. Nothing in it is used before its checksum has been verified.
 */
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
}

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

/** The manifest of a published catalogue: which pieces it has. Three lines of text, specified in `library/FORMAT.md`. */
import { UserError } from '../errors.ts';
import { cleaned } from '../library/bundle/tracks-section.ts';
import { type Signer, signatureOf, verified } from './signature.ts';

export const MANIFEST_NAME = 'catalogue.txt';
const FIRST_LINE = 'entendu catalogue 1';
const FIRST_WORDS = /^entendu catalogue (\d{1,9})$/;

/** Limits of a reader. */
export const MOST_MANIFEST_BYTES = 2 ** 22;
const MOST_PIECE_BYTES = 2 ** 25;
const MOST_PIECES = 50_000;
const MOST_TRACKS = 2 ** 24;

/** A bundle of some tracks, in a file named after its bytes. */
export interface CataloguePiece {
  sha256: string;
  bytes: number;
  tracks: number;
  /** Content ids of tracks in it that no longer belong to the catalogue. */
  without?: string[];
}

export interface Manifest {
  name: string;
  /** Rises with every change: usually the time of publication, in seconds since 1970. */
  version: number;
  /** FORMAT of the prints. */
  kernel: number;
  tracks: number;
  seconds: number;
  pieces: CataloguePiece[];
}

export interface SignedManifest extends Manifest {
  /** The public key whose signature was verified, in hex. */
  key?: string;
}

const damaged = (why: string, cause?: unknown) =>
  new UserError('CatalogueDamaged', `The catalogue is damaged: ${why}. Nothing of it was taken.`, { cause });

export async function writeManifest(manifest: Manifest, signer?: Signer): Promise<string> {
  const text = `${FIRST_LINE}\n${JSON.stringify(manifest)}\n`;
  return signer ? `${text}${await signatureOf(text, signer)}\n` : text;
}

/** Reads a manifest and checks everything in it, also the signature if there is one. */
export async function readManifest(bytes: Uint8Array): Promise<SignedManifest> {
  const lines = textOf(bytes).split('\n');
  const [, version] = FIRST_WORDS.exec(lines[0]) ?? [];
  if (!version) throw new UserError('CatalogueForeign', 'There is no catalogue of Entendu at this address.');
  if (version !== '1') {
    throw new UserError('CatalogueNewer', 'A newer version of Entendu made this catalogue. Update Entendu to read it.');
  }
  if (lines.length < 3 || lines.length > 4 || lines.at(-1) !== '') throw damaged('its list is incomplete');
  const key = lines.length === 4 ? await verified(`${lines[0]}\n${lines[1]}\n`, lines[2]) : undefined;
  return { ...checkedManifest(parsed(lines[1])), ...(key && { key }) };
}

function textOf(bytes: Uint8Array): string {
  if (bytes.length > MOST_MANIFEST_BYTES) throw damaged('its list is too long');
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    throw new UserError('CatalogueForeign', 'There is no catalogue of Entendu at this address.', { cause: error });
  }
}

function parsed(line: string): Record<string, unknown> {
  try {
    return Object(JSON.parse(line));
  } catch (error) {
    throw damaged('its list cannot be read', error);
  }
}

const isCount = (value: unknown, most = Number.MAX_SAFE_INTEGER): value is number =>
  Number.isSafeInteger(value) && Number(value) >= 0 && Number(value) <= most;
const isName = (value: unknown, pattern: RegExp): value is string => typeof value === 'string' && pattern.test(value);

function checkedManifest({ name, version, kernel, tracks, seconds, pieces }: Record<string, unknown>): Manifest {
  const isSane =
    typeof name === 'string' &&
    isCount(version) &&
    isCount(kernel, 2 ** 16) &&
    isCount(tracks, MOST_TRACKS) &&
    Number.isFinite(seconds) &&
    Number(seconds) >= 0 &&
    Array.isArray(pieces) &&
    pieces.length <= MOST_PIECES;
  if (!isSane) throw damaged('its list is invalid');
  const checked = pieces.map(checkedPiece);
  if (new Set(checked.map(({ sha256 }) => sha256)).size < checked.length) throw damaged('its list names a piece twice');
  const counted = checked.reduce((sum, piece) => sum + piece.tracks - (piece.without?.length ?? 0), 0);
  if (counted !== tracks) throw damaged('its pieces do not have the tracks that it claims');
  return { name: cleaned(name), version, kernel, tracks, seconds: Number(seconds), pieces: checked };
}

function checkedPiece(value: unknown): CataloguePiece {
  const { sha256, bytes, tracks, without } = Object(value) as Record<string, unknown>;
  const isSane =
    isName(sha256, /^[0-9a-f]{64}$/) &&
    isCount(bytes, MOST_PIECE_BYTES) &&
    isCount(tracks, bytes) &&
    (without === undefined ||
      (Array.isArray(without) && without.length <= tracks && without.every((id) => isName(id, /^[0-9a-f]{32,128}$/))));
  if (!isSane) throw damaged('its list of pieces is invalid');
  return { sha256, bytes, tracks, ...(without !== undefined && { without: without as string[] }) };
}

/** The address of the manifest; for the address of a folder, the manifest in it. */
export function manifestAddress(typed: string): string {
  const address = new URL(typed);
  address.hash = '';
  if (!address.pathname.endsWith('.txt')) {
    address.pathname = `${address.pathname.replace(/\/$/, '')}/${MANIFEST_NAME}`;
  }
  return address.href;
}

/** Below the folder of the manifest. */
export const piecePath = (sha256: string) => `pieces/${sha256}.bin`;
export const pieceAddress = (manifest: string, sha256: string) => new URL(piecePath(sha256), manifest).href;

export async function sha256Of(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return hexOf(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)));
}

const hexOf = (bytes: Uint8Array) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

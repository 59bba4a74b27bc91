/** Signatures of manifests: `ed25519`, the public key and the signature in hex. */
import { UserError } from '../errors.ts';

export interface Signer {
  privateKey: CryptoKey;
  /** In hex. */
  publicKey: string;
}

const ALGORITHM = 'Ed25519';
const LINE = /^ed25519 ([0-9a-f]{64}) ([0-9a-f]{128})$/;

export async function signatureOf(text: string, { privateKey, publicKey }: Signer): Promise<string> {
  const signature = await crypto.subtle.sign(ALGORITHM, privateKey, new TextEncoder().encode(text));
  return `ed25519 ${publicKey} ${hexOf(new Uint8Array(signature))}`;
}

/** The public key in hex, if it signed the text. */
export async function verified(text: string, line: string): Promise<string> {
  const [, publicKey, signature] = LINE.exec(line) ?? [];
  if (!publicKey) throw wrong();
  const key = await crypto.subtle.importKey('raw', bytesOf(publicKey), ALGORITHM, false, ['verify']).catch((cause) => {
    throw isUnknown(cause) ? unable(cause) : wrong(cause);
  });
  const isRight = await crypto.subtle.verify(ALGORITHM, key, bytesOf(signature), new TextEncoder().encode(text));
  if (!isRight) throw wrong();
  return publicKey;
}

/** The first digits tell keys apart well enough for people. */
export const shownKey = (publicKey: string) => (publicKey.slice(0, 16).match(/.{4}/g) ?? []).join(' ');

const isUnknown = (error: unknown) => (error as Error).name === 'NotSupportedError';
const unable = (cause: unknown) =>
  new UserError(
    'CatalogueUnchecked',
    'The catalogue is signed, but this browser cannot check the signature. Update the browser.',
    { cause },
  );
const wrong = (cause?: unknown) =>
  new UserError('CatalogueDamaged', 'The catalogue is damaged: its signature is wrong. Nothing of it was taken.', {
    cause,
  });

const bytesOf = (hex: string) => Uint8Array.from(hex.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));
const hexOf = (bytes: Uint8Array) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

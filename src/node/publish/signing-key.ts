/** The key that signs catalogues: a file in PEM (PKCS #8), which only its owner can read. */
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import type { Signer } from '../../catalogue/signature.ts';
import { UserError } from '../../errors.ts';
import { readSmallFile } from '../system/small-file.ts';
import { isFromSystem, writingRefused } from '../system/system-error.ts';

/** Makes a key and returns its public part, in hex. An existing file is never replaced. */
export async function makeSigningKey(path: string): Promise<string> {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  try {
    await writeFile(path, privateKey.export({ type: 'pkcs8', format: 'pem' }), { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if (!isFromSystem(error)) throw error;
    const why = error.code === 'EEXIST' ? 'it exists already. A key is never replaced.' : writingRefused(error, path);
    throw new UserError('FileUnwritable', `"${path}": ${why}`, { cause: error });
  }
  return rawHex(publicKey);
}

export async function readSigningKey(path: string): Promise<Signer> {
  const text = readSmallFile(path);
  let key: KeyObject;
  try {
    key = createPrivateKey(text);
  } catch (error) {
    throw notAKey(path, error);
  }
  if (key.asymmetricKeyType !== 'ed25519') throw notAKey(path);
  const pkcs8 = new Uint8Array(key.export({ type: 'pkcs8', format: 'der' }));
  const privateKey = await crypto.subtle.importKey('pkcs8', pkcs8, 'Ed25519', false, ['sign']);
  return { privateKey, publicKey: rawHex(createPublicKey(key)) };
}

const notAKey = (path: string, cause?: unknown) =>
  new UserError('FileDamaged', `"${path}" holds no Ed25519 key. Make one: entendu key FILE`, { cause });

const rawHex = (key: KeyObject) => Buffer.from(key.export({ format: 'jwk' }).x ?? '', 'base64url').toString('hex');

/**
 * On Unix, file names are bytes and not always UTF-8. Other bytes are stored in our strings as lone surrogates, U+DC80 to U+DCFF (as
 * in Python, PEP 383), and converted back when the file is opened.
 */
const LONE = /[\udc80-\udcff]/u;

/** Converts a name from `readdir` with `encoding: 'buffer'`. */
export function nameFromBytes(bytes: Buffer): string {
  const name = decoded(bytes);
  if (name !== undefined) return name;
  let text = '';
  for (let at = 0; at < bytes.length; ) {
    const length = sequenceLength(bytes[at]);
    const character = decoded(bytes.subarray(at, at + length));
    text += character ?? String.fromCharCode(0xdc00 + bytes[at]);
    at += character === undefined ? 1 : length;
  }
  return text;
}

/** The path to open. */
export function systemPath(path: string): string | Buffer {
  if (process.platform === 'win32' || !LONE.test(path)) return path;
  // Iteration is by code points, so a lone surrogate is one of ours.
  const parts = Array.from(path, (character) =>
    LONE.test(character) ? Buffer.of(character.charCodeAt(0) - 0xdc00) : Buffer.from(character),
  );
  return Buffer.concat(parts);
}

/** The name for display and for the library: an invalid byte becomes U+FFFD. */
export const shownName = (name: string): string => name.replace(/\p{Surrogate}/gu, '\ufffd');

function decoded(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Length of a UTF-8 character by its first byte. */
function sequenceLength(first: number): number {
  if (first < 0xc0) return 1;
  if (first < 0xe0) return 2;
  return first < 0xf0 ? 3 : 4;
}

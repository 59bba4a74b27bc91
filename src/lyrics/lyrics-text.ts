/**
 * The text of a file with lyrics, whatever its encoding. Without a mark at its beginning it is UTF-8 if it can be; otherwise the
 * encoding is guessed among those that such files usually have.
 */
import { UserError } from '../errors.ts';

/** A whole novel may be larger, lyrics never are. */
const MOST_BYTES = 256 * 1024;
/** A text counts as Chinese if at least this share of its bytes above 127 comes in pairs. */
const PAIRED = 0.9;

export const isLyricsName = (name: string): boolean => /\.lrc$/i.test(name);

export function lyricsTextOf(bytes: Uint8Array): string {
  if (bytes.length > MOST_BYTES) throw foreign();
  const text = decoded(bytes).replaceAll('\r\n', '\n').trim();
  // No text contains control characters other than tabs and line ends.
  if (!text || /(?![\t\n\v\f\r\x85])\p{Cc}|\ufffd/u.test(text)) throw foreign();
  return text;
}

const foreign = () =>
  new UserError(
    'LyricsForeign',
    'This file holds no lyrics, or it is damaged. Lyrics are plain text, such as a .lrc file.',
  );

function decoded(bytes: Uint8Array): string {
  const [first, second, third] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  const isMarked = first === 0xef && second === 0xbb && third === 0xbf;
  const utf8 = attempt('utf-8', bytes);
  if (utf8 !== undefined || isMarked) return utf8 ?? '';
  const chinese = isPaired(bytes) ? attempt('gb18030', bytes) : undefined;
  if (chinese !== undefined) return chinese;
  const japanese = attempt('shift_jis', bytes);
  if (japanese !== undefined && /[\u3040-\u30ff]{2}/.test(japanese)) return japanese;
  return new TextDecoder('windows-1252').decode(bytes);
}

function attempt(encoding: string, bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** In Chinese encodings the bytes above 127 come two by two and are usually above 160; in western ones they usually come alone. */
function isPaired(bytes: Uint8Array): boolean {
  let high = 0;
  let paired = 0;
  for (let from = 0; from < bytes.length; ) {
    let to = from;
    while (to < bytes.length && bytes[to] > 127) to++;
    high += to - from;
    if ((to - from) % 2 === 0) paired += bytes.subarray(from, to).filter((byte) => byte > 160).length;
    from = to + 1;
  }
  return high > 0 && paired >= PAIRED * high;
}

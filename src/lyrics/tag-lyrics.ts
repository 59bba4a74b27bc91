/** Lyrics from the tags of a file. In: what mediabunny reads. Out: text, LRC where the tags have times. */
import type { MetadataTags } from 'mediabunny';
import { parseLyrics } from './parse-lyrics.ts';

type LyricsTags = Pick<MetadataTags, 'lyrics' | 'raw'>;

/** Names of lyrics among Vorbis comments and user-defined texts of ID3, in capitals. */
const NAMES = /^(SYNCEDLYRICS|LYRICS(-\w+)?|UN ?SYNCED ?LYRICS)$/;
const LONGEST_TEXT = 2 ** 16;

/** Lyrics with times are preferred. */
export function lyricsOfTags({ lyrics, raw = {} }: LyricsTags): string | undefined {
  const texts = [synchronised(raw.SYLT), ...namedIn(raw), ...namedIn(raw.TXXX), lyrics];
  const found = texts.flatMap((text) => (text?.trim() ? text.slice(0, LONGEST_TEXT).replaceAll('\0', '').trim() : []));
  return found.find((text) => parseLyrics(text).isTimed) ?? found[0];
}

function namedIn(values: unknown): string[] {
  if (typeof values !== 'object' || values === null || ArrayBuffer.isView(values)) return [];
  return Object.entries(values).flatMap(([name, value]) => {
    if (!NAMES.test(name.toUpperCase())) return [];
    return (Array.isArray(value) ? value : [value]).filter((text): text is string => typeof text === 'string');
  });
}

const UTF16_MARKED = 1;
const UTF16_BIG = 2;
const MILLISECONDS = 2;
const LYRICS = 1;

/**
 * ID3's frame SYLT: u8 encoding, language (3), u8 unit of the times, u8 kind, description, then for each line or syllable a text that
 * ends with zero and a u32 time, big-endian. A line break at the beginning of a text begins a new line.
 */
function synchronised(frame: unknown): string | undefined {
  if (!(frame instanceof Uint8Array) || frame.length < 8) return undefined;
  const encoding = frame[0];
  if (frame[4] !== MILLISECONDS || frame[5] !== LYRICS) return undefined;
  let at = endOfText(frame, 6, encoding);
  const parts: { ms: number; text: string }[] = [];
  const view = new DataView(frame.buffer, frame.byteOffset, frame.length);
  while (at < frame.length) {
    const end = endOfText(frame, at, encoding);
    if (end + 4 > frame.length) break;
    parts.push({ ms: view.getUint32(end), text: textIn(frame.subarray(at, end), encoding) });
    at = end + 4;
  }
  const hasBreaks = parts.some(({ text }) => text.startsWith('\n'));
  // Without breaks, each text is a line of its own.
  const lines = parts.map(({ ms, text }, i) =>
    hasBreaks && i > 0 && !text.startsWith('\n') ? `<${stamp(ms)}>${text}` : `\n[${stamp(ms)}]${text.trim()}`,
  );
  return lines.join('').trim() || undefined;
}

const isWide = (encoding: number) => encoding === UTF16_MARKED || encoding === UTF16_BIG;

/** Where the text that begins at `from` ends, its zero included. */
function endOfText(bytes: Uint8Array, from: number, encoding: number): number {
  const step = isWide(encoding) ? 2 : 1;
  for (let at = from; at + step <= bytes.length; at += step)
    if (bytes[at] === 0 && (step === 1 || bytes[at + 1] === 0)) return at + step;
  return bytes.length;
}

function textIn(bytes: Uint8Array, encoding: number): string {
  const isBig = encoding === UTF16_BIG || (encoding === UTF16_MARKED && bytes[0] === 0xfe && bytes[1] === 0xff);
  const name = isWide(encoding) ? (isBig ? 'utf-16be' : 'utf-16le') : encoding === 3 ? 'utf-8' : 'latin1';
  return new TextDecoder(name).decode(bytes).replaceAll('\0', '');
}

function stamp(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  return `${String(minutes).padStart(2, '0')}:${((ms % 60_000) / 1000).toFixed(3).padStart(6, '0')}`;
}

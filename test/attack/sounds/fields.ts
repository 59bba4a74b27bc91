/** Where the numbers of a sound file lie: lengths, counts, rates. They are what a decoder believes. */

export interface Field {
  at: number;
  /** Bytes. */
  size: 1 | 2 | 4 | 8;
  little: boolean;
}

type Fields = (bytes: Uint8Array, view: DataView) => Generator<Field>;

/** Fields beyond these are more of the same. */
const MOST_FIELDS = 3000;
/** Of a part whose inside is not known, so many bytes are looked at. */
const INSIDE = 64;

/** By the extension of a fixture's name. Nothing for a kind that is not known. */
export function fieldsOf(name: string, bytes: Uint8Array): Field[] {
  const kind = kinds[name.slice(name.lastIndexOf('.') + 1)];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const found: Field[] = [];
  for (const field of kind?.(bytes, view) ?? []) {
    if (field.at >= 0 && field.at + field.size <= bytes.length) found.push(field);
    if (found.length >= MOST_FIELDS) break;
  }
  return found;
}

const nameAt = (bytes: Uint8Array, at: number) => String.fromCharCode(...bytes.subarray(at, at + 4));

/** Each byte, and each number of two and four, in a stretch. */
function* inside(from: number, length: number, little: boolean): Generator<Field> {
  for (let at = from; at < from + length; at++) {
    yield { at, size: 1, little };
    if (at % 2 === 0) yield { at, size: 2, little };
    if (at % 2 === 0) yield { at, size: 4, little };
  }
}

function chunks(little: boolean): Fields {
  return function* (bytes, view) {
    yield { at: 4, size: 4, little };
    for (let at = 12; at + 8 <= bytes.length; ) {
      const length = view.getUint32(at + 4, little);
      yield { at: at + 4, size: 4, little };
      if (!['data', 'SSND'].includes(nameAt(bytes, at))) yield* inside(at + 8, Math.min(length, INSIDE), little);
      else yield* inside(at + 8, little ? 0 : 8, little);
      at += 8 + length + (length % 2);
    }
  };
}

const CONTAINERS = 'moov trak mdia minf stbl udta ilst edts dinf moof traf mvex sinf schi stsd mp4a';
/** Bytes before the boxes inside. */
const BEFORE: Record<string, number> = { stsd: 8, mp4a: 28 };

function* boxes(bytes: Uint8Array, view: DataView, from = 0, end = bytes.length): Generator<Field> {
  for (let at = from; at + 8 <= end; ) {
    const length = Math.max(8, view.getUint32(at));
    const name = nameAt(bytes, at + 4);
    yield { at, size: 4, little: false };
    if (CONTAINERS.includes(name)) yield* boxes(bytes, view, at + 8 + (BEFORE[name] ?? 0), Math.min(end, at + length));
    else if (name !== 'mdat') yield* inside(at + 8, Math.min(length - 8, INSIDE), false);
    at += length;
  }
}

/** EBML: an id and a length, both of as many bytes as the zeros before their first one tell. */
function* elements(bytes: Uint8Array): Generator<Field> {
  const widthAt = (at: number) => Math.clz32(bytes[at] || 1) - 23;
  const MASTERS = [0x1a, 0x18, 0x15, 0x16, 0xae, 0xe1, 0x1f, 0xa0];
  for (let at = 0; at + 2 < Math.min(bytes.length, 20_000); ) {
    const lengthAt = at + widthAt(at);
    const width = widthAt(lengthAt);
    let length = bytes[lengthAt] & (0xff >> width);
    for (let i = 1; i < width; i++) length = length * 256 + bytes[lengthAt + i];
    yield* inside(lengthAt, width, false);
    if (MASTERS.includes(bytes[at])) {
      at = lengthAt + width;
      continue;
    }
    yield* inside(lengthAt + width, Math.min(length, 16), false);
    at = lengthAt + width + length;
  }
}

function* oggPages(bytes: Uint8Array): Generator<Field> {
  let page = 0;
  for (let at = 0; nameAt(bytes, at) === 'OggS'; page++) {
    yield { at: at + 4, size: 1, little: true };
    yield { at: at + 5, size: 1, little: true };
    yield { at: at + 6, size: 8, little: true };
    yield { at: at + 14, size: 4, little: true };
    yield { at: at + 18, size: 4, little: true };
    yield { at: at + 26, size: 1, little: true };
    const segments = bytes[at + 26];
    const start = at + 27 + segments;
    const length = bytes.subarray(at + 27, start).reduce((sum, lace) => sum + lace, 0);
    yield* inside(at + 27, Math.min(segments, 8), true);
    if (page < 2) yield* inside(start, Math.min(length, INSIDE), true);
    at = start + length;
  }
}

function* flacBlocks(bytes: Uint8Array, view: DataView): Generator<Field> {
  for (let at = 4, isLast = false; !isLast && at + 4 < bytes.length; ) {
    isLast = bytes[at] >= 0x80;
    const length = view.getUint32(at) & 0xff_ffff;
    yield* inside(at, 4 + Math.min(length, INSIDE), false);
    at += 4 + length;
    if (isLast) yield* inside(at, 16, false); // the first frame
  }
}

function* mpegFrames(bytes: Uint8Array, view: DataView): Generator<Field> {
  let at = 0;
  if (nameAt(bytes, 0).startsWith('ID3')) {
    yield* inside(3, 7, false);
    const size = [6, 7, 8, 9].reduce((sum, i) => sum * 128 + (bytes[i] & 127), 0);
    for (at = 10; at < 10 + size && bytes[at] > 0; ) {
      yield* inside(at + 4, 14, false);
      at += 10 + view.getUint32(at + 4);
    }
    at = 10 + size;
  }
  yield* inside(at, 4, false);
  yield* inside(at + 4, 200, false); // side information, and what Xing and LAME tell
  for (let more = at + 300; more < Math.min(bytes.length, at + 8000); more++)
    if (bytes[more] === 0xff && bytes[more + 1] >= 0xe0) yield* inside(more, 4, false);
}

function* adtsFrames(bytes: Uint8Array): Generator<Field> {
  for (let at = 0; at + 7 < bytes.length; ) {
    yield* inside(at, 7, false);
    at += Math.max(7, ((bytes[at + 3] & 3) << 11) | (bytes[at + 4] << 3) | (bytes[at + 5] >> 5));
  }
}

function* transportPackets(bytes: Uint8Array): Generator<Field> {
  for (let at = 0; at + 188 <= bytes.length; at += 188) yield* inside(at, 24, false);
}

const kinds: Record<string, Fields> = {
  wav: chunks(true),
  aiff: chunks(false),
  m4a: boxes,
  mp4: boxes,
  mov: boxes,
  webm: elements,
  mkv: elements,
  ogg: oggPages,
  opus: oggPages,
  flac: flacBlocks,
  mp3: mpegFrames,
  aac: adtsFrames,
  mpegts: transportPackets,
};

/** Writes an ID3 tag, version 2.3. Each text begins with the byte that names its encoding; see id3.org. */
export function id3(frames: Record<string, string>): Uint8Array<ArrayBuffer> {
  const parts = Object.entries(frames).map(([name, text]) => {
    const content = new TextEncoder().encode(text);
    return [...new TextEncoder().encode(name), ...bigEndian(content.length, 8), 0, 0, ...content];
  });
  const body = parts.flat();
  return Uint8Array.from([...new TextEncoder().encode('ID3'), 3, 0, 0, ...bigEndian(body.length, 7), ...body]);
}

/** Four bytes, of which the lowest `bits` bits count: lengths of tags have seven. */
const bigEndian = (length: number, bits: number) =>
  [3, 2, 1, 0].map((place) => (length >> (place * bits)) & (2 ** bits - 1));

/** Makes the checksums of Ogg pages right again: CRC-32 with 0x04c11db7, not reflected, over the page with a checksum of 0. */
const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let state = byte << 24;
  for (let bit = 0; bit < 8; bit++) state = (state << 1) ^ (state < 0 ? 0x04c11db7 : 0);
  return state;
});

export function signPages(bytes: Uint8Array): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let at = 0; at + 27 <= bytes.length && view.getUint32(at) === 0x4f676753; ) {
    const start = at + 27 + bytes[at + 26];
    const end = bytes.subarray(at + 27, start).reduce((sum, lace) => sum + lace, start);
    view.setUint32(at + 22, 0);
    let state = 0;
    for (const byte of bytes.subarray(at, end)) state = (state << 8) ^ table[(state >>> 24) ^ byte];
    view.setUint32(at + 22, state, true);
    at = end;
  }
  return bytes;
}

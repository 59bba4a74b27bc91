/** Tells MPEG transport streams (`.ts`, `.mts`) from TypeScript programs, which have the same extensions. */
import { type FileBytes, readBytes } from '../file-bytes.ts';

const SYNC = 0x47;

/** Bytes from one packet to the next: plain, with the time before each (cameras, discs), with a checksum after each. */
const PACKET_BYTES = [188, 192, 204];
const LONGEST_PACKET = 204;

/** Every packet begins with the sync byte; so many in a row are no coincidence. */
const PACKETS = 5;

/** A recording may begin within a packet. */
export async function isTransportStream(file: FileBytes): Promise<boolean> {
  const bytes = await readBytes(file, 0, (PACKETS + 1) * LONGEST_PACKET);
  const begins = Array.from({ length: LONGEST_PACKET }, (_, start) => start);
  return PACKET_BYTES.some((step) =>
    begins.some((start) =>
      Array.from({ length: PACKETS }, (_, i) => start + i * step).every((at) => bytes[at] === SYNC),
    ),
  );
}

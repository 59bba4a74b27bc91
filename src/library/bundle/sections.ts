/** The container format of bundles: magic bytes, version, and sections with checksums. Specified in `FORMAT.md`. */
import { UserError } from '../../errors.ts';
import { checksum } from '../shelf/checksum.ts';
import type { Row } from '../shelf/shelf.ts';
import { BUNDLE_MAGIC as MAGIC } from './magic.ts';

/** Version 2 carries lyrics or a backup's sessions as well; a bundle without them is of version 1, which older readers open. */
export const BUNDLE_VERSION = 2;
export const PLAIN_VERSION = 1;
export const START_BYTES = MAGIC.length + 4;

/** Maximum payload of each section in bytes. Longer payloads are rejected before memory is allocated. */
const LIMITS: Record<string, number> = {
  HEAD: 2 ** 16,
  LIST: 2 ** 22,
  PRNT: 2 ** 24,
  COVR: 2 ** 22,
  LYRC: 2 ** 20,
  SESS: 2 ** 24,
  STRP: 2 ** 18,
  REFU: 2 ** 18,
  END: 0,
};
/** Tracks per `LIST` section. */
export const LISTED_AT_ONCE = 256;
const FRAME_BYTES = 8;
const CHECKSUM_BYTES = 4;

export const damaged = (why: string) => new UserError('BundleDamaged', `This bundle is damaged: ${why}.`);

export function startBytes(version = PLAIN_VERSION): Uint8Array {
  const bytes = new Uint8Array(START_BYTES);
  bytes.set(MAGIC);
  new DataView(bytes.buffer).setUint32(MAGIC.length, version, true);
  return bytes;
}

export function checkStart(bytes: Uint8Array): void {
  if (!MAGIC.every((byte, i) => bytes[i] === byte)) {
    throw new UserError('BundleForeign', 'This is not a bundle of Entendu.');
  }
  if (bytes.length < START_BYTES) throw damaged('it is incomplete');
  const version = new DataView(bytes.buffer, bytes.byteOffset).getUint32(MAGIC.length, true);
  if (version > BUNDLE_VERSION) {
    throw new UserError('BundleNewer', 'A newer version of Entendu made this bundle. Update Entendu to open it.');
  }
  if (version < 1) throw damaged('it has no version');
}

/** u32 tag | u32 length | payload | u32 checksum of all of these. A tag of three letters is padded with a space. */
export function section(tag: string, payload: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(FRAME_BYTES + payload.length + CHECKSUM_BYTES);
  const view = new DataView(bytes.buffer);
  bytes.set(new TextEncoder().encode(tag.padEnd(4)));
  view.setUint32(4, payload.length, true);
  bytes.set(payload, FRAME_BYTES);
  const end = FRAME_BYTES + payload.length;
  view.setUint32(end, checksum(bytes.subarray(0, end)), true);
  return bytes;
}

export const json = (value: object) => new TextEncoder().encode(JSON.stringify(value));

/** Reads a file sequentially. */
export class BundleReader {
  private static readonly STRETCH_BYTES = 2 ** 20;
  private stretch = new Uint8Array(0);
  private at = 0;
  private next = 0;

  constructor(private readonly file: Blob) {}

  get left(): number {
    return this.file.size - this.next + this.stretch.length - this.at;
  }

  /** The next bytes; fewer than requested at the end of the file. */
  async take(length: number): Promise<Row> {
    if (this.stretch.length - this.at < length) await this.readOn(length);
    const bytes = this.stretch.slice(this.at, this.at + length);
    this.at += bytes.length;
    return bytes;
  }

  /** The payload of the next section, whose tag must be one of these. */
  async section(...tags: string[]): Promise<{ tag: string; payload: Uint8Array }> {
    const { tag, frame, length } = await this.frame(tags);
    const rest = await this.take(length + CHECKSUM_BYTES);
    const whole = new Uint8Array(FRAME_BYTES + length);
    whole.set(frame);
    whole.set(rest.subarray(0, length), FRAME_BYTES);
    if (checksum(whole) !== new DataView(rest.buffer).getUint32(length, true))
      throw damaged('a checksum does not match');
    return { tag, payload: rest.subarray(0, length) };
  }

  /** Skips the next section without reading its payload. */
  async skip(tag: string): Promise<void> {
    const { length } = await this.frame([tag]);
    const end = this.at + length + CHECKSUM_BYTES;
    const beyond = Math.max(0, end - this.stretch.length);
    this.at = end - beyond;
    if (beyond === 0) return;
    this.stretch = new Uint8Array(0);
    this.at = 0;
    this.next += beyond;
  }

  private async frame(tags: string[]): Promise<{ tag: string; frame: Row; length: number }> {
    const frame = await this.take(FRAME_BYTES);
    if (frame.length < FRAME_BYTES) throw damaged('it is incomplete');
    const tag = String.fromCharCode(...frame.subarray(0, 4)).trimEnd();
    const length = new DataView(frame.buffer).getUint32(4, true);
    if (!tags.includes(tag)) throw damaged(`its section ${tags.join(' or ')} is missing`);
    if (length > LIMITS[tag]) throw damaged(`a section of it is too long (${length} bytes)`);
    if (length + CHECKSUM_BYTES > this.left) throw damaged('it is incomplete');
    return { tag, frame, length };
  }

  async json(tag: string): Promise<unknown> {
    const { payload } = await this.section(tag);
    try {
      return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(payload));
    } catch (error) {
      throw new UserError('BundleDamaged', 'This bundle is damaged: its list cannot be read.', { cause: error });
    }
  }

  private async readOn(length: number): Promise<void> {
    const kept = this.stretch.subarray(this.at);
    const end = Math.min(this.file.size, this.next + Math.max(BundleReader.STRETCH_BYTES, length));
    let bytes: ArrayBuffer;
    try {
      bytes = await this.file.slice(this.next, end).arrayBuffer();
    } catch (error) {
      throw new UserError('FileUnreadable', 'The file can no longer be read. Was it moved or changed?', {
        cause: error,
      });
    }
    this.next = end;
    this.stretch = new Uint8Array(kept.length + bytes.byteLength);
    this.stretch.set(kept);
    this.stretch.set(new Uint8Array(bytes), kept.length);
    this.at = 0;
  }
}

/**
 * Copies of segments in files of the origin private file system: reading a page takes about 60 us from IndexedDB and 3 us from a
 * file. This is only a cache: nothing depends on it, and each page's checksum is checked when it is read.
 *
 *     u32 checksum of the segment's row | u32 0 | its pages, one after the other
 */
import { checksum } from '../../shelf/checksum.ts';
import type { Row } from '../../shelf/shelf.ts';
import { packSegment, type Segment } from '../segment.ts';

/** Pages copied per read. */
const COPIED_AT_ONCE = 64;
const HEADER_BYTES = 8;
/** A smaller index is not copied: it is soon in the page cache anyway. */
const LEAST_BYTES = 2 ** 24;

/** The part of `FileSystemSyncAccessHandle` used here. */
interface OpenFile {
  read(into: Uint8Array, options: { at: number }): number;
  write(from: Uint8Array, options: { at: number }): number;
  truncate(bytes: number): void;
  flush(): void;
  close(): void;
}

/** The part of `FileSystemFileHandle` used here. */
interface FileHandle {
  createSyncAccessHandle(options?: { mode: string }): Promise<OpenFile>;
}

/** The part of `FileSystemDirectoryHandle` used here. */
export interface Folder {
  getFileHandle(name: string, options: { create: boolean }): Promise<FileHandle>;
  removeEntry(name: string): Promise<void>;
  keys(): AsyncIterable<string>;
}

interface SegmentCopy {
  file: OpenFile;
  /** Offset of each page in the file. */
  offsets: Float64Array;
}

/** The mirror of a library; undefined where the browser has no private file system. Only works within a worker. */
export async function openMirror(library: string): Promise<Mirror | undefined> {
  try {
    const root = await navigator.storage.getDirectory();
    const folder = await root.getDirectoryHandle(`${library} pages`, { create: true });
    return new Mirror(folder as unknown as Folder); // TypeScript lacks the methods that exist only in workers
  } catch {
    return undefined; // private windows have none; pages are then read from the shelf, more slowly
  }
}

export class Mirror {
  private readonly copies = new Map<number, SegmentCopy>();
  private isGivenUp = false;

  constructor(
    private readonly folder: Folder,
    private readonly leastBytes = LEAST_BYTES,
  ) {}

  /** The copy of a page, not validated. */
  read({ id, header }: Segment, page: number): Row | undefined {
    const copy = this.copies.get(id);
    if (!copy) return undefined;
    const row = new Uint8Array(header.byteLengths[page]);
    return copy.file.read(row, { at: copy.offsets[page] }) === row.length ? row : undefined;
  }

  /** Deletes a damaged copy; it will be made again. */
  async drop(id: number): Promise<void> {
    this.copies.get(id)?.file.close();
    this.copies.delete(id);
    await this.remove(String(id));
  }

  /** Updates the copies to these segments; `rowsOf` reads pages from the shelf. */
  async follow(
    segments: readonly Segment[],
    rowsOf: (segment: Segment, from: number, to: number) => Promise<(Row | undefined)[]>,
  ): Promise<void> {
    if (this.isGivenUp) return;
    const isWorthwhile = segments.reduce((sum, { bytes }) => sum + bytes, 0) >= this.leastBytes;
    const wanted = new Map(isWorthwhile ? segments.map((segment) => [segment.id, segment]) : []);
    for (const id of this.copies.keys()) if (!wanted.has(id)) await this.drop(id);
    for await (const name of this.folder.keys()) if (!wanted.has(Number(name))) await this.remove(name);
    for (const [id, segment] of wanted) {
      if (this.copies.has(id)) continue;
      try {
        const file = (await this.attach(segment)) ?? (await this.copy(segment, rowsOf));
        if (file) this.copies.set(id, { file, offsets: offsetsOf(segment) });
      } catch (error) {
        // Without copies, pages are read from the shelf, more slowly. A lock of another tab ends; no room stays no room.
        this.isGivenUp = (error as Error).name !== 'NoModificationAllowedError';
        return;
      }
    }
  }

  close(): void {
    for (const { file } of this.copies.values()) file.close();
    this.copies.clear();
  }

  /** Opens a complete copy from an earlier session, if there is one. */
  private async attach(segment: Segment): Promise<OpenFile | undefined> {
    const handle = await this.folder.getFileHandle(String(segment.id), { create: true });
    const file = await openForReading(handle);
    const header = new Uint8Array(HEADER_BYTES);
    if (file.read(header, { at: 0 }) === HEADER_BYTES && isOf(segment, header)) return file;
    file.close();
    return undefined;
  }

  private async copy(
    segment: Segment,
    rowsOf: (segment: Segment, from: number, to: number) => Promise<(Row | undefined)[]>,
  ): Promise<OpenFile | undefined> {
    const handle = await this.folder.getFileHandle(String(segment.id), { create: true });
    const file = await handle.createSyncAccessHandle();
    try {
      file.truncate(0);
      const offsets = offsetsOf(segment);
      for (let from = 0; from < segment.pageCount; from += COPIED_AT_ONCE) {
        const to = Math.min(segment.pageCount, from + COPIED_AT_ONCE);
        const rows = await rowsOf(segment, from, to);
        for (const [i, row] of rows.entries()) {
          if (!row) return undefined; // deleted meanwhile, or damaged
          file.write(row, { at: offsets[from + i] });
        }
      }
      // The header makes the copy valid, so it is written last.
      file.flush();
      file.write(headerOf(segment), { at: 0 });
      file.flush();
    } finally {
      file.close();
    }
    return this.attach(segment);
  }

  private async remove(name: string): Promise<void> {
    try {
      await this.folder.removeEntry(name);
    } catch {
      // Another tab is still reading it, or it does not exist. The next `follow` tries again.
    }
  }
}

/**
 * Several tabs can read a file that is opened read-only. Browsers without this mode ignore or refuse it; there, one tab at a time has
 * the file.
 */
async function openForReading(handle: FileHandle): Promise<OpenFile> {
  try {
    return await handle.createSyncAccessHandle({ mode: 'read-only' });
  } catch (error) {
    if ((error as Error).name !== 'TypeError') throw error;
    return handle.createSyncAccessHandle();
  }
}

function offsetsOf({ pageCount, header }: Segment): Float64Array {
  const offsets = new Float64Array(pageCount);
  for (let page = 0, at = HEADER_BYTES; page < pageCount; at += header.byteLengths[page++]) offsets[page] = at;
  return offsets;
}

function headerOf(segment: Segment): Uint8Array {
  const header = new Uint8Array(HEADER_BYTES);
  new DataView(header.buffer).setUint32(0, checksum(packSegment(segment)), true);
  return header;
}

const isOf = (segment: Segment, header: Uint8Array) => headerOf(segment).every((byte, i) => byte === header[i]);

/**
 * Copies of segments in files of the origin's private file system, because a database takes some 60 us for a page and a
 * file 3 us. A cache and no more: each page is checked by its checksum when it is read, and nothing depends on it.
 *
 *     u32 checksum of the segment's row | u32 0 | its pages, one after the other
 */
import { checksum } from '../shelf/checksum.ts';
import type { Row } from '../shelf/shelf.ts';
import { packSegment, type Segment } from './segment.ts';

/** Pages copied at once. */
const COPIED_AT_ONCE = 64;
const HEADER_BYTES = 8;
/** Below this an index is read from the shelf: it soon is in the page cache. */
const LEAST_BYTES = 2 ** 24;

/** What is used of a `FileSystemSyncAccessHandle`. */
export interface OpenFile {
  read(into: Uint8Array, options: { at: number }): number;
  write(from: Uint8Array, options: { at: number }): number;
  truncate(bytes: number): void;
  flush(): void;
  close(): void;
}

/** What is used of a `FileSystemDirectoryHandle`. */
export interface Folder {
  getFileHandle(
    name: string,
    options: { create: boolean },
  ): Promise<{ createSyncAccessHandle(options?: { mode: string }): Promise<OpenFile> }>;
  removeEntry(name: string): Promise<void>;
  keys(): AsyncIterable<string>;
}

interface Copy {
  file: OpenFile;
  /** Where each page begins. */
  offsets: Float64Array;
}

/** The mirror of a library, where the browser has a private file system (and only within a worker). */
export async function openMirror(library: string): Promise<Mirror | undefined> {
  try {
    const root = await navigator.storage.getDirectory();
    const folder = await root.getDirectoryHandle(`${library} pages`, { create: true });
    return new Mirror(folder as unknown as Folder); // TypeScript knows its methods, but not those of a worker
  } catch {
    return undefined; // private windows have none: the shelf does, more slowly
  }
}

export class Mirror {
  private readonly copies = new Map<number, Copy>();
  private isGivenUp = false;

  constructor(
    private readonly folder: Folder,
    private readonly leastBytes = LEAST_BYTES,
  ) {}

  /** A page's copy, unchecked. */
  read({ id, header }: Segment, page: number): Row | undefined {
    const copy = this.copies.get(id);
    if (!copy) return undefined;
    const row = new Uint8Array(header.byteLengths[page]);
    return copy.file.read(row, { at: copy.offsets[page] }) === row.length ? row : undefined;
  }

  /** Closes a copy that is found damaged; it will be made again. */
  async drop(id: number): Promise<void> {
    this.copies.get(id)?.file.close();
    this.copies.delete(id);
    await this.remove(String(id));
  }

  /** Makes the copies what the segments are; `rowsOf` reads pages from the shelf. */
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
      } catch {
        this.isGivenUp = true; // no room, or another tab has the files to itself: the shelf does, more slowly
        return;
      }
    }
  }

  close(): void {
    for (const { file } of this.copies.values()) file.close();
    this.copies.clear();
  }

  /** Opens a copy from an earlier day, if it is whole. */
  private async attach(segment: Segment): Promise<OpenFile | undefined> {
    const handle = await this.folder.getFileHandle(String(segment.id), { create: true });
    const file = await handle.createSyncAccessHandle({ mode: 'read-only' });
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
          if (!row) return undefined; // gone or lost meanwhile
          file.write(row, { at: offsets[from + i] });
        }
      }
      // The header makes it count: it comes last.
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
      // Another tab still reads it, or it is gone: the next time will tell.
    }
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

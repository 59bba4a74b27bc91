/** Reads the pages of an LMDB file without LMDB, which trusts files and may crash on a damaged one. `page-layout.ts` has the layout. */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import {
  areNeighbours,
  BRANCH,
  HEADER_BYTES,
  IN_OVERFLOW,
  INTEGER_KEYS,
  IS_TREE,
  LEAF,
  META_BYTES,
  type Meta,
  metaAt,
  NO_ROOT,
  NODE_BYTES,
  numberAt,
  OVERFLOW,
  TREE_BYTES,
  type Tree,
  treeAt,
} from './page-layout.ts';
import { rising } from './rising-rows.ts';

/** In a library's folder. */
export const DATA_FILE = 'data.mdb';
export const LOCK_FILE = 'lock.mdb';

/** Even a tree of billions of rows is not this deep. */
const MOST_LEVELS = 32;

/** A row of a leaf, and the location of its value in the file. */
interface Leaf {
  key: Buffer;
  at: number;
  length: number;
  isTree: boolean;
}

/** Called for every page of a traversal, and for what it had to leave out. */
interface Visitor {
  branch(page: number): void;
  leaf(page: number): void;
  overflow(first: number, pages: number): void;
  damaged(what: string): void;
}

export class PageFile {
  bytes: number;
  private readonly file: number;
  /** Of the overflow page that is looked at: there are thousands. */
  private readonly header = Buffer.alloc(HEADER_BYTES);
  pageBytes = 4096;
  /** No page may be from a later transaction. */
  private lastTransaction = Infinity;

  /** `isForWriting`: also check the headers of overflow pages, which takes one more read per large row. */
  constructor(
    path: string,
    private readonly isForWriting = false,
  ) {
    this.file = openSync(path, 'r');
    this.bytes = fstatSync(this.file).size;
  }

  close(): void {
    closeSync(this.file);
  }

  /** The valid meta pages, the newer one first; `isSound` if they are those of the last two transactions. */
  metas(): { metas: Meta[]; isSound: boolean } {
    const first = metaAt(this.read(0, META_BYTES));
    if (first) this.pageBytes = first.pageBytes;
    const second = metaAt(this.read(this.pageBytes, META_BYTES));
    const metas = [first, second].filter((meta) => meta !== undefined);
    // A writer may have lengthened the file for the transaction that these pages tell of.
    this.bytes = fstatSync(this.file).size;
    const isSound = first !== undefined && second !== undefined && areNeighbours(first, second);
    // Each of our transactions rewrites the root of the main tree. So if the metas are wrong, it shows which is newer.
    const ageOf = ({ transaction, main }: Meta) => (isSound ? transaction : this.transactionOf(main.root));
    metas.sort((a, b) => ageOf(b) - ageOf(a));
    this.lastTransaction = isSound ? metas[0].transaction : Infinity;
    return { metas, isSound };
  }

  private transactionOf(page: number): number {
    const header = page < NO_ROOT ? this.read(page * this.pageBytes, HEADER_BYTES) : Buffer.alloc(0);
    return header.length < HEADER_BYTES ? 0 : numberAt(header, 8);
  }

  /** The rows of a tree, in order. */
  *rows({ flags, root, depth }: Tree, visitor: Partial<Visitor> = {}): Generator<Leaf> {
    if (root >= NO_ROOT) return;
    const rows = this.under(root, depth, new Set(), visitor);
    yield* flags === INTEGER_KEYS ? rows : rising(rows, (what) => visitor.damaged?.(what));
  }

  value({ at, length }: Leaf): Buffer {
    return this.read(at, length);
  }

  tree(leaf: Leaf): Tree {
    return treeAt(this.value(leaf), 0);
  }

  private *under(page: number, levels: number, seen: Set<number>, visitor: Partial<Visitor>): Generator<Leaf> {
    const isLeaf = levels === 1;
    const nodes = seen.has(page) || levels < 1 || levels > MOST_LEVELS ? undefined : this.nodes(page, isLeaf);
    seen.add(page);
    if (!nodes) return visitor.damaged?.(`page ${page} is unreadable`);
    if (isLeaf) visitor.leaf?.(page);
    else visitor.branch?.(page);
    for (const node of nodes) {
      if (!node) visitor.damaged?.(`page ${page} is damaged`);
      else if (node.child !== undefined) yield* this.under(node.child, levels - 1, seen, visitor);
      else {
        if (node.overflow) visitor.overflow?.(node.overflow.first, node.overflow.pages);
        if (node.overflow && !node.overflow.isSound) visitor.damaged?.(`page ${node.overflow.first} is damaged`);
        yield node;
      }
    }
  }

  /** The nodes of a page, with undefined for an invalid one; undefined if the page itself is invalid. */
  private nodes(number: number, isLeaf: boolean) {
    const page = this.read(number * this.pageBytes, this.pageBytes);
    const room = this.pageBytes - HEADER_BYTES;
    if (page.length < this.pageBytes || numberAt(page, 0) !== number) return undefined;
    if (page.readUInt16LE(18) !== (isLeaf ? LEAF : BRANCH) || numberAt(page, 8) > this.lastTransaction)
      return undefined;
    const [lower, upper] = [page.readUInt16LE(20), page.readUInt16LE(22)];
    if (lower % 2 !== 0 || lower === 0 || lower > upper || upper > room) return undefined;
    return Array.from({ length: lower / 2 }, (_, i) => {
      const offset = page.readUInt16LE(HEADER_BYTES + 2 * i);
      if (offset < upper || offset + NODE_BYTES > room) return undefined;
      const at = HEADER_BYTES + offset;
      return this.node(page.subarray(at), number * this.pageBytes + at, isLeaf);
    });
  }

  /** `bytes` begin with the node and end with the page; `at` is their offset in the file. */
  private node(bytes: Buffer, at: number, isLeaf: boolean) {
    const low = bytes.readUInt32LE(0);
    const flags = bytes.readUInt16LE(4);
    const dataStart = NODE_BYTES + bytes.readUInt16LE(6);
    if (dataStart > bytes.length) return undefined;
    const key = bytes.subarray(NODE_BYTES, dataStart);
    if (!isLeaf) return { key, child: low + flags * 2 ** 32, at: 0, length: 0, isTree: false, overflow: undefined };
    if (flags === IN_OVERFLOW) {
      const overflow = this.overflow(bytes.subarray(dataStart), low);
      return overflow && { key, child: undefined, at: overflow.start, length: low, isTree: false, overflow };
    }
    if ((flags !== 0 && flags !== IS_TREE) || dataStart + low > bytes.length) return undefined;
    if (flags === IS_TREE && low !== TREE_BYTES) return undefined;
    return { key, child: undefined, at: at + dataStart, length: low, isTree: flags === IS_TREE, overflow: undefined };
  }

  private overflow(
    place: Buffer,
    length: number,
  ): { first: number; pages: number; start: number; isSound: boolean } | undefined {
    if (place.length < 24) return undefined;
    const first = numberAt(place, 0);
    const pages = numberAt(place, 16);
    const start = first * this.pageBytes + HEADER_BYTES;
    const isThere = first > 1 && start + length <= this.bytes && numberAt(place, 8) <= this.lastTransaction;
    if (!isThere || pages !== Math.ceil((HEADER_BYTES + length) / this.pageBytes)) return undefined;
    if (!this.isForWriting) return { first, pages, start, isSound: true };
    // LMDB trusts this header when it frees the pages.
    const { header } = this;
    const isThereWhole = readSync(this.file, header, 0, HEADER_BYTES, first * this.pageBytes) === HEADER_BYTES;
    const isSound =
      isThereWhole &&
      numberAt(header, 0) === first &&
      header.readUInt16LE(18) === OVERFLOW &&
      header.readUInt32LE(20) === pages;
    return { first, pages, start, isSound };
  }

  private read(at: number, length: number): Buffer {
    if (at >= this.bytes) return Buffer.alloc(0);
    const bytes = Buffer.alloc(length);
    return bytes.subarray(0, readSync(this.file, bytes, 0, length, at));
  }
}

/**
 * Reads the pages of an LMDB file without LMDB, which trusts files and may crash on a damaged one.
 *
 * Layout of version 2 (little-endian; `mdb.c` of npm `lmdb` defines the structures). Pages are numbered from 0. Pages 0 and 1 are two
 * copies of the meta page; the one with the higher transaction is valid.
 *
 *     page   u64 number | u64 transaction | u16 pad | u16 flags | u16 lower, u16 upper | u16 offset of each node ... nodes
 *     node   u16 low, u16 high, u16 flags, u16 key bytes | key | data        (offsets count from the end of the page's header)
 *     branch the first three numbers are the child's page; leaf: the first two are the bytes of data
 *     data   in the node, or (flag 1) u64 page, u64 transaction, u64 pages of its location, or (flag 2) a separate tree
 *     tree   u32 pad | u16 flags | u16 depth | u64 branch, leaf, overflow pages | u64 entries | u64 root page
 *     meta   u32 magic | u32 version | u64 | u64 map bytes | free tree | main tree | u64 last page | u64 transaction
 */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

/** In a library's folder. */
export const DATA_FILE = 'data.mdb';
export const LOCK_FILE = 'lock.mdb';

const MAGIC = 0xbeefc0de;
const VERSION = 2;
const META_BYTES = 168;
export const HEADER_BYTES = 24;
export const NODE_BYTES = 8;
const TREE_BYTES = 48;
const BRANCH = 1;
const LEAF = 2;
const META = 8;
const OVERFLOW = 4;
/** `MDB_INTEGERKEY` in LMDB: only the tree of free pages has it. */
const INTEGER_KEYS = 8;
const IN_OVERFLOW = 1;
const IS_TREE = 2;
/** The root of an empty tree is the greatest 64-bit integer. */
const NO_ROOT = 2 ** 53;
/** Even a tree of billions of rows is not this deep. */
const MOST_LEVELS = 32;

export interface Tree {
  flags: number;
  depth: number;
  branchPages: number;
  leafPages: number;
  overflowPages: number;
  entries: number;
  root: number;
}

export interface Meta {
  pageBytes: number;
  mapBytes: number;
  free: Tree;
  main: Tree;
  lastPage: number;
  transaction: number;
}

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
  readonly bytes: number;
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
    yield* flags === INTEGER_KEYS ? rows : rising(rows, visitor);
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

/**
 * Leaves out rows whose keys do not ascend, so that no row is read under another's key. A key that is not greater than those already
 * returned is damaged; of two other keys that do not ascend, either may be damaged.
 */
function* rising(rows: Iterable<Leaf>, visitor: Partial<Visitor>): Generator<Leaf> {
  let last: Leaf | undefined;
  let waiting: Leaf | undefined;
  for (const row of rows) {
    const isLow = isBelow(row, last);
    if (isLow || isBelow(row, waiting)) {
      visitor.damaged?.('its rows are out of order');
      if (!isLow) waiting = undefined;
      continue;
    }
    if (waiting) yield waiting;
    last = waiting ?? last;
    waiting = row;
  }
  if (waiting) yield waiting;
}

const isBelow = (row: Leaf, before: Leaf | undefined) =>
  before !== undefined && Buffer.compare(row.key, before.key) <= 0;

/** Transactions write the two meta pages alternately; even ones write the first. */
function areNeighbours(even: Meta, odd: Meta): boolean {
  if (even.transaction === 0 && odd.transaction === 0) return true; // nothing has been written yet
  return even.transaction % 2 === 0 && Math.abs(even.transaction - odd.transaction) === 1;
}

function metaAt(page: Buffer): Meta | undefined {
  if (page.length < META_BYTES || page.readUInt32LE(24) !== MAGIC || page.readUInt32LE(28) !== VERSION) {
    return undefined;
  }
  const [pageFlags, freeFlags, mainFlags] = [18, 52, 100].map((at) => page.readUInt16LE(at));
  if (pageFlags !== META || freeFlags !== INTEGER_KEYS || mainFlags !== 0) return undefined;
  const pageBytes = page.readUInt32LE(48);
  if (pageBytes < 512 || pageBytes > 65_536 || (pageBytes & (pageBytes - 1)) !== 0) return undefined;
  return {
    pageBytes,
    mapBytes: numberAt(page, 40),
    free: treeAt(page, 48),
    main: treeAt(page, 96),
    lastPage: numberAt(page, 144),
    transaction: numberAt(page, 152),
  };
}

function treeAt(bytes: Buffer, at: number): Tree {
  return {
    flags: bytes.readUInt16LE(at + 4),
    depth: bytes.readUInt16LE(at + 6),
    branchPages: numberAt(bytes, at + 8),
    leafPages: numberAt(bytes, at + 16),
    overflowPages: numberAt(bytes, at + 24),
    entries: numberAt(bytes, at + 32),
    root: numberAt(bytes, at + 40),
  };
}

const numberAt = (bytes: Buffer, at: number) => bytes.readUInt32LE(at) + 2 ** 32 * bytes.readUInt32LE(at + 4);

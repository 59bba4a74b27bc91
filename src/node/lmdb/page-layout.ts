/**
 * Layout of LMDB files, version 2 (little-endian; `mdb.c` of npm `lmdb` defines the structures). Pages are numbered from 0. Pages 0 and 1
 * are two copies of the meta page; the one with the higher transaction is valid.
 *
 *     page   u64 number | u64 transaction | u16 pad | u16 flags | u16 lower, u16 upper | u16 offset of each node ... nodes
 *     node   u16 low, u16 high, u16 flags, u16 key bytes | key | data        (offsets count from the end of the page's header)
 *     branch the first three numbers are the child's page; leaf: the first two are the bytes of data
 *     data   in the node, or (flag 1) u64 page, u64 transaction, u64 pages of its location, or (flag 2) a separate tree
 *     tree   u32 pad | u16 flags | u16 depth | u64 branch, leaf, overflow pages | u64 entries | u64 root page
 *     meta   u32 magic | u32 version | u64 | u64 map bytes | free tree | main tree | u64 last page | u64 transaction
 */
const MAGIC = 0xbeefc0de;
const VERSION = 2;
export const META_BYTES = 168;
export const HEADER_BYTES = 24;
export const NODE_BYTES = 8;
export const TREE_BYTES = 48;
export const BRANCH = 1;
export const LEAF = 2;
const META = 8;
export const OVERFLOW = 4;
/** `MDB_INTEGERKEY` in LMDB: only the tree of free pages has it. */
export const INTEGER_KEYS = 8;
export const IN_OVERFLOW = 1;
export const IS_TREE = 2;
/** The root of an empty tree is the greatest 64-bit integer. */
export const NO_ROOT = 2 ** 53;

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

/** Transactions write the two meta pages alternately; even ones write the first. */
export function areNeighbours(even: Meta, odd: Meta): boolean {
  if (even.transaction === 0 && odd.transaction === 0) return true; // nothing has been written yet
  return even.transaction % 2 === 0 && Math.abs(even.transaction - odd.transaction) === 1;
}

export function metaAt(page: Buffer): Meta | undefined {
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

export function treeAt(bytes: Buffer, at: number): Tree {
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

export const numberAt = (bytes: Buffer, at: number) => bytes.readUInt32LE(at) + 2 ** 32 * bytes.readUInt32LE(at + 4);

/**
 * Checks an LMDB file before LMDB opens it, because LMDB may crash on a damaged one. All trees are traversed; every page must be used
 * exactly once or be free. Values are not checked, because rows have their own checksums.
 */
import { join } from 'node:path';
import { DATA_FILE, PageFile } from './file-pages.ts';
import type { Meta, Tree } from './page-layout.ts';

/** Greater values mean a damaged meta page: size of the address space, and free pages at the end that were never written. */
const MOST_MAP_BYTES = 2 ** 46;
const MOST_MISSING_PAGES = 2 ** 20;
/** Meta pages. */
const FIRST_PAGE = 2;
/** A writing process may reuse a page during the check, which is then repeated. */
const TRIES = 5;
const TRY_AGAIN_MS = 20;

/** What is damaged in the library's file, in a few words; undefined if nothing is. */
export function troubleIn(folder: string, isForWriting: boolean): string | undefined {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const file = new PageFile(join(folder, DATA_FILE), isForWriting);
    try {
      const { metas, isSound } = file.metas();
      const trouble = file.bytes === 0 ? 'it is empty' : isSound ? troubleOf(file, metas[0]) : 'its header is damaged';
      if (!trouble) return undefined;
      pause(TRY_AGAIN_MS);
      if (!isWrittenTo(folder, metas)) return trouble;
    } finally {
      file.close();
    }
  }
  return undefined; // a process that writes all the time has checked it
}

/** Whether a process has written to the file meanwhile. */
function isWrittenTo(folder: string, before: readonly Meta[]): boolean {
  const file = new PageFile(join(folder, DATA_FILE));
  try {
    const { metas } = file.metas();
    return metas.length !== before.length || metas.some(({ transaction }, i) => transaction !== before[i].transaction);
  } finally {
    file.close();
  }
}

const pause = (milliseconds: number) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);

function troubleOf(file: PageFile, meta: Meta): string | undefined {
  const { lastPage, pageBytes, mapBytes } = meta;
  const pages = Math.ceil(file.bytes / pageBytes);
  if (!(mapBytes <= MOST_MAP_BYTES) || !(lastPage < pages + MOST_MISSING_PAGES)) return 'its sizes make no sense';
  const check = new UsedPages(file, lastPage);
  for (const leaf of check.rows(meta.free)) check.markFree(file.value(leaf));
  for (const store of check.rows(meta.main)) {
    if (!store.isTree) continue;
    const tree = file.tree(store);
    if (tree.flags !== 0) return `the flags of “${store.key}” make no sense`;
    for (const _ of check.rows(tree));
  }
  check.expectFree(pages);
  return check.trouble;
}

/** Traverses trees and records which pages they use. */
class UsedPages {
  trouble: string | undefined;
  private readonly isUsed: Uint8Array;

  constructor(
    private readonly file: PageFile,
    private readonly lastPage: number,
  ) {
    this.isUsed = new Uint8Array(lastPage + 1);
  }

  *rows(tree: Tree) {
    const found = { branchPages: 0, leafPages: 0, overflowPages: 0, entries: 0 };
    const visitor = {
      branch: (page: number) => {
        found.branchPages++;
        this.mark(page);
      },
      leaf: (page: number) => {
        found.leafPages++;
        this.mark(page);
      },
      overflow: (first: number, pages: number) => {
        found.overflowPages += pages;
        for (let page = first; page < first + pages; page++) this.mark(page);
      },
      damaged: (what: string) => this.tell(what),
    };
    for (const row of this.file.rows(tree, visitor)) {
      found.entries++;
      yield row;
    }
    for (const [name, count] of Object.entries(found)) {
      if (tree[name as keyof typeof found] !== count) this.tell('it says that it holds more or less than it does');
    }
  }

  /** A row of the tree of free pages: a count, then this many 64-bit integers: a page, -n before the first of n pages, or 0. */
  markFree(list: Buffer): void {
    const count = list.length >= 8 ? Number(list.readBigInt64LE(0)) : -1;
    if (count < 0 || list.length < 8 * (count + 1)) this.tell('its list of free pages is cut short');
    else this.markEach(list, count);
  }

  /** Pages from this one on are beyond the end of the file, so they can only be free. */
  expectFree(firstMissing: number): void {
    if (this.isUsed.subarray(firstMissing).includes(0)) this.tell('pages at its end are missing');
  }

  private markEach(list: Buffer, count: number): void {
    for (let i = 1; i <= count; i++) {
      const number = Number(list.readBigInt64LE(8 * i));
      if (number === 0) continue;
      const pages = number < 0 ? Math.min(-number, this.lastPage + 1) : 1;
      const first = number < 0 ? Number(list.readBigInt64LE(8 * Math.min(count, ++i))) : number;
      for (let page = first; page < first + pages; page++) this.mark(page);
    }
  }

  private mark(page: number): void {
    if (page < FIRST_PAGE || page > this.lastPage || this.isUsed[page]) this.tell(`page ${page} is used twice`);
    else this.isUsed[page] = 1;
  }

  private tell(what: string): void {
    this.trouble ??= what;
  }
}

/** How many pages LMDB may need for a batch. It never changes a page in use: every page on the way to a changed row is written anew. */
import type { Change, Store } from '../../library/shelf/shelf.ts';
import { HEADER_BYTES, NODE_BYTES } from './page-layout.ts';

export const PAGE_BYTES = 4096;
const ROOM_BYTES = PAGE_BYTES - HEADER_BYTES;
/** A row in a leaf has its header, its key of 8 bytes and the 2 bytes of its offset. */
const NODE_EXTRA = NODE_BYTES + 8 + 2;
/** LMDB puts two nodes at least on a page; a longer row has pages of its own, and its leaf holds their number (24 bytes). */
const MOST_INLINE = ROOM_BYTES / 2 - NODE_EXTRA;
const REFERENCE_BYTES = 24;
/** A page is divided when a row does not fit, so it may be half full, and with rows of 2 kB half of that. */
const LEAST_SHARE = 1 / 4;
/** Pages per deleted row when many are deleted: LMDB reuses the pages of earlier ones, so only the list of free pages grows. */
const ROWS_A_PAGE = 100;
/** Pages that are written anew leave old ones, whose numbers (8 bytes each) go to the list of free pages. */
const FREED_A_PAGE = 256;

/** What is known of a store before the batch. */
export interface StoreBefore {
  leafPages: number;
  branchPages: number;
  depth: number;
  /** Its greatest key; undefined if it is empty. */
  lastKey?: number;
}

/** At most; `removed` are the rows that the batch deletes. */
export function pagesOf(changes: readonly Change[], removed: number, before: (store: Store) => StoreBefore): number {
  const stores = new Set(changes.map(({ store }) => store));
  const pages = [...stores].map((store) =>
    pagesIn(
      changes.filter((change) => change.store === store),
      before(store),
    ),
  );
  const written = pages.reduce((sum, each) => sum + each, 0);
  return written + Math.ceil(written / FREED_A_PAGE) + Math.ceil(removed / ROWS_A_PAGE);
}

function pagesIn(changes: readonly Change[], { leafPages, branchPages, depth, lastKey = -1 }: StoreBefore): number {
  let own = 0;
  let inLeaves = 0;
  let elsewhere = 0;
  for (const change of changes) {
    const length = 'row' in change ? change.row.length : 0;
    const isInline = length <= MOST_INLINE;
    own += isInline ? 0 : Math.ceil((HEADER_BYTES + length) / PAGE_BYTES);
    inLeaves += NODE_EXTRA + (isInline ? length : REFERENCE_BYTES);
    // Rows behind the last one share its leaf; each of the others may be in a leaf of its own.
    if (!('row' in change) || change.key <= lastKey) elsewhere++;
  }
  const behind = changes.length - elsewhere;
  const rewritten = Math.min(elsewhere + Math.min(behind, 1), leafPages);
  const added = Math.min(changes.length, 1 + Math.ceil(inLeaves / LEAST_SHARE / ROOM_BYTES));
  const leaves = rewritten + added;
  return own + leaves + Math.min(leaves * (depth + 1), branchPages + depth + 1 + Math.ceil(leaves / 2));
}

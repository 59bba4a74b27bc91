/** Which songs of a list are selected, as in a file manager: by click and arrow keys, with Shift and Ctrl. */
import type { TrackId } from '../../../types.ts';

export interface Selection {
  ids: ReadonlySet<TrackId>;
  /** Where a range begins, and the row that the keyboard is at: places in the list. */
  anchor: number;
  cursor: number;
}

export const nothingSelected: Selection = { ids: new Set(), anchor: 0, cursor: 0 };

export interface Keys {
  /** Extends from the anchor. */
  shift: boolean;
  /** Ctrl, or Cmd on a Mac: the others stay selected. */
  ctrl: boolean;
}

/** What is selected after a row was clicked, or reached with Shift. `ids` are those of the list, in order. */
export function clicked(before: Selection, ids: ArrayLike<TrackId>, row: number, { shift, ctrl }: Keys): Selection {
  const { anchor } = before;
  if (shift) {
    const next = new Set(ctrl ? before.ids : []);
    for (let i = Math.min(anchor, row); i <= Math.max(anchor, row) && i < ids.length; i++) next.add(ids[i]);
    return { ids: next, anchor, cursor: row };
  }
  if (ctrl) {
    const next = new Set(before.ids);
    if (!next.delete(ids[row])) next.add(ids[row]);
    return { ids: next, anchor: row, cursor: row };
  }
  return { ids: new Set([ids[row]]), anchor: row, cursor: row };
}

/** Rows per page of the Page keys. */
const PAGE = 10;
const steps: Record<string, number> = {
  ArrowDown: 1,
  ArrowUp: -1,
  PageDown: PAGE,
  PageUp: -PAGE,
  Home: -Infinity,
  End: Infinity,
};

/** The row that a key leads to; undefined if it is no key for moving. */
export function rowAfter(key: string, cursor: number, count: number): number | undefined {
  const step = steps[key];
  return step === undefined || count === 0 ? undefined : Math.max(0, Math.min(count - 1, cursor + step));
}

/** After a key for moving: with Ctrl alone only the cursor goes there. */
export function moved(before: Selection, ids: ArrayLike<TrackId>, row: number, { shift, ctrl }: Keys): Selection {
  return ctrl && !shift ? { ...before, cursor: row } : clicked(before, ids, row, { shift, ctrl: false });
}

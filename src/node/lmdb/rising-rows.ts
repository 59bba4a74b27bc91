interface Row {
  key: Buffer;
}

/**
 * Leaves out rows whose keys do not ascend, so that no row is read under another's key. A key that is not greater than those already
 * returned is damaged; of two other keys that do not ascend, either may be damaged.
 */
export function* rising<R extends Row>(rows: Iterable<R>, damaged: (what: string) => void): Generator<R> {
  let last: R | undefined;
  let waiting: R | undefined;
  for (const row of rows) {
    const isLow = isBelow(row, last);
    if (isLow || isBelow(row, waiting)) {
      damaged('its rows are out of order');
      if (!isLow) waiting = undefined;
      continue;
    }
    if (waiting) yield waiting;
    last = waiting ?? last;
    waiting = row;
  }
  if (waiting) yield waiting;
}

const isBelow = (row: Row, before: Row | undefined) => before !== undefined && Buffer.compare(row.key, before.key) <= 0;

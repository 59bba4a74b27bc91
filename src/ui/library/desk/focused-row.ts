import { useEffect, useRef } from 'preact/hooks';
import { useVisibleRows } from '../../parts/lists/visible-rows.ts';

/** The rows of a table of `count` rows that are in view. `reveal` scrolls a row into view; once it is drawn, it takes the focus. */
export function useFocusedRow(count: number, rowRem: number) {
  const { list, first, last, rowPixels, scroller } = useVisibleRows<HTMLTableSectionElement>(count, rowRem);
  // Not the cursor: the effect of an earlier rendering may run after the next key.
  const wanted = useRef<number | undefined>(undefined);
  const reveal = (row: number) => {
    wanted.current = row;
    const around = scroller();
    if (!around || !list.current) return;
    const top = row * rowPixels() + list.current.offsetTop - around.scrollTop;
    const head = rowPixels() * 1.2;
    if (top < head) around.scrollBy(0, top - head);
    else if (top > around.clientHeight - rowPixels() * 1.5) {
      around.scrollBy(0, top - around.clientHeight + rowPixels() * 1.5);
    }
  };
  useEffect(() => {
    if (wanted.current === undefined) return;
    const row = list.current?.querySelector<HTMLElement>(`[data-row="${wanted.current}"]`);
    if (row) wanted.current = undefined;
    row?.focus({ preventScroll: true });
  });
  return { list, first, last, reveal };
}

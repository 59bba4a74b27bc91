import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import './long-list.css';
import { SPARE, useVisibleRows } from './visible-rows.ts';

const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8, Home: -1e9, End: 1e9 };

/**
 * A list of any length, in which only the rows near the window exist. All rows are `rowRem` high. It is a single tab stop: `tabIndex`
 * is 0 in only one row. The arrow keys, Page Up, Page Down, Home and End move between rows.
 */
export function LongList(props: {
  count: number;
  rowRem: number;
  label: string;
  row: (index: number, tabIndex: number) => ComponentChildren;
}): JSX.Element {
  const { list, first, last, rowPixels, scroller } = useVisibleRows<HTMLUListElement>(props.count, props.rowRem);
  const [current, setCurrent] = useState(0);
  /** The row that takes the focus once it is rendered. */
  const wanted = useRef<number | undefined>(undefined);

  const rows = Array.from({ length: Math.max(0, last - first) }, (_, i) => first + i);
  const stop = rows.includes(current) ? current : Math.min(first + (first && SPARE), props.count - 1);

  const walk = (event: KeyboardEvent) => {
    const step = steps[event.key];
    if (!step) return;
    event.preventDefault();
    const next = Math.max(0, Math.min(props.count - 1, stop + step));
    setCurrent(next);
    wanted.current = next;
    // A row that does not exist yet is rendered when it scrolls into view.
    if (!rows.includes(next)) scroller()?.scrollBy(0, (next - stop) * rowPixels());
  };
  useEffect(() => {
    if (wanted.current === undefined) return;
    const place = `[aria-posinset="${wanted.current + 1}"]`;
    const row = list.current?.querySelector<HTMLElement>(`${place} [tabindex="0"]`);
    if (!row) return;
    wanted.current = undefined;
    row.focus();
  });

  return (
    <ul
      ref={list}
      class="long-list"
      aria-label={props.label}
      style={{ height: `${props.count * props.rowRem}rem` }}
      onKeyDown={walk}
    >
      {rows.map((index) => (
        <li
          key={index}
          style={{ top: `${index * props.rowRem}rem`, height: `${props.rowRem}rem` }}
          aria-setsize={props.count}
          aria-posinset={index + 1}
          onFocusIn={() => setCurrent(index)}
        >
          {props.row(index, index === stop ? 0 : -1)}
        </li>
      ))}
    </ul>
  );
}

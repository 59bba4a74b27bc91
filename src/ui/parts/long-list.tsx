import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import './long-list.css';

/** Rows beyond the edges that are drawn all the same, so that a quick thumb does not see gaps. */
const SPARE = 8;
const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8, Home: -1e9, End: 1e9 };

/**
 * A list of any length: only the rows near the window exist. All rows are `rowRem` high. For the Tab key it is one stop,
 * `tabIndex` being 0 in one row only; arrows, Page, Home and End go from row to row.
 */
export function LongList(props: {
  count: number;
  rowRem: number;
  label: string;
  row: (index: number, tabIndex: number) => ComponentChildren;
}): JSX.Element {
  const list = useRef<HTMLUListElement>(null);
  const [range, setRange] = useState({ first: 0, last: 24 });
  const [current, setCurrent] = useState(0);
  const isWalking = useRef(false);
  const rowPixels = () => props.rowRem * Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
  const scrollerOf = () => list.current?.closest('.scroller');

  const look = () => {
    const scroller = scrollerOf();
    if (!list.current || !scroller) return;
    const above = scroller.getBoundingClientRect().top - list.current.getBoundingClientRect().top;
    const first = Math.max(0, Math.floor(above / rowPixels()) - SPARE);
    const last = Math.ceil((above + scroller.clientHeight) / rowPixels()) + SPARE;
    setRange((before) => (before.first === first && before.last === last ? before : { first, last }));
  };

  useEffect(() => {
    const scroller = scrollerOf();
    const observer = new ResizeObserver(look);
    if (scroller) observer.observe(scroller);
    scroller?.addEventListener('scroll', look, { passive: true });
    return () => {
      observer.disconnect();
      scroller?.removeEventListener('scroll', look);
    };
  }, []);
  useLayoutEffect(look, [props.count]);

  const last = Math.min(props.count, range.last);
  const rows = Array.from({ length: Math.max(0, last - range.first) }, (_, i) => range.first + i);
  const stop = rows.includes(current) ? current : Math.min(range.first + (range.first && SPARE), props.count - 1);

  const walk = (event: KeyboardEvent) => {
    const step = steps[event.key];
    if (!step) return;
    event.preventDefault();
    const next = Math.max(0, Math.min(props.count - 1, stop + step));
    setCurrent(next);
    isWalking.current = true;
    // A row that does not exist yet is drawn when its place comes into view.
    if (!rows.includes(next)) scrollerOf()?.scrollBy(0, (next - stop) * rowPixels());
  };
  useEffect(() => {
    const row = isWalking.current && list.current?.querySelector<HTMLElement>('[tabindex="0"]');
    if (!row || current !== stop) return;
    isWalking.current = false;
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

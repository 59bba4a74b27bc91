import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import './long-list.css';

/** Rows beyond the edges that are drawn all the same, so that a quick thumb does not see gaps. */
const SPARE = 8;

/** A list of any length: only the rows near the window exist. All rows are `rowRem` high. */
export function LongList(props: {
  count: number;
  rowRem: number;
  label: string;
  row: (index: number) => ComponentChildren;
}): JSX.Element {
  const list = useRef<HTMLUListElement>(null);
  const [range, setRange] = useState({ first: 0, last: 24 });
  const rowPixels = () => props.rowRem * Number.parseFloat(getComputedStyle(document.documentElement).fontSize);

  const look = () => {
    const scroller = list.current?.closest('.scroller');
    if (!list.current || !scroller) return;
    const above = scroller.getBoundingClientRect().top - list.current.getBoundingClientRect().top;
    const first = Math.max(0, Math.floor(above / rowPixels()) - SPARE);
    const last = Math.ceil((above + scroller.clientHeight) / rowPixels()) + SPARE;
    setRange((before) => (before.first === first && before.last === last ? before : { first, last }));
  };

  useEffect(() => {
    const scroller = list.current?.closest('.scroller');
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
  return (
    <ul ref={list} class="long-list" aria-label={props.label} style={{ height: `${props.count * props.rowRem}rem` }}>
      {rows.map((index) => (
        <li
          key={index}
          style={{ top: `${index * props.rowRem}rem`, height: `${props.rowRem}rem` }}
          aria-setsize={props.count}
          aria-posinset={index + 1}
        >
          {props.row(index)}
        </li>
      ))}
    </ul>
  );
}

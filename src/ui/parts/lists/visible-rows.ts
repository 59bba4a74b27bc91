/** Which rows of a long list are near the window: only these exist. All rows are `rowRem` high. */
import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';

/** Rows beyond the edges that are drawn all the same, so that a quick thumb does not see gaps. */
export const SPARE = 8;

interface VisibleRows<Element extends HTMLElement> {
  list: RefObject<Element | null>;
  first: number;
  /** One past the last. */
  last: number;
  rowPixels(): number;
  scroller(): Element | null | undefined;
}

export function useVisibleRows<Element extends HTMLElement>(count: number, rowRem: number): VisibleRows<Element> {
  const list = useRef<Element>(null);
  const [range, setRange] = useState({ first: 0, last: 24 });
  const rowPixels = () => rowRem * Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
  const scroller = () => list.current?.closest<Element>('.scroller');

  const look = () => {
    const around = scroller();
    if (!list.current || !around) return;
    const above = around.getBoundingClientRect().top - list.current.getBoundingClientRect().top;
    const first = Math.max(0, Math.floor(above / rowPixels()) - SPARE);
    const last = Math.ceil((above + around.clientHeight) / rowPixels()) + SPARE;
    setRange((before) => (before.first === first && before.last === last ? before : { first, last }));
  };

  useEffect(() => {
    const around = scroller();
    const observer = new ResizeObserver(look);
    if (around) observer.observe(around);
    around?.addEventListener('scroll', look, { passive: true });
    return () => {
      observer.disconnect();
      around?.removeEventListener('scroll', look);
    };
  }, []);
  useLayoutEffect(look, [count]);

  return { list, first: range.first, last: Math.min(count, range.last), rowPixels, scroller };
}

import type { RefObject } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';

/** The timeline cannot be magnified further than until this many seconds fill its width. */
const LEAST_SECONDS = 15;

interface Zoom {
  /** For the element that scrolls. */
  scroller: RefObject<HTMLDivElement | null>;
  /** How many times wider than the element its content is, and how many it can be at most. */
  factor: number;
  most: number;
  /** The second at the left edge, as of the last call of `look`. */
  from: number;
  /** To be called when the element has scrolled. */
  look(): void;
  /** Multiplies the factor. The middle stays in the middle. */
  magnify(by: number): void;
}

/** Which part of `total` seconds a scrolling element shows. */
export function useZoom(total: number): Zoom {
  const scroller = useRef<HTMLDivElement>(null);
  const [factor, setFactor] = useState(1);
  const [from, setFrom] = useState(0);
  const shown = total / factor;
  const most = Math.max(1, 2 ** Math.floor(Math.log2(total / LEAST_SECONDS)));

  const look = () => {
    const { scrollLeft = 0, scrollWidth = 1 } = scroller.current ?? {};
    setFrom((Math.abs(scrollLeft) / scrollWidth) * total);
  };
  const middle = useRef(0);
  const magnify = (by: number) => {
    middle.current = from + shown / 2;
    setFactor(Math.max(1, Math.min(most, factor * by)));
  };
  useEffect(() => {
    const element = scroller.current!;
    const sign = document.documentElement.dir === 'rtl' ? -1 : 1;
    element.scrollLeft = sign * ((middle.current - shown / 2) / total) * element.scrollWidth;
    look();
  }, [factor]);

  return { scroller, factor, most, from, look, magnify };
}

/** What outlives its screen: one comes back, or loads the page again, and finds it as it was left. */
import type { RefObject } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';

const keyOf = (name: string) => `entendu.${name}`;

/** State that is kept as long as the window. */
export function useKept<T>(name: string, first: T): [T, (value: T) => void] {
  const [value, setValue] = useState<T>(() => JSON.parse(sessionStorage.getItem(keyOf(name)) ?? 'null') ?? first);
  const keep = (next: T) => {
    sessionStorage.setItem(keyOf(name), JSON.stringify(next));
    setValue(next);
  };
  return [value, keep];
}

/** Keeps how far the scroller around the element is scrolled. `isReady`: what is scrolled stands there. */
export function useKeptScroll(name: string, isReady: boolean): RefObject<HTMLElement | null> {
  const inside = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    const scroller = inside.current?.closest('.scroller');
    if (!scroller || !isReady) return;
    scroller.scrollTop = Number(sessionStorage.getItem(keyOf(`${name}.scroll`)));
    const keep = () => sessionStorage.setItem(keyOf(`${name}.scroll`), String(scroller.scrollTop));
    addEventListener('pagehide', keep);
    return () => {
      keep();
      removeEventListener('pagehide', keep);
    };
  }, [isReady]);
  return inside;
}

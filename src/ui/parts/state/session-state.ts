/** State that survives leaving the screen and reloading the page. */
import type { RefObject } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { keep, readKept, sessionStore } from './kept.ts';

/** State that is kept until the window is closed. `isValid` checks the stored value. */
export function useKept<T>(name: string, first: T, isValid: (kept: unknown) => kept is T): [T, (value: T) => void] {
  const [value, setValue] = useState<T>(() => {
    const kept = readKept(sessionStore, name);
    return isValid(kept) ? kept : first;
  });
  const change = (next: T) => {
    keep(sessionStore, name, next);
    setValue(next);
  };
  return [value, change];
}

/** Keeps the scroll position of the scroller around the element. `isReady`: the content has been rendered. */
export function useKeptScroll(name: string, isReady: boolean): RefObject<HTMLElement | null> {
  const inside = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    const scroller = inside.current?.closest('.scroller');
    if (!scroller || !isReady) return;
    scroller.scrollTop = Number(readKept(sessionStore, `${name}.scroll`)) || 0;
    const remember = () => keep(sessionStore, `${name}.scroll`, scroller.scrollTop);
    addEventListener('pagehide', remember);
    return () => {
      remember();
      removeEventListener('pagehide', remember);
    };
  }, [isReady]);
  return inside;
}

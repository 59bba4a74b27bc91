import { useEffect, useState } from 'preact/hooks';

/** An observable value. */
export interface Cell<T> {
  readonly value: T;
  set(value: T): void;
  /** Returns a function that unsubscribes. */
  subscribe(changed: () => void): () => void;
}

export function cell<T>(first: T): Cell<T> {
  const listeners = new Set<() => void>();
  let value = first;
  return {
    get value() {
      return value;
    },
    set(next) {
      if (Object.is(next, value)) return;
      value = next;
      for (const listener of [...listeners]) listener();
    },
    subscribe(changed) {
      listeners.add(changed);
      return () => listeners.delete(changed);
    },
  };
}

/** The value of a cell, or what `select` takes from it; rerenders when that changes. */
export function useCell<T>(source: Cell<T>): T;
export function useCell<T, S>(source: Cell<T>, select: (value: T) => S): S;
export function useCell<T, S>(source: Cell<T>, select?: (value: T) => S): T | S {
  const now = select ? select(source.value) : source.value;
  const [, redraw] = useState<T | S>(now);
  useEffect(() => {
    const update = () => redraw(() => (select ? select(source.value) : source.value));
    update();
    return source.subscribe(update);
  }, [source]);
  return now;
}

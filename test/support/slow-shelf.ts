import type { Shelf } from '../../src/library/shelf/shelf.ts';
import { random } from './random.ts';

/** Delays every call of a shelf by up to this many milliseconds, before and after its work. */
export function slowShelf(shelf: Shelf, seed: number, milliseconds: number): Shelf {
  const next = random(seed);
  const pause = () => new Promise((resolve) => setTimeout(resolve, next() * milliseconds));
  const slowly =
    <A extends unknown[], R>(call: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      await pause();
      const result = await call(...args);
      await pause();
      return result;
    };
  return {
    ...shelf,
    read: slowly(shelf.read),
    list: slowly(shelf.list),
    keys: slowly(shelf.keys),
    write: slowly(shelf.write),
  };
}

/** Updates of catalogues that are under way. They go on when a dialog or screen is closed, one at a time for each address. */

import { takeCatalogue } from '../../catalogue/take-catalogue.ts';
import type { Catalogue, CatalogueTaken, CatalogueWishes, Engine, Progress } from '../../engine/api.ts';
import { openFetching } from '../adding/fetch-address.ts';
import { type Cell, cell } from '../parts/state/cell.ts';

/** Progress by address, in bytes. */
export const underWay: Cell<ReadonlyMap<string, Progress>> = cell<ReadonlyMap<string, Progress>>(new Map());

/** Undefined if another window is just doing the same. */
export function updateCatalogue(
  engine: Engine,
  address: string,
  wishes: CatalogueWishes = {},
  signal?: AbortSignal,
): Promise<CatalogueTaken | undefined> {
  return alone(address, async () => {
    const { fetching, close } = openFetching();
    const show = (progress?: Progress) => {
      const next = new Map(underWay.value);
      if (progress) next.set(address, progress);
      else next.delete(address);
      underWay.set(next);
    };
    show({ done: 0, total: 0 });
    try {
      return await takeCatalogue(engine.catalogues, fetching, address, { ...wishes, signal, progress: show });
    } finally {
      close();
      show();
    }
  });
}

async function alone<T>(address: string, work: () => Promise<T>): Promise<T | undefined> {
  if (!navigator.locks) return work();
  return navigator.locks.request(`catalogue ${address}`, { ifAvailable: true }, async (lock) =>
    lock ? work() : undefined,
  );
}

/** Its own name, or at least where it is from. */
export const nameOf = ({ name, address }: Pick<Catalogue, 'name' | 'address'>): string => name || new URL(address).host;

import type { Catalogue, Catalogues } from '../../src/engine/api.ts';

const subscribed: Catalogue = {
  ...{ number: 1, address: 'https://valley.example/songs/catalogue.txt', name: 'Songs of the valley', version: 5 },
  ...{ tracks: 1204, key: '8a88e3dd7409f195'.repeat(4), hosts: [], weekly: true, checked: Date.UTC(2026, 10, 20) },
};
const gone: Catalogue = {
  ...subscribed,
  ...{ number: 2, address: 'https://dances.example/catalogue.txt', name: 'مقامات', tracks: 87, weekly: false },
  ...{ key: undefined, fault: 'AddressUnreachable' },
};

/** Two subscriptions, of which one could not be brought up to date. */
export function posedCatalogues(hasSome: boolean): Catalogues {
  const posed: Partial<Catalogues> = { list: async () => (hasSome ? [subscribed, gone] : []) };
  return posed as Catalogues;
}

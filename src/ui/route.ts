/** Where the person is, kept in the address: `#library`, `#track/12`. The browser's back button needs nothing more. */
import { cell } from './parts/cell.ts';

export const places = ['listen', 'library', 'history', 'settings'] as const;
export type Place = (typeof places)[number];

export type Route = { place: Place; detail?: string } | { place: 'track'; detail: string };

export function parseRoute(hash: string): Route {
  const [place, detail] = hash.replace(/^#\/?/, '').split('/');
  if (place === 'track' && /^\d+$/.test(detail ?? '')) return { place, detail };
  // The plain address is the Listen screen at rest; `#listen`, as shortcuts have it, starts at once.
  if (place === 'listen') return { place, detail: 'now' };
  const known = places.find((name) => name === place);
  return known ? { place: known, detail } : { place: 'listen' };
}

export const route = cell<Route>(parseRoute(typeof location === 'undefined' ? '' : location.hash));

export function followAddress(): void {
  addEventListener('hashchange', () => route.set(parseRoute(location.hash)));
}

export const linkTo = (to: Route): string =>
  to.place === 'listen' ? '#' : `#${to.place}${to.detail ? `/${to.detail}` : ''}`;

export function go(to: Route, { replace = false } = {}): void {
  if (replace) {
    history.replaceState(null, '', linkTo(to));
    route.set(to);
  } else {
    location.hash = linkTo(to);
  }
}

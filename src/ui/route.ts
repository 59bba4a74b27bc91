/** The current screen, stored in the hash of the address: `#library`, `#track/12`. So the Back button of the browser works. */
import { cell } from './parts/state/cell.ts';

export const places = ['listen', 'library', 'history', 'settings', 'lab'] as const;
export type ScreenName = (typeof places)[number];

/** `recording`: a session by its number, a file of the queue (`q3`), or without a detail the whole queue. */
export type Route =
  | { place: ScreenName; detail?: string }
  | { place: 'track'; detail: string }
  | { place: 'recording'; detail?: string };

export function parseRoute(hash: string): Route {
  const [place, detail] = hash.replace(/^#\/?/, '').split('/');
  if (place === 'track' && /^\d+$/.test(detail ?? '')) return { place, detail };
  if (place === 'recording') return { place, detail: /^q?\d+$/.test(detail ?? '') ? detail : undefined };
  // Without a hash, the Listen screen waits; `#listen`, which shortcuts use, starts at once.
  if (place === 'listen') return { place, detail: 'now' };
  // An answer is a step of its own, so that Back leads from it to the start.
  if (place === 'answer') return { place: 'listen', detail: 'answer' };
  const known = places.find((name) => name === place);
  return known ? { place: known, detail } : { place: 'listen' };
}

/** The place of the bar that a route belongs to. */
export function placeOf({ place }: Route): ScreenName {
  if (place === 'track') return 'library';
  return place === 'recording' ? 'history' : place;
}

export const route = cell<Route>(parseRoute(typeof location === 'undefined' ? '' : location.hash));

export function followAddress(): void {
  addEventListener('hashchange', () => route.set(parseRoute(location.hash)));
}

export function linkTo(to: Route): string {
  if (to.place === 'listen') return to.detail === 'answer' ? '#answer' : '#';
  return `#${to.place}${to.detail ? `/${to.detail}` : ''}`;
}

export function go(to: Route, { replace = false } = {}): void {
  if (replace) {
    history.replaceState(null, '', linkTo(to));
    route.set(to);
  } else {
    location.hash = linkTo(to);
  }
}

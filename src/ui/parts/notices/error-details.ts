import { version } from '../../../../package.json';

/** The report contains no personal data: no titles, no file names, no address except the screen's. */
export function detailsOf(error: unknown): string {
  const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
  const place = location.hash.split('/')[0];
  return [`Entendu ${version}`, navigator.userAgent, `at ${place || '#'}`, `${name}: ${message}`, stack].join('\n');
}

// What the app may load and reach. The page's <meta> element, the headers of `npm start`, and the file `_headers` for static hosts are
// generated from this table (docs/hosting.md explains it for other hosts).

/** Neither page nor workers may reach any other origin. */
const page = {
  'default-src': "'none'",
  'script-src': "'self' 'wasm-unsafe-eval'",
  'worker-src': "'self'",
  'style-src': "'self'",
  'img-src': "'self' blob: data:",
  'media-src': "'self' blob:",
  'connect-src': "'self'",
  'manifest-src': "'self'",
  'base-uri': "'none'",
  'form-action': "'none'",
  'require-trusted-types-for': "'script'",
  'trusted-types': 'default',
};

const worker = {
  'default-src': "'none'",
  'script-src': "'self' 'wasm-unsafe-eval'",
  'connect-src': "'self'",
};

/** The only worker that may reach another host, for an address that the user typed: src/ui/adding/address.worker.ts. */
const addressWorker = { 'default-src': "'none'", 'script-src': "'self'", 'connect-src': 'https: http:' };

const written = (policy) =>
  Object.entries(policy)
    .map(([name, value]) => `${name} ${value}`)
    .join('; ');

/** For <meta>, where `frame-ancestors` has no effect. */
export const pagePolicy = written(page);

/** The policy of a worker is the one with which its script was sent. */
export const ADDRESS_FOLDER = 'address';

const everywhere = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Permissions-Policy': 'microphone=(self), display-capture=(self), camera=(), geolocation=(), payment=(), usb=()',
  'Cross-Origin-Opener-Policy': 'same-origin',
};
const framed = written({ ...page, 'frame-ancestors': "'none'" });

/** Paths (a `*` at the end matches anything) and their policies; the first match applies. */
export const policies = [
  [`/${ADDRESS_FOLDER}/*`, written(addressWorker)],
  ['/assets/*', written(worker)],
  ['/service-worker.js', written(worker)],
  ['/', framed],
  ['/index.html', framed],
];

/** @param {string} path */
export function headersFor(path) {
  const [, policy] = policies.find(([pattern]) => fits(pattern, path)) ?? [];
  return { ...everywhere, ...(policy && { 'Content-Security-Policy': policy }) };
}

const fits = (pattern, path) => (pattern.endsWith('*') ? path.startsWith(pattern.slice(0, -1)) : path === pattern);

/** The file `_headers` in the format of Netlify, Cloudflare Pages and others. */
export function headersFile() {
  const block = (path, headers) => [path, ...Object.entries(headers).map(([name, value]) => `  ${name}: ${value}`)];
  const rules = policies.map(([path, policy]) => block(path, { 'Content-Security-Policy': policy }));
  return `${[block('/*', everywhere), ...rules].map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

// The rules for what the app may load and reach, in one place: the page's own <meta> element, the headers of `npm start`, and the
// file `_headers` for static hosts are made from this table (docs/hosting.md shows it for other hosts).

/** Neither page nor worker may reach any other place than its own. */
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

/** The one worker that asks another place, for an address that the person typed: src/ui/adding/address.worker.ts. */
const addressWorker = { 'default-src': "'none'", 'script-src': "'self'", 'connect-src': 'https: http:' };

const written = (policy) =>
  Object.entries(policy)
    .map(([name, value]) => `${name} ${value}`)
    .join('; ');

/** For <meta>, where `frame-ancestors` does not count. */
export const pagePolicy = written(page);

/** A worker obeys the policy that its own script is sent with. */
export const ADDRESS_FOLDER = 'address';

const everywhere = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Permissions-Policy': 'microphone=(self), display-capture=(self), camera=(), geolocation=(), payment=(), usb=()',
  'Cross-Origin-Opener-Policy': 'same-origin',
};
const framed = written({ ...page, 'frame-ancestors': "'none'" });

/** Paths (a last `*` stands for anything) and the policy for each; the first that fits counts. */
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

/** The file `_headers`, as Netlify, Cloudflare Pages and others read it. */
export function headersFile() {
  const block = (path, headers) => [path, ...Object.entries(headers).map(([name, value]) => `  ${name}: ${value}`)];
  const rules = policies.map(([path, policy]) => block(path, { 'Content-Security-Policy': policy }));
  return `${[block('/*', everywhere), ...rules].map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

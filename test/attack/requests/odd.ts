/** Requests that HTTP allows and nobody means: bodies, paths, queries and tokens in any combination. */
import type { Input } from '../attack.ts';
import { forgedBundle } from '../forgery/bundle.ts';
import { oddTexts } from '../forgery/texts.ts';
import { hostileSound, type wholeSounds } from '../sounds/hostile.ts';

export interface OddRequest {
  path: string;
  init: RequestInit & { method: string; duplex?: 'half' };
  /** Whoever asks goes away before the answer. */
  isGone: boolean;
}

/** Track 2 may be lost to one of these; track 1 is what the service is asked for to see whether it is well. */
const PATHS = [
  ...['/v1/recognize', '/v1/recognize', '/v1/recognize', '/v1/tracklist', '/v1/tracks', '/v1/tracks', '/v1/listen'],
  ...['/v1/bundle', '/v1/recognize/print', '/v1/tracks/2', '/v1/tracks/2/cover', '/v1/tracks/-1', '/v1/tracks/1e400'],
  ...[
    '/v1/tracks/%00',
    '/v1/tracks/..%2f..%2fetc%2fpasswd',
    '/v1/tracks/%F0%9F',
    '/metrics',
    '/openapi.json',
    '//',
    '/%',
  ],
  ...['/v1/plays', '/v1/__proto__', '/health/ready', `/${'x'.repeat(3000)}`],
];
const METHODS = ['POST', 'POST', 'POST', 'POST', 'GET', 'PATCH', 'DELETE', 'PUT', 'OPTIONS', 'HEAD', 'PROPFIND'];
const NAMES =
  'top sure seconds rate channels encoding search sort descending offset limit title year fileName limitSeconds'.split(
    ' ',
  );
const VALUES = [
  '0',
  '-1',
  '1',
  '7',
  '1e999',
  'NaN',
  '',
  ' ',
  'null',
  '44100',
  '8000',
  's16',
  'f64',
  'ulaw',
  '65',
  '1e9',
  '%00',
  '../../x',
];

/** Lists that would have a decoder open other files or addresses. */
const LISTS = [
  '#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n',
  '#EXTM3U\n#EXTINF:10,\nhttp://127.0.0.1:9/a.ts\n',
  "ffconcat version 1.0\nfile '/etc/passwd'\n",
  'v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\nm=audio 5004 RTP/AVP 0\r\n',
  '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><MPD>&b;</MPD>',
  '<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>',
];

export function oddRequest(input: Input, token: string, wholes: ReturnType<typeof wholeSounds>): OddRequest {
  const method = input.pick(METHODS);
  const path = input.pick(PATHS) + query(input);
  const headers: Record<string, string> = { Authorization: authorization(input, token) };
  if (input.once(4))
    headers['Content-Type'] = input.pick([
      'multipart/form-data; boundary=x',
      'text/html',
      'application/json',
      'audio/mpeg',
      'x'.repeat(200),
    ]);
  if (input.once(6)) headers.Origin = input.pick(['null', 'http://evil.example', 'file://']);
  const hasBody = !['GET', 'HEAD'].includes(method);
  return {
    path,
    init: { method, headers, ...(hasBody && { body: body(input, path, wholes), duplex: 'half' }) },
    isGone: input.once(6),
  };
}

function query(input: Input): string {
  if (!input.once(2)) return '';
  const pairs = Array.from({ length: 1 + input.below(4) }, () => `${input.pick(NAMES)}=${input.pick(VALUES)}`);
  if (input.once(10)) pairs.push(`search=${encodeURIComponent(input.pick(oddTexts).replace(/\p{Surrogate}/gu, ''))}`);
  return `?${pairs.join('&')}`;
}

/** Mostly one that counts, or nothing behind it would be reached. */
function authorization(input: Input, token: string): string {
  if (!input.once(8)) return `Bearer ${token}`;
  return input.pick([
    '',
    'Bearer',
    `Bearer ${'x'.repeat(5000)}`,
    `Basic ${token}`,
    `bearer  ${token}`,
    'Bearer __proto__',
  ]);
}

function body(input: Input, path: string, wholes: ReturnType<typeof wholeSounds>): BodyInit {
  if (path.startsWith('/v1/bundle')) return forgedBundle(input);
  if (path.includes('print')) return peaks(input);
  if (/tracks\/\d/.test(path)) return json(input);
  const kind = input.below(10);
  if (kind === 0) return input.pick(LISTS);
  // A list behind the first bytes of a sound file.
  if (kind === 1) return input.pick(['RIFF', 'ID3', 'OggS', '\u0000\u0000\u0000 ftypM4A ']) + input.pick(LISTS);
  if (kind === 2) return noise(input, input.below(200_000));
  if (kind === 3) return noise(input, 5 * 2 ** 20 + input.below(2 ** 20));
  if (kind === 4) return trickle(input);
  return Uint8Array.from(hostileSound(input, wholes).bytes);
}

function noise(input: Input, length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  for (let i = 0; i < length; i += 1 + input.below(64)) bytes[i] = input.below(256);
  return bytes;
}

/** Parts of any size, and an end that may be an error. */
function trickle(input: Input): ReadableStream<Uint8Array> {
  let left = input.below(12);
  const breaks = input.once(3);
  return new ReadableStream({
    pull(controller) {
      if (left-- > 0) return controller.enqueue(noise(input, 1 + input.below(3000)));
      if (breaks) controller.error(new Error('gone'));
      else controller.close();
    },
  });
}

function peaks(input: Input): Uint8Array<ArrayBuffer> {
  const bytes = noise(input, 16 + input.below(4000));
  if (!input.once(4)) bytes.set([0x45, 0x43, 0x4c, 0x50, 1, 4, 1, 0]);
  if (!input.once(3)) new DataView(bytes.buffer).setUint32(8, input.below(2600), true);
  if (input.once(2)) new DataView(bytes.buffer).setUint32(12, input.below(2 ** 31), true);
  return bytes;
}

function json(input: Input): string {
  return input.pick([
    '{"title": null}',
    `{"title": ${JSON.stringify(input.pick(oddTexts))}}`,
    '{"__proto__": {"title": "x"}}',
    '{"constructor": 1}',
    '{"year": 1e999}',
    '{"enabled": "yes"}',
    `${'['.repeat(5000)}${']'.repeat(5000)}`,
    `{"title": "${'x'.repeat(20_000)}"}`,
    '"title"',
    '{',
    '',
    '{"title": "Song"}',
  ]);
}

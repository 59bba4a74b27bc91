/** Bytes on a socket that are not quite HTTP. */
import { connect } from 'node:net';
import type { Input } from '../attack.ts';

export interface RawAnswer {
  first: string;
  isHung: boolean;
}

/** The service gives up on a request's head after 15 s. */
const LONGEST_MS = 45_000;

const REQUESTS: ((input: Input) => string)[] = [
  () => 'GET\r\n\r\n',
  () => 'GET / HTTP/9.9\r\n\r\n',
  () => 'POST /v1/recognize HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n',
  () => 'POST /v1/recognize HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999\r\n\r\n',
  () =>
    'POST /v1/recognize HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET / HTTP/1.1\r\n\r\n',
  () => 'POST /v1/recognize HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFF\r\n',
  () => 'POST /v1/recognize HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n\r\n',
  (input) => `GET / HTTP/1.1\r\nHost: x\r\nX: ${'a'.repeat(1000 * (1 + input.below(40)))}\r\n\r\n`,
  (input) => `GET / HTTP/1.1\r\nHost: x\r\n${'A: b\r\n'.repeat(input.below(4000))}\r\n`,
  () => 'GET /\u0000 HTTP/1.1\r\nHost: x\r\n\r\n',
  () => 'GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\nA\u0000: b\r\n\r\n',
  () => 'CONNECT evil.example:80 HTTP/1.1\r\nHost: evil.example\r\n\r\n',
  () => 'GET http://evil.example/ HTTP/1.1\r\nHost: evil.example\r\n\r\n',
  () => 'GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n',
  () => 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
  () => '\u0016\u0003\u0001\u0002\u0000\u0001\u0000',
  (input) => String.fromCharCode(...Array.from({ length: 400 }, () => input.below(256))),
  () => 'GET / HTTP/1.1\r\nHost: [::1\r\n\r\n',
  () => 'GET //evil.example/%2e%2e HTTP/1.1\r\nHost: \u00ff\r\n\r\n',
];

/** Sent whole or in pieces; then the sender waits, ends its side, or is gone. */
export function rawRequest(input: Input, address: string): Promise<RawAnswer> {
  const { hostname, port } = new URL(address);
  const request = Buffer.from(input.pick(REQUESTS)(input), 'latin1');
  const ending = input.pick(['end', 'end', 'destroy', 'wait'] as const);
  input.note(`${JSON.stringify(request.subarray(0, 80).toString('latin1'))} ${ending}`);
  return new Promise((resolve) => {
    let first = '';
    const socket = connect(Number(port), hostname);
    const done = (isHung: boolean) => {
      clearTimeout(timer);
      socket.destroy();
      resolve({ first: first.slice(0, 100), isHung });
    };
    const timer = setTimeout(() => done(true), LONGEST_MS);
    socket.on('data', (bytes) => {
      first += bytes.toString('latin1');
      // A connection that is kept alive has its answer.
      if (/^HTTP\/1\.1 \d+[\s\S]*\r\n\r\n/.test(first)) done(false);
    });
    socket.on('error', () => done(false));
    socket.on('close', () => done(false));
    socket.on('connect', () => {
      const half = input.once(2) ? input.below(request.length) : request.length;
      socket.write(request.subarray(0, half));
      setTimeout(() => {
        if (socket.destroyed) return;
        if (half < request.length) socket.write(request.subarray(half));
        if (ending === 'end') socket.end();
        if (ending === 'destroy') done(false);
      }, 5);
    });
  });
}

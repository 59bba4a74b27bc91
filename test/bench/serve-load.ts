/** Load on a running service, by autocannon: how many answers a second, and how long they take. */
import autocannon from 'autocannon';
import { quantile } from './quantile.ts';

export interface Load {
  address: string;
  token: string;
  path: string;
  bodies: Buffer[];
  connections: number;
  seconds: number;
  /** Requests a second, all connections together; else as many as are answered. */
  rate?: number;
}

export interface Measured {
  perSecond: number;
  p50: number;
  p95: number;
  p99: number;
  /** Share of requests that were refused as too many. */
  refused: number;
  /** Answers that are neither, and requests without an answer. */
  failures: number;
}

export async function loadWith({ address, token, path, bodies, connections, seconds, rate }: Load): Promise<Measured> {
  const instance = autocannon({
    url: address,
    connections,
    duration: seconds,
    ...(rate && { overallRate: rate }),
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/octet-stream' },
    requests: bodies.map((body) => ({ method: 'POST', path, body })),
  });
  const times: number[] = [];
  let refused = 0;
  let failures = 0;
  instance.on('response', (_, status, __, ms) => {
    if (status === 200) times.push(ms);
    else if (status === 429) refused++;
    else failures++;
  });
  instance.on('reqError', () => failures++);
  await instance;
  times.sort((a, b) => a - b);
  return {
    perSecond: times.length / seconds,
    p50: quantile(times, 0.5),
    p95: quantile(times, 0.95),
    p99: quantile(times, 0.99),
    refused: refused / Math.max(1, refused + times.length),
    failures,
  };
}

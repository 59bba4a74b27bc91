/**
 * Fetches from an address that a person typed or accepted, within limits of size and time. Requests carry no cookies and no referrer.
 *
 * Browsers follow redirects without asking and report the final address afterwards. The response of another host is not read until
 * the person agrees to that host.
 */
import { type FaultName, UserError } from '../errors.ts';

/** Timeouts until the first byte, and between bytes. */
const PATIENCE_MS = 30_000;
const LONGEST_MS = 60 * 60_000;

export interface FetchLimits {
  mostBytes: number;
  /** The first bytes that the response must have; otherwise it is not read further. */
  begins?: readonly number[];
  /** Hosts other than that of the address which may answer. */
  hosts?: readonly string[];
  /** Whether the browser may keep a copy. */
  cache?: RequestCache;
  signal?: AbortSignal;
}

/** `total` is undefined if the host does not provide it. */
export type BytesRead = (bytes: number, total?: number) => void;

/** The address redirects to another host, which was not read. */
export class ElsewhereError extends UserError {
  constructor(
    readonly address: string,
    readonly host: string,
  ) {
    super('AddressElsewhere', `The address redirects to another site, ${host}, which was not agreed to.`);
  }
}

export async function fetchWithin(address: string, limits: FetchLimits, read: BytesRead = () => {}): Promise<Blob> {
  const { mostBytes, hosts = [], cache, signal } = limits;
  const stop = new AbortController();
  const refuse = (fault: FaultName) => stop.abort(new UserError(fault, refusals[fault] ?? 'The download failed.'));
  const leave = () => stop.abort(signal?.reason);
  signal?.addEventListener('abort', leave);
  let patience = setTimeout(refuse, PATIENCE_MS, 'AddressStalled');
  const longest = setTimeout(refuse, LONGEST_MS, 'AddressStalled');
  try {
    signal?.throwIfAborted();
    const options = { credentials: 'omit', referrerPolicy: 'no-referrer', cache, signal: stop.signal } as const;
    const answer = await fetch(address, options);
    const { host } = new URL(answer.url);
    if (host !== new URL(address).host && !hosts.includes(host)) throw new ElsewhereError(answer.url, host);
    if (!answer.ok || !answer.body) throw new Error(`${answer.status} ${answer.statusText}`);
    const total = Number(answer.headers.get('content-length')) || undefined;
    if (total && total > mostBytes) refuse('AddressTooLarge');
    const told = (bytes: number) => {
      clearTimeout(patience);
      patience = setTimeout(refuse, PATIENCE_MS, 'AddressStalled');
      read(bytes, total);
    };
    return await new Response(bounded(answer.body, limits, told, refuse)).blob();
  } catch (error) {
    if (stop.signal.aborted) throw stop.signal.reason;
    if (error instanceof UserError) throw error;
    throw new UserError('AddressUnreachable', `Nothing could be downloaded from ${address}.`, { cause: error });
  } finally {
    clearTimeout(patience);
    clearTimeout(longest);
    signal?.removeEventListener('abort', leave);
    stop.abort();
  }
}

const refusals: Partial<Record<FaultName, string>> = {
  AddressStalled: 'The download does not finish. Try again later.',
  AddressTooLarge: 'The server sends more than was expected.',
  BundleForeign: 'This is not a bundle of Entendu.',
};

/** Passes the bytes on; fails as soon as they are too many, or do not begin as they must. */
function bounded(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
  { mostBytes, begins = [] }: FetchLimits,
  read: (bytes: number) => void,
  refuse: (fault: FaultName) => void,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  let bytes = 0;
  return body.pipeThrough(
    new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
      transform(chunk, out) {
        const isRight = begins.slice(bytes).every((byte, i) => i >= chunk.length || chunk[i] === byte);
        bytes += chunk.length;
        if (!isRight) refuse('BundleForeign');
        else if (bytes > mostBytes) refuse('AddressTooLarge');
        read(bytes);
        out.enqueue(chunk);
      },
    }),
  );
}

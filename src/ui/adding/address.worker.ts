/**
 * The only code that sends requests to another host, and only to the address that the user typed. Size and time are limited, and a
 * response that does not begin like a bundle is not read further.
 *
 * Browsers follow redirects without asking and report the final address afterwards. Requests carry no cookies and no referrer. The
 * response of another host is not read until the user agrees to that host.
 */
import { type FaultName, UserError } from '../../errors.ts';
import { BUNDLE_MAGIC } from '../../library/bundle/magic.ts';
import type { FetchMessage } from './fetch-bundle.ts';

/** The prints of about 70,000 songs. */
const MOST_BYTES = 2 ** 30;
/** Timeouts until the first byte, and between bytes. */
const PATIENCE_MS = 30_000;
const LONGEST_MS = 60 * 60_000;

const tell = (message: FetchMessage) => postMessage(message);

addEventListener('message', ({ data: address }: MessageEvent<string>) => {
  fetchBundle(address).catch((error) => {
    console.error(error);
    tell({ kind: 'failed', fault: error instanceof UserError ? error.name : 'AddressUnreachable' });
  });
});

async function fetchBundle(address: string): Promise<void> {
  const stop = new AbortController();
  const refuse = (fault: FaultName) => stop.abort(new UserError(fault, 'The answer was given up.'));
  let patience = setTimeout(refuse, PATIENCE_MS, 'AddressStalled');
  const longest = setTimeout(refuse, LONGEST_MS, 'AddressStalled');
  try {
    const answer = await fetch(address, { credentials: 'omit', referrerPolicy: 'no-referrer', signal: stop.signal });
    const { host } = new URL(answer.url);
    if (host !== new URL(address).host) return tell({ kind: 'elsewhere', address: answer.url, host });
    if (!answer.ok || !answer.body) throw new Error(`${answer.status} ${answer.statusText}`);
    const total = Number(answer.headers.get('content-length')) || undefined;
    if (total && total > MOST_BYTES) refuse('AddressTooLarge');
    const read = (bytes: number) => {
      clearTimeout(patience);
      patience = setTimeout(refuse, PATIENCE_MS, 'AddressStalled');
      tell({ kind: 'progress', bytes, ...(total && { total }) });
    };
    tell({ kind: 'done', bundle: await new Response(bounded(answer.body, read, refuse)).blob() });
  } catch (error) {
    throw stop.signal.aborted ? stop.signal.reason : error;
  } finally {
    clearTimeout(patience);
    clearTimeout(longest);
    stop.abort();
  }
}

/** Passes the bytes on; fails as soon as they are too many, or do not begin like a bundle. */
function bounded(
  body: ReadableStream<Uint8Array>,
  read: (bytes: number) => void,
  refuse: (fault: FaultName) => void,
): ReadableStream<Uint8Array> {
  let bytes = 0;
  return body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, out) {
        const isBundle = BUNDLE_MAGIC.slice(bytes).every((byte, i) => i >= chunk.length || chunk[i] === byte);
        bytes += chunk.length;
        if (!isBundle) refuse('BundleForeign');
        else if (bytes > MOST_BYTES) refuse('AddressTooLarge');
        read(bytes);
        out.enqueue(chunk);
      },
    }),
  );
}

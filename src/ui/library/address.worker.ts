/** Worker: the only code that asks another place for anything, and only for the address a person typed. */
import type { FetchMessage } from './fetch-bundle.ts';

const tell = (message: FetchMessage) => postMessage(message);

addEventListener('message', async ({ data: address }: MessageEvent<string>) => {
  try {
    // Neither cookies nor where the request comes from go along.
    const answer = await fetch(address, { credentials: 'omit', referrerPolicy: 'no-referrer' });
    if (!answer.ok || !answer.body) throw new Error(`${answer.status} ${answer.statusText}`);
    let bytes = 0;
    const total = Number(answer.headers.get('content-length')) || undefined;
    const counted = answer.body.pipeThrough(
      new TransformStream<Uint8Array, Uint8Array>({
        transform(chunk, out) {
          bytes += chunk.length;
          tell({ kind: 'progress', bytes, ...(total && { total }) });
          out.enqueue(chunk);
        },
      }),
    );
    tell({ kind: 'done', bundle: await new Response(counted).blob() });
  } catch (error) {
    console.error(error);
    tell({ kind: 'failed' });
  }
});

/**
 * The only code that sends requests to another host, and only to addresses that the user typed or agreed to: see
 * `catalogue/bounded-fetch.ts`. Glue only.
 */
import { ElsewhereError, fetchWithin } from '../../catalogue/bounded-fetch.ts';
import { faultOf } from '../../errors.ts';
import type { FetchMessage, FetchRequest } from './fetch-address.ts';

addEventListener('message', ({ data }: MessageEvent<FetchRequest>) => {
  const { id, address, limits } = data;
  const tell = (message: FetchMessage) => postMessage(message);
  fetchWithin(address, limits, (bytes, total) => tell({ id, kind: 'progress', bytes, total })).then(
    (blob) => tell({ id, kind: 'done', blob }),
    (error) => {
      console.error(error);
      if (error instanceof ElsewhereError) tell({ id, kind: 'elsewhere', address: error.address, host: error.host });
      else tell({ id, kind: 'failed', fault: faultOf(error) });
    },
  );
});

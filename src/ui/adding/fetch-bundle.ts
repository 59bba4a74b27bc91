/** Fetches a bundle in a worker of its own: the rules of the page allow the page no other place than its own. */
import type { FaultName } from '../../errors.ts';

export type FetchMessage =
  /** `total` only where the host tells it. */
  | { kind: 'progress'; bytes: number; total?: number }
  | { kind: 'done'; bundle: Blob }
  /** The host asked passes the request on to another one. Nothing was read yet. */
  | { kind: 'elsewhere'; address: string; host: string }
  | { kind: 'failed'; fault: FaultName };

/** Returns what gives up. */
export function fetchBundle(address: string, tell: (message: FetchMessage) => void): () => void {
  const worker = new Worker(new URL('./address.worker.ts', import.meta.url), { type: 'module', name: 'address' });
  worker.onmessage = ({ data }: MessageEvent<FetchMessage>) => {
    tell(data);
    if (data.kind !== 'progress') worker.terminate();
  };
  worker.onerror = () => tell({ kind: 'failed', fault: 'AddressUnreachable' });
  worker.postMessage(address);
  return () => worker.terminate();
}

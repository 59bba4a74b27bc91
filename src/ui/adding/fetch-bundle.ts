/** Downloads a bundle in a separate worker, because the page's content security policy forbids requests to other hosts. */
import type { FaultName } from '../../errors.ts';

export type FetchMessage =
  /** `total` is undefined if the host does not provide it. */
  | { kind: 'progress'; bytes: number; total?: number }
  | { kind: 'done'; bundle: Blob }
  /** The host redirects to another one. Nothing has been read yet. */
  | { kind: 'elsewhere'; address: string; host: string }
  | { kind: 'failed'; fault: FaultName };

/** Returns a function that cancels the download. */
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

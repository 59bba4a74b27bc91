/** Files that other apps share with this one, or that are opened with it. */

const SHARED_CACHE = 'shared';

/** Takes what the service worker has put aside (see `service-worker.ts`), which is let go when it lies safe elsewhere. */
export async function takeShared(take: (files: File[]) => Promise<void>): Promise<void> {
  if (!('caches' in globalThis)) return;
  const cache = await caches.open(SHARED_CACHE);
  const requests = await cache.keys();
  const files = await Promise.all(
    requests.map(async (request) => {
      const kept = await cache.match(request);
      const blob = await kept!.blob();
      return new File([blob], decodeURIComponent(kept!.headers.get('x-file-name') ?? ''), { type: blob.type });
    }),
  );
  if (files.length) await take(files);
  await Promise.all(requests.map((request) => cache.delete(request)));
}

// TypeScript's own library does not know it yet.
interface LaunchQueue {
  setConsumer(take: (launch: { files: FileSystemFileHandle[] }) => void): void;
}

export function onOpenedWith(take: (files: File[]) => void): void {
  const { launchQueue } = globalThis as { launchQueue?: LaunchQueue };
  launchQueue?.setConsumer(async ({ files }) => {
    if (files.length) take(await Promise.all(files.map((handle) => handle.getFile())));
  });
}

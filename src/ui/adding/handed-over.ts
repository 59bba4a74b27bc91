/** Files that other apps share with this one, or that are opened with it. They wait until the user decides what to do. */
import { type Cell, cell } from '../parts/state/cell.ts';

const SHARED_CACHE = 'shared';

export interface HandedOver {
  files: File[];
  /** The files cannot be read again later, so a copy must be stored until they are learnt. */
  isOnlyCopy: boolean;
  /** Deletes the stored files after they were accepted or declined. */
  letGo(): Promise<void>;
}

/** The files that `handed-over-dialog.tsx` is asking about. */
export const handedOver: Cell<HandedOver | undefined> = cell<HandedOver | undefined>(undefined);

/** Asks about files that the service worker has stored (see `service-worker.ts`). */
export async function askAboutShared(): Promise<void> {
  if (!('caches' in globalThis)) return;
  const cache = await caches.open(SHARED_CACHE);
  const requests = await cache.keys();
  const files = await Promise.all(
    requests.map(async (request) => {
      const kept = await cache.match(request);
      const blob = await kept!.blob();
      return new File([blob], nameOf(kept!.headers.get('x-file-name')), { type: blob.type });
    }),
  );
  const letGo = async () => void (await Promise.all(requests.map((request) => cache.delete(request))));
  if (files.length) handedOver.set({ files, isOnlyCopy: true, letGo });
}

function nameOf(written: string | null): string {
  try {
    return decodeURIComponent(written ?? '');
  } catch {
    return written ?? '';
  }
}

// Not yet in TypeScript's library.
interface LaunchQueue {
  setConsumer(take: (launch: { files: FileSystemFileHandle[] }) => void): void;
}

/** Asks about files that the user opened with the app. */
export function followOpenedFiles(failed: (error: unknown) => void): void {
  const { launchQueue } = globalThis as { launchQueue?: LaunchQueue };
  launchQueue?.setConsumer(({ files: handles }) => {
    if (!handles.length) return;
    Promise.all(handles.map((handle) => handle.getFile())).then(
      (files) => handedOver.set({ files, isOnlyCopy: false, letGo: async () => {} }),
      failed,
    );
  });
}

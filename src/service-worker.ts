/** Keeps the app available offline, and receives files that other apps share with it. */
import { clientsClaim } from 'workbox-core';
import { cleanupOutdatedCaches, createHandlerBoundToURL, precacheAndRoute } from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';

declare const self: ServiceWorkerGlobalScope & { __WB_MANIFEST: (string | { url: string; revision: string | null })[] };

/** The cache in which shared files wait for the page; see `ui/adding/handed-over.ts`. */
const SHARED_CACHE = 'shared';

precacheAndRoute(self.__WB_MANIFEST);
cleanupOutdatedCaches();
registerRoute(new NavigationRoute(createHandlerBoundToURL('index.html')));

registerRoute(({ url }) => url.pathname.endsWith('/share'), keepShared, 'POST');

/** Limits for one share; a share sheet does not send more. */
const MOST_FILES = 200;
const MOST_BYTES = 4 * 2 ** 30;

/** Stores shared files. The page shows them and asks before it learns anything. */
async function keepShared({ request }: { request: Request }): Promise<Response> {
  const went = (place: string) => Response.redirect(new URL(`#library/${place}`, self.registration.scope).href, 303);
  if (isFromElsewhere(request)) return went('refused');
  try {
    const files = (await request.formData()).getAll('files').filter((entry) => entry instanceof File);
    const bytes = files.reduce((sum, { size }) => sum + size, 0);
    if (files.length > MOST_FILES || bytes > MOST_BYTES) return went('refused');
    await Promise.all(files.map(putAside));
    return went('shared');
  } catch (error) {
    console.error(error); // not a form, or storage is full
    return went('refused');
  }
}

/**
 * Another site can post a form here, too. A share sheet sends no referrer and no foreign origin, so a form with either is refused.
 * A form without both is treated like a share: the page asks first.
 */
function isFromElsewhere({ headers, referrer }: Request): boolean {
  const own = self.location.origin;
  const origin = headers.get('origin') ?? 'null';
  const isForeign = (address: string) => URL.canParse(address) && new URL(address).origin !== own;
  return isForeign(referrer) || isForeign(origin) || headers.get('sec-fetch-site') === 'cross-site';
}

async function putAside(file: File, number: number): Promise<void> {
  const cache = await caches.open(SHARED_CACHE);
  const address = new URL(`shared/${Date.now()}-${number}`, self.registration.scope).href;
  await cache.put(address, new Response(file, { headers: { 'x-file-name': encodeURIComponent(file.name) } }));
}

// A new version waits until the user asks for it or all windows are closed, so that nothing is interrupted.
self.addEventListener('message', ({ data }) => {
  if (data?.type === 'SKIP_WAITING') self.skipWaiting();
});
clientsClaim();

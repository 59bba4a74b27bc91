/** Keeps the app itself at hand without a network, and takes in what other apps share with it. */
import { clientsClaim } from 'workbox-core';
import { cleanupOutdatedCaches, createHandlerBoundToURL, precacheAndRoute } from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';

declare const self: ServiceWorkerGlobalScope & { __WB_MANIFEST: (string | { url: string; revision: string | null })[] };

/** Where shared files wait for the page, see `ui/library/handed-over.ts`. */
const SHARED_CACHE = 'shared';

precacheAndRoute(self.__WB_MANIFEST);
cleanupOutdatedCaches();
registerRoute(new NavigationRoute(createHandlerBoundToURL('index.html')));

registerRoute(({ url }) => url.pathname.endsWith('/share'), keepShared, 'POST');

async function keepShared({ request }: { request: Request }): Promise<Response> {
  const files = (await request.formData()).getAll('files').filter((entry) => entry instanceof File);
  const cache = await caches.open(SHARED_CACHE);
  await Promise.all(
    files.map((file, number) =>
      cache.put(
        new URL(`shared/${Date.now()}-${number}`, self.registration.scope).href,
        new Response(file, { headers: { 'x-file-name': encodeURIComponent(file.name) } }),
      ),
    ),
  );
  return Response.redirect(new URL('#library/shared', self.registration.scope).href, 303);
}

// A new version waits until the person asks for it or every window is closed: nothing is interrupted.
self.addEventListener('message', ({ data }) => {
  if (data?.type === 'SKIP_WAITING') self.skipWaiting();
});
clientsClaim();

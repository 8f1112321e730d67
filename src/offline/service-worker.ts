/**
 * The service worker of the built app. The page and all its code are kept at the first visit, models and WebAssembly when
 * they are first used; from then on the app needs no network. Every file is served as this version had it: a new version
 * waits until the user takes it, or until the last tab is closed. It shows notifications and leads back from them.
 */
import { addPlugins, cleanupOutdatedCaches, createHandlerBoundToURL, precacheAndRoute } from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';
import { createKeptFiles, isKeptOnUse, type VersionedFile } from './kept-files';
import { openAlertPage } from './pressed-notification';
import { securityHeaders } from './security-headers';
import type { WorkerRequest } from './worker-request';

declare const self: ServiceWorkerGlobalScope;

/** Isolated, and workers held to their policy, on hosts that do not send the headers, too. */
function secured(response: Response): Response {
  const headers = new Headers(response.headers);
  const isScript = /javascript/.test(headers.get('Content-Type') ?? '');
  for (const [name, value] of Object.entries(securityHeaders(isScript))) headers.set(name, value);
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
}

/** Written here by the build. */
const files = self.__WB_MANIFEST as VersionedFile[];
const { scope } = self.registration;
const kept = createKeptFiles({
  files: files.filter(({ url }) => isKeptOnUse(url)),
  scope,
  openCache: () => caches.open(`oriel-models-${scope}`),
  fetchFile: (address, options) => fetch(address, options),
});

addPlugins([{ handlerWillRespond: async ({ response }) => secured(response) }]);
precacheAndRoute(files.filter(({ url }) => !isKeptOnUse(url)));
cleanupOutdatedCaches();

const { pathname } = new URL(scope);
registerRoute(
  new NavigationRoute(createHandlerBoundToURL('index.html'), {
    // Whatever is asked of the page stands behind '?' and '#': other addresses are files.
    allowlist: [new RegExp(`^${pathname.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(index\\.html)?(\\?|$)`)],
  }),
);
registerRoute(
  ({ url }) => kept.has(url.href),
  async ({ url }) => secured(await kept.serve(url.href)),
);

self.addEventListener('install', (event) => event.waitUntil(kept.renew()));

self.addEventListener('activate', (event) => {
  event.waitUntil(Promise.all([kept.forgetOthers(), self.clients.claim()]));
});

self.addEventListener('message', (event) => {
  const request = event.data as WorkerRequest;
  switch (request.type) {
    case 'take-over':
      return void self.skipWaiting();
    case 'keep':
      return event.waitUntil(request.files === 'all' ? kept.keepAll() : kept.keepUsed());
    case 'notify': {
      const { title, options } = request;
      const clientId = (event.source as Client | null)?.id ?? '';
      const data = { ...options.data, clientId };
      return event.waitUntil(self.registration.showNotification(title, { ...options, data }));
    }
  }
});

self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(openAlertPage(self.clients, scope, event.notification.data));
});

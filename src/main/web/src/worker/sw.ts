declare const self: ServiceWorkerGlobalScope;
export {};

/** The app's files, and a name for this very set of them; the build fills both in. */
declare const SHELL: string[];
declare const VERSION: string;

const CACHE_PREFIX = 'parley-shell-';
const CACHE = CACHE_PREFIX + VERSION;
const PAGE = '/';

self.addEventListener('install', (event) => {
  event.waitUntil(
    caches
      .open(CACHE)
      .then((cache) => cache.addAll([PAGE, ...SHELL].map(fresh)))
      .then(() => self.skipWaiting()),
  );
});

self.addEventListener('activate', (event) => {
  event.waitUntil(dropOldShells().then(() => self.clients.claim()));
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== self.location.origin) return;
  if (url.pathname === PAGE) event.respondWith(kept(PAGE, request));
  else if (SHELL.includes(url.pathname)) event.respondWith(kept(url.pathname, request));
});

/** Past the browser's own cache, which might still hold what an earlier version was. */
function fresh(path: string): Request {
  return new Request(path, { cache: 'reload' });
}

async function kept(path: string, request: Request): Promise<Response> {
  const cache = await caches.open(CACHE);
  return (await cache.match(path)) ?? fetch(request);
}

async function dropOldShells(): Promise<void> {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith(CACHE_PREFIX) && name !== CACHE);
  await Promise.all(old.map((name) => caches.delete(name)));
}

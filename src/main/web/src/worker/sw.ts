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

/** What the server tells of a message that arrived while no device of the user had a socket. */
interface Push {
  conversation: string;
  from: string;
  name?: string;
  title?: string;
  text?: string;
}

self.addEventListener('push', (event) => {
  const push = event.data?.json() as Push | undefined;
  if (push) event.waitUntil(show(push));
});

self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  const { conversation } = event.notification.data as { conversation: string };
  event.waitUntil(open(conversation));
});

/** One notification for each conversation: a later message takes the place of an earlier one. */
async function show({ conversation, from, name, title, text }: Push): Promise<void> {
  const who = name ?? from;
  const said = text ?? (navigator.language.startsWith('de') ? 'Neue Nachricht' : 'New message');
  await self.registration.showNotification(title ?? who, {
    body: title ? `${who}: ${said}` : said,
    tag: conversation,
    icon: '/icons/icon-192.png',
    badge: '/icons/badge-96.png',
    data: { conversation },
  });
}

/** In the app where it is open already, or else in a new window. */
async function open(conversation: string): Promise<void> {
  const windows = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const app = windows.find((it) => new URL(it.url).pathname === PAGE);
  if (!app) {
    await self.clients.openWindow(`/#/c/${conversation}`);
    return;
  }
  app.postMessage({ open: conversation });
  await app.focus();
}

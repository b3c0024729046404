// Keeps the page of a sheet, and what it is drawn with, for the time without a connection.
// The network comes first; what it last gave is used only when it does not answer.

const CACHE = "rukang-sheets";
const KEPT = /^\/(inspections\/\d+\/sheet|static\/[\w.-]+)$/;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { pathname, origin } = new URL(event.request.url);
  if (event.request.method === "GET" && origin === self.location.origin && KEPT.test(pathname)) {
    event.respondWith(fromNetwork(event.request));
  }
});

// The page names what it is made of; a submitted sheet leaves the device.
self.addEventListener("message", (event) => event.waitUntil(told(event.data || {})));

async function told({ keep, forget }) {
  const cache = await caches.open(CACHE);
  if (keep) await cache.addAll(keep.filter((path) => KEPT.test(path)));
  if (forget) await cache.delete(forget);
}

async function fromNetwork(request) {
  const cache = await caches.open(CACHE);
  try {
    const answer = await fetch(request);
    if (answer.ok && !answer.redirected) await cache.put(request, answer.clone());
    return answer;
  } catch (error) {
    const kept = await cache.match(request);
    if (kept) return kept;
    throw error;
  }
}

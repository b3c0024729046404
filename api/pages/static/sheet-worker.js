// Keeps the page of a sheet, and what it is drawn with, for the time without a connection.
//
// The network comes first. What it last gave is used when it does not answer, and when somebody else
// answers in its place: a hotel's sign-in page must never stand where the sheet was.
/* global workbox */
importScripts("/static/vendor/workbox.js");

const CACHE = "rukang-sheets";
const KEPT = /^\/(inspections\/\d+\/sheet|static\/[\w./-]+)$/;
const MARK = "Rukang-Answer";

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

const ours = {
  // Somebody else's answer counts as none, so the kept one is taken.
  fetchDidSucceed: async ({ response, state }) => {
    if (response.headers.get(MARK)) return response;
    state.stranger = response;
    throw new TypeError("another server answered");
  },
  // Nothing is kept either: let the person see whatever answered.
  handlerDidError: async ({ state }) => state.stranger,
  cacheWillUpdate: async ({ response }) =>
    response.status === 200 && !response.redirected ? response : null,
};

workbox.registerRoute(
  ({ sameOrigin, url }) => sameOrigin && KEPT.test(url.pathname),
  new workbox.NetworkFirst({
    cacheName: CACHE,
    plugins: [ours],
    fetchOptions: { cache: "no-cache" }, // parts of one version only
  }),
);

// The page names what it is made of; a submitted sheet, and all at signing out, leaves the device.
self.addEventListener("message", (event) => event.waitUntil(told(event.data || {})));

async function told({ keep, forget, forgetAll }) {
  const cache = await caches.open(CACHE);
  if (keep) await Promise.all(keep.filter((path) => KEPT.test(path)).map((path) => put(cache, path)));
  if (forget) await cache.delete(forget);
  if (forgetAll) {
    const pages = (await cache.keys()).filter(({ url }) => !new URL(url).pathname.startsWith("/static/"));
    for (const page of pages) await cache.delete(page);
  }
}

async function put(cache, path) {
  const answer = await fetch(path, { cache: "no-cache", redirect: "error" });
  if (answer.ok && answer.headers.get(MARK)) await cache.put(path, answer);
}

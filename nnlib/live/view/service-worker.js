// The book without a network: what a reader has visited can be read again, and the engine starts from the store.
//
// Pages and the view come from the network where there is one, so nothing is ever out of date; the engine's files have
// their SHA-256 in their address and come from the store. What is not in it passes through as if nobody were here.

const { version, view, engine } = BUILD; // written in when the book is built
const PAGES = `pages ${scope("")} ${version}`;
const ENGINE = `engine ${scope("live/engine/")}`; // the store of files.mjs
const LAB = `${registration.scope}lite/`; // it has a service worker of its own, and 40 MB that nobody should keep twice

function scope(path) {
  return new URL(path, registration.scope).pathname;
}

addEventListener("install", (event) => event.waitUntil(install()));
addEventListener("activate", (event) => event.waitUntil(activate()));
addEventListener("message", (event) => event.waitUntil(Promise.allSettled(event.data.map(visited))));
addEventListener("fetch", (event) => {
  const { method, url } = event.request;
  if (method !== "GET" || !url.startsWith(registration.scope) || url.startsWith(LAB)) return;
  event.respondWith(/\?[0-9a-f]{64}$/.test(url) ? fromStore(event.request) : fromNetwork(event));
});

async function install() {
  const pages = await caches.open(PAGES);
  await pages.addAll(view.map((path) => new Request(scope(path), { cache: "no-cache" })));
  await skipWaiting();
}

async function activate() {
  for (const name of await caches.keys()) {
    if (name.startsWith(`pages ${scope("")} `) && name !== PAGES) await caches.delete(name);
  }
  await clients.claim();
  const store = await caches.open(ENGINE);
  for (const { url } of await store.keys()) if (!engine.includes(new URL(url).search.slice(1))) await store.delete(url);
}

/** Keep what a page had fetched before anybody was here to see it. */
async function visited(address) {
  const url = new URL(address);
  if (url.href.startsWith(registration.scope) && !url.search) await (await caches.open(PAGES)).add(new Request(url, { cache: "no-cache" }));
}

async function fromStore(request) {
  const store = await caches.open(ENGINE).catch(() => null);
  return (await store?.match(request)) ?? fetch(request);
}

async function fromNetwork(event) {
  const [address] = event.request.url.split(/[?#]/);
  try {
    const response = await fetch(event.request);
    if (response.status === 200) event.waitUntil(put(address, response.clone()));
    return response;
  } catch (error) {
    const kept = await (await caches.open(PAGES)).match(address);
    if (!kept) throw error;
    return kept;
  }
}

async function put(address, response) {
  await (await caches.open(PAGES)).put(address, response).catch(() => {}); // a full storage is no reason to fail
}

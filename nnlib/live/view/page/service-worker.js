// The book without a network: what a reader has visited can be read again, and the engine starts from the store.
//
// Pages and their scripts come from the network where there is one, so nothing is ever out of date; the engine's files
// have their SHA-256 in their address and come from the store. What is not in it passes through as if nobody were here.
// What is kept is of one build: where another one takes over, all pages that were kept are kept anew.

const { version, view, engine } = BUILD; // written in when the book is built
const PAGES = `pages ${scope("")} ${version}`;
const ENGINE = `engine ${scope("live/engine/")}`; // the store of files.mjs
const LATER = 3000; // milliseconds: by then the page lives, and what is kept takes nothing from it
const LAB = `${registration.scope}lite/`; // it has a service worker of its own, and 40 MB that nobody should keep twice

function scope(path) {
  return new URL(path, registration.scope).pathname;
}

addEventListener("install", (event) => {
  // A page need not wait until this worker has started: where a browser knows routes, the network may answer first.
  event.addRoutes?.({ condition: { requestMode: "navigate" }, source: "race-network-and-fetch-handler" });
  event.waitUntil(install());
});
addEventListener("activate", (event) => event.waitUntil(activate()));
addEventListener("message", (event) => {
  event.waitUntil(Promise.all(event.data.filter(isOurs).map((url) => keepLater(url, "no-cache"))));
});
addEventListener("fetch", (event) => {
  const { method, url } = event.request;
  if (method === "GET" && isOurs(url)) event.respondWith(isEngine(url) ? fromStore(event.request) : fromNetwork(event));
});

const isOurs = (url) => url.startsWith(registration.scope) && !url.startsWith(LAB);
const isEngine = (url) => /\?[0-9a-f]{64}$/.test(url);
const EDITION = /\blive\/[0-9a-f]{12}\//; // the folder of what runs in the pages, named by what is in it
const bare = (url) => url.split(/[?#]/)[0];

async function install() {
  const pages = await caches.open(PAGES);
  await pages.addAll(view.map((path) => new Request(scope(path), { cache: "no-cache" })));
  await skipWaiting();
}

async function activate() {
  /** What another build has kept, but for what only its own pages ask for. @type {string[]} */
  const former = [];
  for (const name of await caches.keys()) {
    if (!name.startsWith(`pages ${scope("")} `) || name === PAGES) continue;
    const kept = await (await caches.open(name)).keys();
    former.push(...kept.map(({ url }) => url).filter((url) => !EDITION.test(url)));
    await caches.delete(name);
  }
  await clients.claim();
  const store = await caches.open(ENGINE);
  for (const { url } of await store.keys()) if (!engine.includes(new URL(url).search.slice(1))) await store.delete(url);
  for (const url of former) keepLater(url, "no-cache"); // nobody waits for it: pages would, as long as this goes on
}

async function fromStore(request) {
  const store = await caches.open(ENGINE).catch(() => null);
  return (await store?.match(request.url.replace(EDITION, "live/"))) ?? fetch(request);
}

async function fromNetwork(event) {
  const { url } = event.request;
  const kept = async () => (await caches.open(PAGES)).match(bare(url));
  try {
    const response = await fetch(event.request);
    if (response.status === 200) event.waitUntil(keepLater(url));
    // A host may have no older edition any more, which a page out of the browser's own cache asks for.
    return (response.status === 404 && EDITION.test(url) && (await kept())) || response;
  } catch (error) {
    const lost = async () => (await caches.open(PAGES)).match(scope("offline.html"));
    const response = (await kept()) ?? (event.request.mode === "navigate" ? await lost() : undefined);
    if (!response) throw error;
    return response;
  }
}

/** Keep what a page has asked for. It is asked for once more, which the browser's own cache answers as a rule. */
async function keepLater(url, cache = "default") {
  if (isEngine(url)) return; // files.mjs keeps it
  await new Promise((done) => setTimeout(done, LATER));
  try {
    const response = await fetch(url, { cache });
    if (response.status === 200) await (await caches.open(PAGES)).put(bare(url), response);
  } catch {
    // There is no network any more, or no room: the page has been read without it.
  }
}

// The figures' worker, started while the page is still being parsed: later the page's own scripts would hold up its start by
// some tenths of a second. It waits, and loads nothing of the engine until it is told to.

const start = (query) => new Worker(new URL(`./worker.mjs${query}`, import.meta.url), { type: "module" });

let early = null;
try {
  early = start("");
  early.onerror = forget;
} catch {
  // Whoever asks for a worker hears why there can be none.
}

/** The worker that was started early, where there is one that can be had; a new one otherwise, and with a query. */
export function take(query) {
  const worker = (!query && early) || start(query);
  early = null;
  return worker;
}

function forget(event) {
  event.preventDefault();
  early = null;
}

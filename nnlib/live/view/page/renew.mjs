// The one script that has the same address in every edition of the book, so that it is there for a page out of a
// cache whose own scripts are gone: it lets that page begin anew. The watch does so too, for what is lost after it
// came, since nobody knows in which order scripts come. Of the pages of older editions this takes for granted what
// those of this one have: early.js by its name, and that some script sets `data-watched`.

import { renew } from "./edition.mjs";

if (document.readyState !== "complete") await new Promise((done) => addEventListener("load", done, { once: true }));
const entries = /** @type {PerformanceResourceTiming[]} */ (performance.getEntriesByType("resource"));
const gone = new Set(entries.filter(({ responseStatus }) => responseStatus >= 400).map(({ name }) => name));
const unwatched = !("watched" in document.documentElement.dataset); // not every browser tells the status
for (const part of document.querySelectorAll("script[src], link[rel='stylesheet']")) {
  const asked = part.getAttribute("src") ?? part.getAttribute("href") ?? "";
  const lost = gone.has(new URL(asked, location.href).href) || (unwatched && asked.endsWith("/view/early.js"));
  if (lost) await renew(asked);
}

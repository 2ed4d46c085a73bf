// The one script that has the same address in every edition of the book, so that it is there for a page out of a cache
// whose own scripts are gone: it lets that page begin anew. The watch does so as well, for what is lost after it came; in
// which order the scripts come nobody knows. Of the pages of older editions this takes for granted what those of this one
// have: early.js by its name, and that some script sets `data-watched`.

import { renew } from "./edition.mjs";

if (document.readyState !== "complete") await new Promise((done) => addEventListener("load", done, { once: true }));
const gone = new Set(
  /** @type {PerformanceResourceTiming[]} */ (performance.getEntriesByType("resource"))
    .filter(({ responseStatus }) => responseStatus >= 400).map(({ name }) => name),
);
const unwatched = !("watched" in document.documentElement.dataset); // not every browser tells the status
for (const part of document.querySelectorAll("script[src], link[rel='stylesheet']")) {
  const asked = part.getAttribute("src") ?? part.getAttribute("href") ?? "";
  if (gone.has(new URL(asked, location.href).href) || (unwatched && asked.endsWith("/view/early.js"))) await renew(asked);
}

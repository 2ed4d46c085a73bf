// The one script that has the same address in every edition of the book, so that it is there for a page out of a cache
// whose own scripts are gone: it lets that page begin anew. Where early.js is there, it does so itself. Of the pages of
// older editions it takes for granted what those of this one have: early.js by its name, which sets `data-watched`.

import { renew } from "./edition.mjs";

if (document.readyState !== "complete") await new Promise((done) => addEventListener("load", done, { once: true }));
const early = document.querySelector('script[src$="/view/early.js"]');
if (early && !("watched" in document.documentElement.dataset)) await renew(early.getAttribute("src"));

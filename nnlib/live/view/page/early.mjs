// What shouldn't wait until the page's other scripts have come: to watch whether they come, and to start the figures'
// worker while the page is still being parsed. The page waits for none of them, so page.js may come first. Later the
// page's own work would hold up its start by some tenths of a second. The worker loads nothing of the engine until a
// figure is near, and the page has loaded and rests, or the reader has begun to do something.

import { EDITION, startWorker } from "./addresses.mjs";
import { renew } from "./edition.mjs";
import { hindrance } from "./hindrance.mjs";
import { whenNear } from "./sight.mjs";
import { watch } from "./watch.mjs";

/** @type {Worker | null} */
let early = null;

function startEarly() {
  try {
    const worker = startWorker("figure_worker.js");
    worker.onerror = (event) => {
      event.preventDefault();
      early = null;
      renew(EDITION);
    };
    early = worker;
    whenNear(() => early?.postMessage("begin"));
  } catch {
    // Whoever asks for a worker hears why there can be none.
  }
}

/** The worker that was started early, where there is one that can be had; a new one otherwise, and to ask again. */
function takeWorker(again) {
  const worker = (!again && early) || startWorker("figure_worker.js", again);
  early = null;
  return worker;
}

watch();
if (document.currentScript && "figures" in document.currentScript.dataset && !globalThis.nnTakeWorker) {
  globalThis.nnTakeWorker = takeWorker;
  if (!hindrance()) startEarly();
}

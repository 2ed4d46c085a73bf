// The figures' worker, started while the page is still being parsed: later the page's own work would hold up its start
// by some tenths of a second. It loads nothing of the engine until the reader sees the page, with a figure in it that
// is near. This is a script of the old kind because a browser runs that at once, and puts off modules.

{
  const NEAR = 300; // pixels from what the reader sees
  const here = /** @type {HTMLScriptElement} */ (document.currentScript).src;
  const start = (query) => new Worker(new URL(`./figure_worker.mjs${query}`, here), { type: "module" });
  const afterNextFrame = (act) => requestAnimationFrame(() => setTimeout(act));
  const seen = new Promise(afterNextFrame); // there is no frame before the page has its looks, or while it is hidden
  /** @type {Worker | null} */
  let early = null;

  /** The worker that was started early, where there is one that can be had; a new one otherwise, and with a query. */
  const take = (query) => {
    const worker = (!query && early) || start(query);
    early = null;
    return worker;
  };

  /** Whether the reader sees a figure, or soon will. */
  const isNear = (element) => {
    const { top, bottom } = element.getBoundingClientRect();
    return `#${element.id}` === location.hash || (bottom > -NEAR && top < innerHeight + NEAR);
  };

  const beginIfNear = () => {
    if ([...document.querySelectorAll(".nn-figure")].some(isNear)) early?.postMessage("begin");
    else if (document.readyState === "loading") afterNextFrame(beginIfNear);
  };

  try {
    const worker = start("");
    worker.onerror = (event) => {
      event.preventDefault();
      early = null;
    };
    early = worker;
    seen.then(beginIfNear);
  } catch {
    // Whoever asks for a worker hears why there can be none.
  }
  globalThis.nnEarly = { NEAR, isNear, seen, take };
}

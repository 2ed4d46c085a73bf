// The static page as a host: one worker, woken when a figure comes near or is touched, serves all figures of the page.

import { Python } from "../engine/python.mjs";
import { Figure } from "../figure/figure.mjs";
import { pack, unpack } from "../figure/protocol.mjs";

const { isNear, NEAR, seen, take } = globalThis.nnEarly; // of early.js

class Engine {
  /** @type {Figure[]} */
  figures = [];
  python = new Python({
    begin(query) {
      const worker = take(query);
      worker.postMessage("wake");
      return worker;
    },
    progress: (share) => this.#tellProgress(share),
    live: () => this.figures.forEach((figure) => figure.refresh()),
    failed: (message) => {
      this.#following.clear();
      this.figures.forEach((figure) => figure.engine("failed", `${message} The picture stays as it is.`));
    },
  });
  /** The figures that the reader has changed while Python wakes. @type {Set<Figure>} */
  #following = new Set();
  #share = 0;

  wake() {
    if (this.python.state === "still") this.#tellProgress(0);
    this.python.wake();
  }

  async request(message, figure) {
    this.wake();
    if (this.python.state === "waking") {
      this.#following.add(figure);
      this.#tellProgress(this.#share);
    }
    const { text, buffers } = pack(message);
    return unpack(await this.python.request({ text, buffers }, buffers));
  }

  #tellProgress(share) {
    this.#share = share;
    for (const figure of this.figures) {
      const follows = this.#following.has(figure);
      figure.engine("waking", follows ? "Waking Python, then your change follows …" : "Waking Python …", share);
    }
  }
}

const engine = new Engine();

const host = {
  wake: () => engine.wake(),
  changed() {},
  link(name, changed) {
    const url = new URL(location.href);
    url.search = "";
    url.searchParams.set(name, JSON.stringify(changed));
    url.hash = `figure-${name.replaceAll("_", "-")}`;
    return url.href;
  },
};

function bringToLife(element) {
  const figure = new Figure(element, { ...host, request: (message) => engine.request(message, figure) });
  engine.figures.push(figure);
  for (const touch of ["pointerdown", "focusin", "keydown"]) {
    element.addEventListener(touch, () => engine.wake(), { once: true });
  }
  const linked = new URLSearchParams(location.search).get(figure.name);
  if (linked === null) return;
  try {
    figure.propose(JSON.parse(linked));
  } catch {
    figure.say("The settings in this link can't be read, so the figure keeps its own.");
  }
}

// The page is there to be read first: the engine waits until all of it has been parsed and is seen. The other scripts
// of the page, which take some tenths of a second, are not waited for, nor is what they hold up.
if (document.readyState === "loading") {
  await new Promise((parsed) => document.addEventListener("readystatechange", parsed, { once: true }));
}
await seen;

const elements = [...document.querySelectorAll(".nn-figure")];
if (elements.some(isNear)) engine.wake();
for (const element of elements) {
  try {
    bringToLife(element);
  } catch (error) {
    reportError(error); // the other figures live
  }
}
const wakeIfNear = (entries) => entries.some(({ isIntersecting }) => isIntersecting) && engine.wake();
const near = new IntersectionObserver(wakeIfNear, { rootMargin: `${NEAR}px` });
elements.forEach((element) => near.observe(element));

// Without it, where it is not allowed or can't start, the book is read as ever. It comes last: Python has more need of
// the time.
await engine.python.ready?.catch(() => {}); // the figures have told of it
const { serviceWorker } = navigator;
serviceWorker?.addEventListener("controllerchange", () => { // one that takes over has not seen what came before
  const before = performance.getEntriesByType("resource").map(({ name }) => name);
  serviceWorker.controller?.postMessage([location.origin + location.pathname, ...before]);
});
serviceWorker?.register(new URL("../../service-worker.js", import.meta.url)).catch(() => {});

// The static page as a host: one worker, woken when a figure comes near or is touched, serves all figures of the page.

import { Figure } from "../figure/figure.mjs";
import { pack, unpack } from "../figure/protocol.mjs";

const { isNear, NEAR, seen, take } = globalThis.nnEarly; // of early.js

const patience = () => globalThis.nnPatience ?? 20_000; // milliseconds without a sign of life; tests have less

class EngineError extends Error {
  name = "EngineError";
}

class Engine {
  #worker = null;
  #awake = false;
  #again = ""; // after a failure the worker asks past the browser's cache, which may have kept what was wrong
  #asked = new Map();
  #following = new Set(); // figures that the reader has changed while Python wakes
  #count = 0;
  #share = 0;
  #watchdog = 0;

  figures = [];

  wake() {
    if (this.#worker) return;
    this.#following.clear();
    this.ready = new Promise((resolve, reject) => Object.assign(this, { resolve, reject }));
    this.ready.catch(() => {}); // whoever asks is told; a page where nobody asks has nothing to catch
    this.#tellProgress(0);
    try {
      this.#worker = take(this.#again);
    } catch {
      this.#fail("This browser, or the policy of this page, does not allow the worker that Python runs in.");
      return;
    }
    this.#worker.onmessage = ({ data }) => this.#hear(data);
    this.#worker.onerror = (event) => {
      event.preventDefault();
      this.#fail(this.#awake ? `Python stopped: ${event.message}.` : "The worker that Python runs in can't be reached, or is not allowed here.");
    };
    this.#worker.postMessage("wake");
    this.#watch();
  }

  async request(message, figure) {
    this.wake();
    if (!this.#awake && this.#worker) {
      this.#following.add(figure);
      this.#tellProgress(this.#share);
    }
    await this.ready;
    const { text, buffers } = pack(message);
    const id = (this.#count += 1);
    return new Promise((resolve, reject) => {
      this.#asked.set(id, { resolve, reject });
      this.#worker.postMessage({ id, text, buffers }, buffers);
      this.#watch();
    });
  }

  #hear(data) {
    if (data.kind === "progress") {
      this.#tellProgress(data.share);
    } else if (data.kind === "ready") {
      this.#awake = true;
      this.resolve();
      this.figures.forEach((figure) => figure.refresh());
    } else if (data.kind === "failed") {
      this.#fail(data.message);
      return;
    } else {
      this.#asked.get(data.id).resolve(unpack(data));
      this.#asked.delete(data.id);
    }
    this.#watch();
  }

  // While Python wakes or owes an answer, it gives a sign of life now and then, or it is given up.
  #watch() {
    clearTimeout(this.#watchdog);
    if (this.#awake && !this.#asked.size) return;
    const silence = this.#awake ? "Python does not answer any more." : `The Python engine does not arrive: nothing has come for ${patience() / 1000} seconds.`;
    this.#watchdog = setTimeout(() => this.#fail(silence), patience());
  }

  #fail(message) {
    clearTimeout(this.#watchdog);
    this.#worker?.terminate();
    this.#worker = null;
    this.#awake = false;
    this.#again = "?again";
    const error = new EngineError(message);
    this.reject(error);
    this.#asked.forEach(({ reject }) => reject(error));
    this.#asked.clear();
    this.figures.forEach((figure) => figure.engine("failed", `${message} The picture stays as it is.`));
  }

  #tellProgress(share) {
    this.#share = share;
    for (const figure of this.figures) {
      figure.engine("waking", this.#following.has(figure) ? "Waking Python, then your change follows …" : "Waking Python …", share);
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
  for (const touch of ["pointerdown", "focusin", "keydown"]) element.addEventListener(touch, () => engine.wake(), { once: true });
  const linked = new URLSearchParams(location.search).get(figure.name);
  if (linked === null) return;
  try {
    figure.propose(JSON.parse(linked));
  } catch {
    figure.say("The settings in this link can't be read, so the figure keeps its own.");
  }
}

// The page is there to be read first: the engine waits until all of it has been parsed and is seen. The other scripts of the
// page, which take some tenths of a second, are not waited for, nor is what they hold up.
if (document.readyState === "loading") await new Promise((parsed) => document.addEventListener("readystatechange", parsed, { once: true }));
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
const near = new IntersectionObserver((entries) => entries.some((entry) => entry.isIntersecting) && engine.wake(), { rootMargin: `${NEAR}px` });
elements.forEach((element) => near.observe(element));

// Without it, where it is not allowed or can't start, the book is read as ever. It comes last: Python has more need of the time.
await engine.ready?.catch(() => {}); // the figures have told of it
const { serviceWorker } = navigator;
serviceWorker?.addEventListener("controllerchange", () => { // one that takes over has not seen what came before
  const before = performance.getEntriesByType("resource").map(({ name }) => name);
  serviceWorker.controller?.postMessage([location.origin + location.pathname, ...before]);
});
serviceWorker?.register(new URL("../../service-worker.js", import.meta.url)).catch(() => {});

// The static page as a host: one worker, woken when a figure comes near or is touched, serves all figures of the page.

import { Figure } from "./figure.mjs";
import { pack, unpack } from "./protocol.mjs";

const PATIENCE = 20_000; // milliseconds without a sign of life while the engine wakes

class EngineError extends Error {
  name = "EngineError";
}

class Engine {
  #worker = null;
  #asked = new Map();
  #count = 0;
  #watchdog = 0;

  figures = [];

  wake() {
    if (this.#worker) return;
    this.#tell("waking", "Waking Python …", 0);
    this.ready = new Promise((resolve, reject) => Object.assign(this, { resolve, reject }));
    this.ready.catch(() => {}); // whoever asks is told; a page where nobody asks has nothing to catch
    this.#worker = new Worker(new URL("./worker.mjs", import.meta.url), { type: "module" });
    this.#worker.onmessage = ({ data }) => this.#hear(data);
    this.#worker.onerror = (event) => {
      event.preventDefault();
      this.#fail(event.message ? `Python stopped: ${event.message}.` : "The Python engine can't start here.");
    };
    this.#watch();
  }

  async request(message) {
    this.wake();
    await this.ready;
    const { text, buffers } = pack(message);
    const id = (this.#count += 1);
    return new Promise((resolve, reject) => {
      this.#asked.set(id, { resolve, reject });
      this.#worker.postMessage({ id, text, buffers }, buffers);
    });
  }

  #hear(data) {
    if (data.kind === "progress") {
      this.#watch();
      this.#tell("waking", "Waking Python …", data.share);
    } else if (data.kind === "ready") {
      clearTimeout(this.#watchdog);
      this.resolve();
      this.figures.forEach((figure) => figure.refresh());
    } else if (data.kind === "failed") {
      this.#fail(data.message);
    } else {
      this.#asked.get(data.id).resolve(unpack(data));
      this.#asked.delete(data.id);
    }
  }

  #watch() {
    clearTimeout(this.#watchdog);
    this.#watchdog = setTimeout(() => this.#fail("The Python engine does not answer."), PATIENCE);
  }

  #fail(message) {
    clearTimeout(this.#watchdog);
    this.#worker.terminate();
    this.#worker = null;
    const error = new EngineError(message);
    this.reject(error);
    this.#asked.forEach(({ reject }) => reject(error));
    this.#asked.clear();
    this.#tell("failed", `${message} The picture stays as it is.`);
  }

  #tell(state, sentence, share) {
    this.figures.forEach((figure) => figure.engine(state, sentence, share));
  }
}

const engine = new Engine();

const host = {
  request: (message) => engine.request(message),
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
  const figure = new Figure(element, host);
  engine.figures.push(figure);
  for (const touch of ["pointerdown", "focusin", "keydown"]) element.addEventListener(touch, () => engine.wake(), { once: true });
  const linked = new URLSearchParams(location.search).get(figure.name);
  if (linked === null) return;
  try {
    figure.offer(JSON.parse(linked));
  } catch {
    figure.say("The settings in this link can't be read, so the figure keeps its own.");
  }
}

for (const element of document.querySelectorAll(".nn-figure")) {
  try {
    bringToLife(element);
  } catch (error) {
    reportError(error); // the other figures live
  }
}

// The page is there to be read first: the engine waits until all of it has arrived.
if (document.readyState !== "complete") await new Promise((loaded) => addEventListener("load", loaded, { once: true }));
const near = new IntersectionObserver((entries) => entries.some((entry) => entry.isIntersecting) && engine.wake(), { rootMargin: "300px" });
engine.figures.forEach((figure) => near.observe(figure.element));

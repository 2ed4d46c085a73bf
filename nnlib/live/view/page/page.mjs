// The static page as a host: one worker, woken when a figure comes near or is touched, serves all figures of the page.

import { Python } from "../engine/python.mjs";
import { playAsSeen } from "../figure/autoplay.mjs";
import { Figure } from "../figure/figure.mjs";
import { invite } from "../figure/invite.mjs";
import { pack, unpack } from "../figure/protocol.mjs";
import { carried } from "../figure/share.mjs";
import { EDITION, ROOT, startWorker } from "./addresses.mjs";
import { renew } from "./edition.mjs";
import { offerGallery } from "./gallery.mjs";
import { stopped } from "./hindrance.mjs";
import { frameOf, linkTo, wayBack } from "./links.mjs";
import { nearTo, parsed, rested, seen, settled, whenNear } from "./sight.mjs";
import { came, watch } from "./watch.mjs";

const LATE = 2000; // milliseconds: nothing stays without a word for longer

watch();
// It is early.mjs that has one at hand, unless this has come first.
const takeWorker = (globalThis.nnTakeWorker ??= (again) => startWorker("figure_worker.js", again));

class Engine {
  /** @type {Figure[]} */
  figures = [];
  python = new Python({
    begin(again) {
      const worker = takeWorker(again);
      worker.postMessage("wake");
      return worker;
    },
    progress: (share, sentence) => this.#tellProgress(share, sentence),
    live: () => this.#tell((figure) => figure.refresh()),
    failed: (message, slow) => {
      this.#following.clear();
      this.#tell((figure) => figure.engine("failed", `${message} The picture stays as it is.`, null, slow));
      renew(EDITION);
    },
  });
  /** The figures that the reader has changed while Python wakes. @type {Set<Figure>} */
  #following = new Set();
  #share = 0;
  #sentence = "";
  /** What the figures were told last: one that comes later hears it, too. @type {(figure: Figure) => void} */
  #news = () => {};

  add(figure) {
    this.figures.push(figure);
    this.#news(figure);
  }

  wake() {
    if (this.python.state === "still") this.#tellProgress(0);
    if (this.python.state === "doubted") this.#tellProgress(this.#share, this.#sentence);
    this.python.wake();
  }

  /** What a reader does who comes near or touches a figure: Python that may still come is for a button to wait for. */
  wakeIfStill() {
    if (this.python.state === "still") this.wake();
  }

  again() {
    if (this.python.state === "doubted") this.python.stop("Python begins again.");
    this.wake();
  }

  keepWaiting() {
    this.wake();
    if (this.python.state === "live") this.figures.forEach((figure) => figure.refresh());
  }

  async request(message, figure) {
    this.wake();
    if (this.python.state === "waking") {
      this.#following.add(figure);
      this.#tellProgress(this.#share, this.#sentence);
    }
    const { text, buffers } = pack(message);
    return unpack(await this.python.request({ text, buffers }, buffers));
  }

  #tellProgress(share, sentence = "") {
    this.#share = share;
    this.#sentence = sentence;
    this.#tell((figure) => {
      const follows = this.#following.has(figure);
      const waking = follows ? "Waking Python, then your change follows …" : "Waking Python …";
      figure.engine("waking", sentence || waking, share);
    });
  }

  #tell(news) {
    this.#news = news;
    this.figures.forEach(news);
  }
}

const engine = new Engine();

const host = {
  wake: () => engine.again(),
  keepWaiting: () => engine.keepWaiting(),
  changed() {},
  link: (name, changed, _, hidden) => linkTo(name, changed, hidden),
  frame: frameOf,
};

function bringToLife(element) {
  const figure = new Figure(element, { ...host, request: (message) => engine.request(message, figure) });
  engine.add(figure);
  element.dataset.mounted = "";
  takeAlong(figure);
  if (!("autoplay" in element.dataset)) invite(element);
  for (const touch of ["pointerdown", "focusin", "keydown"]) {
    element.addEventListener(touch, () => engine.wakeIfStill(), { once: true });
  }
  const address = new URLSearchParams(location.search);
  const linked = address.get(figure.name);
  if (linked === null) {
    if ("autoplay" in element.dataset) playAsSeen(figure);
    return;
  }
  figure.hiding.hide(address.get("hide")?.split(",") ?? []);
  try {
    figure.propose(JSON.parse(linked));
  } catch {
    figure.say("The settings in this link can't be read, so the figure keeps its own.");
  }
}

/** In a page for frames: let the way back into the book lead to the figure as it is then. */
function takeAlong(figure) {
  const back = wayBack();
  const lead = () => {
    const { changed, hidden } = carried(figure);
    if (back) back.href = linkTo(figure.name, changed, hidden);
  };
  for (const touch of ["pointerdown", "focus"]) back?.addEventListener(touch, lead);
}

/** Bring a figure to life whose numbers lie beside the page, so that its text comes first: when it is near, or soon. */
async function bringWithNumbers(element, data) {
  const parts = element.querySelectorAll(".nn-training, .nn-controls, .nn-buttons");
  const [said, retry] = [".nn-status", "[data-do=retry]"].map((part) => element.querySelector(part));
  const late = setTimeout(() => { said.textContent = "The numbers of this figure are still on their way."; }, LATE);
  const wait = (isWaiting) => {
    if (!isWaiting) {
      clearTimeout(late);
      said.textContent = "";
    }
    element.toggleAttribute("data-coming", isWaiting);
    for (const part of parts) part.inert = isWaiting; // no click is lost
  };
  wait(true);
  await Promise.race([nearTo(element), settled]);
  try {
    const answer = await fetch(data.dataset.from);
    if (!answer.ok) throw new Error(`${data.dataset.from}: ${answer.status}`);
    data.textContent = await answer.text();
    wait(false);
    bringToLife(element);
  } catch (error) {
    wait(false);
    reportError(error);
    if (data.textContent) return;
    said.textContent = "The numbers of this figure have not come: its picture stays as it is.";
    retry.hidden = false;
    retry.addEventListener("click", () => {
      said.textContent = "";
      retry.hidden = true;
      bringWithNumbers(element, data);
    }, { once: true });
  }
}

// The page is there to be read first: the engine waits until all of it has been parsed and is seen. The other scripts
// of the page, which take some tenths of a second, are not waited for, nor is what they hold up.
await parsed;
await seen;

/** Bring a figure to life, now or when its numbers have come; tell whether it is late. */
function bring(element) {
  const data = /** @type {HTMLElement} */ (element.querySelector(".nn-data"));
  if (data.dataset.from) return bringWithNumbers(element, data);
  return bringToLife(element);
}

const coming = [];
const isStopped = await stopped();
for (const element of isStopped ? [] : document.querySelectorAll(".nn-figure")) {
  try {
    const late = bring(element);
    if (late) coming.push(late);
  } catch (error) {
    reportError(error); // the other figures live
  }
  await new Promise((done) => setTimeout(done)); // the page answers its reader between two figures
}
if (!isStopped) {
  offerGallery((element) => {
    engine.wakeIfStill();
    return bring(element);
  });
}
if (engine.figures.length || coming.length) whenNear(() => engine.wakeIfStill());
came("page.js");

// A page for frames keeps nothing of the book; in some frames a look at this throws.
const serviceWorker = wayBack() ? undefined : navigator.serviceWorker;
serviceWorker?.addEventListener("controllerchange", () => { // who takes over has not seen what came before
  const before = performance.getEntriesByType("resource").map(({ name }) => name);
  serviceWorker.controller?.postMessage([location.origin + location.pathname, ...before]);
});
// Without it, where it is not allowed or can't start, the book is read as ever. It comes last, since it asks for all
// that the page has asked for: the page and Python have more need of the time.
await rested;
await engine.python.ready?.catch(() => {}); // the figures have told of it
serviceWorker?.register(new URL("service-worker.js", ROOT)).catch(() => {});

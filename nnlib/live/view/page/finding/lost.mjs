// The two pages that stand in for another: 404.html for an address that the book does not have, and offline.html, which
// the service worker gives, for a page that is not on this device. They may be shown at any address of the host, so
// nothing in them is asked for by a relative one: this looks for the book's root, and then links to what may help.

import { html } from "../../dom.mjs";
import { finderOf, linkTo, Palette } from "./palette.mjs";

const MOST = 6;

async function workerHere() {
  try {
    return await navigator.serviceWorker?.getRegistration();
  } catch {
    return undefined; // in some frames even the look at it throws
  }
}

/** Where the book's root may be: where its service worker is, and from here upward. */
async function* places() {
  const worker = await workerHere();
  if (worker) yield new URL(worker.scope);
  let here = new URL("./", location.href);
  for (; here.pathname !== "/"; here = new URL("../", here)) yield here;
  yield here;
}

async function bookAt() {
  for await (const root of places()) {
    try {
      return { root, finder: await finderOf(root) };
    } catch {
      // It is not there.
    }
  }
  return null;
}

/** The words in the address that was asked for. */
function wordsAsked() {
  const { pathname } = location;
  const last = pathname.split("/").findLast((part) => part.replace(/\.\w+$/, "")) ?? "";
  try {
    return decodeURIComponent(last).replace(/\.\w+$/, "").replace(/[_\W]+/gu, " ").trim();
  } catch {
    return "";
  }
}

/** The chapters that this browser keeps. */
async function keptHere(root, chapters) {
  const kept = new Set();
  for (const name of await caches.keys()) {
    for (const { url } of await (await caches.open(name)).keys()) kept.add(url);
  }
  return chapters.filter(({ page }) => kept.has(new URL(`${page}.html`, root).href));
}

function chosenTheme() {
  try {
    return localStorage.getItem("theme");
  } catch {
    return null; // it is forbidden
  }
}

/** In a frame of another site that shows a figure which is not in the book: one sentence is all, with a way into it. */
function sayInFrame() {
  const sentence = document.querySelector(".nn-lost-figure");
  if (!sentence || !/\/embed\/[^/]*$/.test(location.pathname)) return false;
  for (const link of sentence.querySelectorAll("a")) {
    link.href = new URL(`../${link.dataset.to}`, location.href).href;
    link.target = "_blank"; // a frame is too small for the book
    link.rel = "noopener";
  }
  sentence.removeAttribute("hidden");
  document.querySelector("main")?.replaceChildren(sentence);
  document.body.classList.add("nn-lost-in-frame");
  return true;
}

const dark = matchMedia("(prefers-color-scheme: dark)").matches;
document.documentElement.dataset.theme = chosenTheme() ?? (dark ? "dark" : "light");
const offline = document.documentElement.dataset.lost === "network";
addEventListener("online", async () => { // which a browser says of any network, also of one that leads nowhere
  const answer = offline && await fetch(location.href, { method: "HEAD", cache: "no-store" }).catch(() => null);
  if (answer && answer.ok) location.reload();
});
const framed = parent !== window && sayInFrame();
const book = framed ? null : await bookAt();
if (book) {
  const { root, finder } = book;
  for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll("a[data-to]"))) {
    link.href = new URL(link.dataset.to ?? "", root).href;
  }
  for (const name of ["Heading", "Text", "Interface"]) { // the book's typefaces, where they can be had
    const file = new URL(`_static/book-${name.toLowerCase()}.woff2`, root);
    const face = new FontFace(`Book ${name}`, `url(${file})`, { weight: "400 700" });
    face.load().then((loaded) => document.fonts.add(loaded), () => {});
  }
  const found = offline ? await keptHere(root, finder.chapters()) : finder.find(wordsAsked(), MOST);
  if (found.length) {
    const items = found.map((each) => html("li", {}, linkTo(each, root)));
    document.querySelector(".nn-lost-found")?.replaceChildren(...items);
    document.querySelectorAll(".nn-lost-none").forEach((element) => element.remove());
    document.querySelectorAll("[hidden]:not(.nn-lost-figure)").forEach((element) => element.removeAttribute("hidden"));
  }
  const palette = new Palette(root);
  const button = html("button", { type: "button", className: "nn-lost-find" }, "Find something else");
  button.addEventListener("click", () => palette.toggle(offline ? "" : wordsAsked()));
  document.querySelector(".nn-lost-ways")?.prepend(button);
}

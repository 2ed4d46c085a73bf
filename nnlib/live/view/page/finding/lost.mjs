// The two pages that stand in for another: 404.html for an address that the book does not have, and offline.html, which
// the service worker gives, for a page that is not on this device. They may be shown at any address of the host, so
// nothing in them is asked for by a relative one: this looks for the book's root, and then links to what may help.

import { html } from "../../dom.mjs";
import { finderOf, linkTo, Palette } from "./palette.mjs";

const MOST = 6;

/** Where the book's root may be: where its service worker is, and from here upward. */
async function* places() {
  const worker = await navigator.serviceWorker?.getRegistration().catch(() => undefined);
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

const dark = matchMedia("(prefers-color-scheme: dark)").matches;
document.documentElement.dataset.theme = chosenTheme() ?? (dark ? "dark" : "light");
const offline = document.documentElement.dataset.lost === "network";
const book = await bookAt();
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
    document.querySelectorAll("[hidden]").forEach((element) => element.removeAttribute("hidden"));
  }
  const palette = new Palette(root);
  const button = html("button", { type: "button", className: "nn-lost-find" }, "Find something else");
  button.addEventListener("click", () => palette.toggle(offline ? "" : wordsAsked()));
  document.querySelector(".nn-lost-ways")?.prepend(button);
}
addEventListener("online", () => { if (offline) location.reload(); });

// The way into a presentation of the page: a button in the bar, a key, and `?present` in the address, for links. What
// it needs, a script and its looks, comes when it is asked for; who reads alone has no use for them.
//
// The key is none that writes (WCAG 2.1.4), and no browser has a use for it in a page.

import { html } from "../../dom.mjs";
import { besideScripts } from "../addresses.mjs";

export const PRESENTS = "F8";
const FAULT = "The presentation can't be loaded. Reload the page, and begin again.";

/** @type {Promise<unknown[]> | null} */
let coming = null;

/** Add what has to be loaded to the page. */
function add(element) {
  return new Promise((done, fail) => {
    element.addEventListener("load", done, { once: true });
    element.addEventListener("error", fail, { once: true });
    document.head.append(element);
  });
}

/** Begin or end the presentation; `linked` where a link has asked for it, which may name where to begin. */
async function present(linked) {
  document.querySelector(".nn-no-show")?.remove();
  try {
    coming ??= Promise.all([
      add(html("link", { rel: "stylesheet", href: besideScripts("present.css") })),
      add(html("script", { src: besideScripts("present.js") })),
    ]);
    await coming;
  } catch {
    coming = null; // the next time it is asked for
    const told = html("p", { className: "nn-no-show nn-dead", textContent: FAULT });
    told.setAttribute("role", "alert");
    document.querySelector(".bd-header-article")?.append(told);
    return;
  }
  dispatchEvent(new CustomEvent("nnlib-present", { detail: { linked } }));
}

/** Offer to present the page. */
export function offerToPresent() {
  document.querySelector(".btn-present-button")?.addEventListener("click", () => present(false));
  addEventListener("keydown", (event) => {
    const { key, altKey, ctrlKey, metaKey, shiftKey } = event;
    if (key !== PRESENTS || altKey || ctrlKey || metaKey || shiftKey || document.querySelector("dialog:modal")) return;
    event.preventDefault();
    present(false);
  });
  if (!new URLSearchParams(location.search).has("present")) return;
  if (document.readyState === "complete") present(true);
  else addEventListener("load", () => present(true), { once: true }); // questions have come to life by then
}

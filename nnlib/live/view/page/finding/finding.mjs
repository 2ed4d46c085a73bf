// What opens the palette on every page: the button, which without this is a link to the search page, Ctrl+K, ⌘K. A
// key alone does not: it would have to be one that can be switched off (WCAG 2.1.4).

import { ROOT } from "../addresses.mjs";
import { Palette } from "./palette.mjs";

/** @type {Palette | null} */
let palette = null;

function open() {
  palette ??= new Palette(ROOT);
  palette.toggle();
}

document.addEventListener("click", (event) => {
  const apart = event.ctrlKey || event.metaKey || event.shiftKey;
  if (apart || !(event.target instanceof Element) || !event.target.closest("[data-find]")) return;
  event.preventDefault();
  open();
});
document.addEventListener("keydown", (event) => {
  const { key, altKey, ctrlKey, metaKey, shiftKey } = event;
  const chord = key.toLowerCase() === "k" && ctrlKey !== metaKey && !altKey && !shiftKey;
  if (!chord || document.querySelector("dialog:modal:not(.nn-find)")) return;
  event.preventDefault();
  open();
});

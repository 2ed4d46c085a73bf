// What opens the palette on every page: the button, which without this is a link to the search page, Ctrl+K, ⌘K, "/".

import { ROOT } from "../addresses.mjs";
import { Palette } from "./palette.mjs";

const WRITES = "input, textarea, select, [contenteditable]"; // where "/" is a letter

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
  if (event.altKey || event.shiftKey && event.key !== "/") return;
  const { key, ctrlKey, metaKey, target } = event;
  const chord = key.toLowerCase() === "k" && (ctrlKey !== metaKey);
  const writes = target instanceof Element && target.closest(WRITES);
  const slash = key === "/" && !ctrlKey && !metaKey && !writes;
  const other = document.querySelector("dialog:modal:not(.nn-find)");
  if (other || !(chord || slash)) return;
  event.preventDefault();
  open();
});

// What the pages of the theme need of a script: the acts of its buttons; keys for what scrolls; light colors for what
// is printed; where one is; and what links lead to.

import { serveBar } from "./bar.mjs";
import { offerCopies } from "./copying.mjs";
import { followPlace } from "./place.mjs";
import { offerToPresent } from "./presenting/offer.mjs";
import { preview } from "./previews.mjs";
import { parsed } from "./sight.mjs";

const PRESSED = {
  ".btn-fullscreen-button": () => {
    if (document.fullscreenElement) document.exitFullscreen();
    else document.documentElement.requestFullscreen();
  },
  ".btn-download-pdf-button": () => globalThis.print(),
};

await parsed;
for (const [pressed, act] of Object.entries(PRESSED)) {
  for (const element of document.querySelectorAll(pressed)) element.addEventListener("click", act);
}

// Code, a table, a formula, a plot, or a row of a figure's pictures that is too wide for its place scrolls by itself.
// It is a stop of the Tab key then, so that keys scroll it too.
const WIDE = ['mjx-container[display="true"]', ".nn-plot, .nn-panels, pre", ".output, .pst-scrollable-table-container"];
const wide = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(WIDE.join()));

function mark(target) {
  if (target.scrollWidth > target.clientWidth + 1) target.tabIndex = 0;
  else target.removeAttribute("tabindex");
}

const sizes = new ResizeObserver((entries) => entries.forEach(({ target }) => mark(target)));
wide.forEach((each) => sizes.observe(each));
// A typeface that comes late changes no box's size.
document.fonts.addEventListener("loadingdone", () => wide.forEach(mark));

// Paper is white: what is printed has the light theme's colors, also where the page is dark.
const { dataset } = document.documentElement;
let shown = dataset.theme;
addEventListener("beforeprint", () => { shown = dataset.theme; dataset.theme = "light"; });
addEventListener("afterprint", () => { dataset.theme = shown; });

serveBar();
followPlace();
offerCopies();
preview();
offerToPresent();

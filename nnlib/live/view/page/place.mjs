// Where the reader is in a page: a line under the bar, as long as what lies behind, and the mark in the list of
// sections, in the place of the theme's, which a short last section never gets.

import { change, html } from "../dom.mjs";

const SETTLED = 1000; // milliseconds that a jump to a section takes at the most
const HIGH = 0.3; // of the window: a section begins for the reader when its heading is above this

/**
 * The height in the window above which the headings lie that have been reached: in the last part of a page it comes
 * down to the window's lower edge, so that each of its sections has its turn.
 */
export function reach(height, left) {
  return Math.max(HIGH * height, height - left);
}

/** Show the place in the page from now on. */
export function followPlace() {
  const entries = /** @type {HTMLElement[]} */ (Array.from(document.querySelectorAll(".page-toc .toc-entry")));
  const links = /** @type {HTMLAnchorElement[]} */ (Array.from(document.querySelectorAll(".page-toc a[href^='#']")));
  const sections = links.map((link) => document.getElementById(decodeURIComponent(link.hash.slice(1))));
  const way = html("div", { className: "nn-way" });
  const bar = document.querySelector(".bd-header-article");
  bar?.append(way);
  let jumped = -SETTLED;
  let asked = false;

  function mark(here) {
    links.forEach((link) => {
      link.classList.toggle("active", link === here);
      change(link, { "aria-current": link === here && "true" });
    });
    entries.forEach((entry) => entry.classList.toggle("active", entry.contains(here)));
  }

  function show() {
    asked = false;
    const { scrollHeight, clientHeight } = document.documentElement;
    const left = scrollHeight - clientHeight - scrollY;
    const whole = Math.max(scrollHeight - clientHeight, 1);
    way.hidden = whole < clientHeight; // it is seen at a glance
    way.style.transform = `scaleX(${Math.min(1, scrollY / whole).toFixed(4)})`;
    if (performance.now() - jumped < SETTLED) return;
    const line = reach(clientHeight, left);
    mark(links.findLast((_, place) => (sections[place]?.getBoundingClientRect().top ?? Infinity) < line));
  }

  function ask() {
    if (!asked) requestAnimationFrame(show);
    asked = true;
  }

  addEventListener("scroll", ask, { passive: true });
  addEventListener("resize", ask);
  links.forEach((link) => link.addEventListener("click", () => {
    jumped = performance.now();
    mark(link);
  }));
  ask();
}

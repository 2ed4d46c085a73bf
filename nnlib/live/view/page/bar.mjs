// What the bar above a page does: its menus, light and dark, the list of chapters, and that of sections, which becomes
// one line where something wide needs its place.

const WIDE_ENOUGH = "(min-width: 992px)"; // for the list of chapters to stand beside the text

/** Let the bar's buttons act. */
export function serveBar() {
  colors();
  document.querySelectorAll(".article-header-buttons .dropdown").forEach(menu);
  drawer(".primary-toggle", "pst-primary-sidebar", WIDE_ENOUGH);
  drawer(".secondary-toggle", "pst-secondary-sidebar");
  makeRoom();
}

/**
 * The modes in the order in which the button goes through them: the second one is seen to be another than the first.
 * @returns {string[]}
 */
export function modes(dark) {
  return dark ? ["auto", "light", "dark"] : ["auto", "dark", "light"];
}

function colors() {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const shown = document.documentElement.dataset;
  const show = (/** @type {string} */ mode) => {
    shown.mode = mode;
    shown.theme = mode === "auto" ? (dark.matches ? "dark" : "light") : mode;
    localStorage.setItem("mode", mode);
    localStorage.setItem("theme", shown.theme);
  };
  const kept = localStorage.getItem("mode") ?? "";
  show(modes(true).includes(kept) ? kept : "auto");
  dark.addEventListener("change", () => show(String(shown.mode)));
  for (const each of document.querySelectorAll(".theme-switch-button")) {
    each.addEventListener("click", () => {
      const order = modes(dark.matches);
      show(order[(order.indexOf(String(shown.mode)) + 1) % order.length] ?? "auto");
    });
  }
}

function menu(box) {
  const opener = box.querySelector("button");
  const list = box.querySelector(".dropdown-menu");
  const show = (open) => {
    list.classList.toggle("show", open);
    opener.setAttribute("aria-expanded", String(open));
  };
  opener.addEventListener("click", () => show(!list.classList.contains("show")));
  document.addEventListener("click", ({ target }) => { if (!box.contains(target)) show(false); });
  box.addEventListener("focusout", ({ relatedTarget }) => {
    if (relatedTarget && !box.contains(relatedTarget)) show(false);
  });
  box.addEventListener("keydown", (event) => {
    const items = Array.from(list.querySelectorAll("a, button"));
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Escape" && list.classList.contains("show")) {
      show(false);
      opener.focus();
    } else if (step) {
      event.preventDefault();
      show(true);
      const at = items.indexOf(document.activeElement);
      items[at < 0 && step < 0 ? items.length - 1 : (at + step + items.length) % items.length].focus();
    }
  });
}

/** A list that stands beside the text, where it has its place, and lies over it where it has none. */
function drawer(button, id, wide) {
  const opener = document.querySelector(button);
  const list = document.getElementById(id);
  const over = /** @type {HTMLDialogElement} */ (document.getElementById(`${id}-modal`));
  if (!opener || !list || !over) return;
  const move = (from, to) => {
    to.append(...from.childNodes);
    [to.className, from.className] = [from.className, ""];
  };
  opener.addEventListener("click", () => {
    if (wide && matchMedia(wide).matches) {
      list.classList.toggle("pst-sidebar-hidden");
      return;
    }
    list.classList.remove("pst-sidebar-hidden");
    move(list, over);
    over.showModal();
  });
  over.addEventListener("close", () => move(over, list));
  over.addEventListener("click", ({ target, clientX: x, clientY: y }) => {
    const { left, right, top, bottom } = over.getBoundingClientRect();
    const beside = target === over && (x < left || x > right || y < top || y > bottom);
    if (beside || /** @type {Element} */ (target).closest("a[href^='#']")) over.close();
  });
}

/** Let the list of sections make room for what is wide and in sight, and tell the looks where the page is. */
function makeRoom() {
  const list = document.querySelector(".bd-sidebar-secondary");
  const inSight = new Set();
  const seeing = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) inSight[isIntersecting ? "add" : "delete"](target);
    list?.classList.toggle("hide", inSight.size > 0);
  }, { rootMargin: "0px 0px -33% 0px" });
  document.querySelectorAll(".full-width").forEach((each) => seeing.observe(each));
  const top = document.querySelector(".sbt-scroll-pixel-helper");
  if (!top) return;
  new IntersectionObserver(([{ boundingClientRect }]) => {
    document.body.classList.toggle("scrolled", boundingClientRect.y < 0);
  }).observe(top);
}

// A card beside a link within the book, with what the link leads to: under the mouse, at the focus of the keyboard, and
// on a phone at the first tap on a term or a source. Escape closes it; it stays while the mouse is on it (WCAG 1.4.13).

import { html } from "../dom.mjs";
import { briefly } from "./targets.mjs";

const SHOWN_OF = ".bd-article a.reference.internal";
// Lists say what they lead to.
const NONE_OF = "nav a, .headerlink, .toctree-wrapper a, .indextable a, .citation a, .nn-card a";
const AT_A_TAP = ".bibtex-citation a, a:has(> .std-term)";
const SOON = { mouse: 300, keys: 500 }; // milliseconds: whoever passes by sees none
const LINGER = 250; // until the mouse has come over to the card
const PATIENCE = 1500; // a tap that shows nothing by then follows its link
const ROOM = 8; // pixels to the edge of the window, and to the link

function linkAt(target) {
  const link = target instanceof Element ? target.closest(SHOWN_OF) : null;
  return link instanceof HTMLAnchorElement && !link.matches(NONE_OF) ? link : null;
}

class Previews {
  card = html("div", { className: "nn-card", id: "nn-card", hidden: true });
  /** The link whose card is shown, or will be soon. @type {HTMLAnchorElement | null} */
  link = null;
  /**
   * The link whose card was closed with Escape: it stays closed until the reader has left it.
   * @type {HTMLAnchorElement | null}
   */
  dismissed = null;
  /** Whether the last press was a finger's. */
  finger = false;
  timer = 0;
  /** Where the mouse came upon the link, which may be broken into two lines. */
  height = 0;

  constructor(main) {
    main.append(this.card);
    document.addEventListener("pointerover", (event) => this.#over(event));
    document.addEventListener("pointerdown", (event) => this.#press(event), true);
    document.addEventListener("focusin", ({ target }) => this.#focus(target));
    document.addEventListener("focusout", ({ target, relatedTarget }) => this.#leave(target, relatedTarget));
    document.addEventListener("keydown", ({ key }) => this.#key(key), true);
    document.addEventListener("click", (event) => this.#click(event));
    addEventListener("scroll", () => this.#place(), { passive: true, capture: true });
    addEventListener("resize", () => this.close());
  }

  #over({ target, pointerType, clientY }) {
    if (pointerType === "touch") return;
    const link = linkAt(target);
    if (link !== this.dismissed) this.dismissed = null;
    if (link && link !== this.dismissed) {
      if (link !== this.link) this.height = clientY;
      this.#soon(link, SOON.mouse);
    } else if (this.card.contains(target)) {
      clearTimeout(this.timer);
    } else if (this.link && !this.#holdsFocus()) {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.close(), LINGER);
    }
  }

  #focus(target) {
    const link = linkAt(target);
    if (!link?.matches(":focus-visible") || link === this.dismissed || this.finger) return;
    this.height = 0;
    this.#soon(link, SOON.keys);
  }

  #leave(from, to) {
    this.dismissed = null;
    const leaves = from === this.link ? !this.card.matches(":hover") : this.card.contains(from);
    if (leaves && to !== this.link && !this.card.contains(to)) this.close();
  }

  #holdsFocus() {
    return this.card.contains(document.activeElement) || this.link?.matches(":focus-visible");
  }

  #key(key) {
    this.finger = false;
    if (key !== "Escape" || !this.link) return;
    const [link, inside] = [this.link, this.card.contains(document.activeElement)];
    this.close();
    if (inside) link.focus({ preventScroll: true });
    this.dismissed = link;
  }

  #press({ target, pointerType }) {
    this.finger = pointerType === "touch";
    if (!this.card.contains(target) && linkAt(target) !== this.link) this.close();
  }

  #click(event) {
    const link = linkAt(event.target);
    if (!link) return;
    const shown = link === this.link && !this.card.hidden;
    if (!this.finger || shown || !link.matches(AT_A_TAP)) return this.close(); // and the link is followed
    event.preventDefault();
    this.height = event.clientY;
    const follow = () => { if (this.link === link && this.card.hidden) location.assign(link.href); };
    this.#show(link, true).then(follow);
    setTimeout(follow, PATIENCE);
  }

  #soon(link, wait) {
    clearTimeout(this.timer);
    if (link === this.link && !this.card.hidden) return;
    this.close();
    this.link = link;
    this.timer = setTimeout(() => this.#show(link, false), wait);
  }

  async #show(link, tapped) {
    this.link = link;
    const brief = await briefly(link).catch(() => null); // the link still leads there
    if (!brief || this.link !== link) return;
    const title = html("p", { className: "nn-card-title" }, ...brief.title);
    const body = html("div", { className: "nn-card-body" }, ...brief.body);
    const open = html("a", { className: "nn-card-open", href: link.href, textContent: "Open" });
    this.card.replaceChildren(...(title.textContent ? [title] : []), body, ...(tapped ? [open] : []));
    this.card.role = tapped ? "dialog" : "tooltip";
    this.card.ariaLabel = tapped ? `What “${link.textContent}” leads to` : null;
    this.card.hidden = false;
    link.removeAttribute("title"); // the browser's own would lie over the card
    link.setAttribute("aria-describedby", this.card.id);
    this.#place();
    this.card.toggleAttribute("data-more", body.scrollHeight > body.clientHeight + 1);
    if (tapped) open.focus({ preventScroll: true });
  }

  close() {
    clearTimeout(this.timer);
    this.link?.removeAttribute("aria-describedby");
    this.link = null;
    this.card.hidden = true;
  }

  #place() {
    if (this.card.hidden || !this.link) return;
    const lines = [...this.link.getClientRects()];
    const line = lines.find(({ top, bottom }) => top <= this.height && this.height <= bottom) ?? lines[0];
    const { clientWidth, clientHeight } = document.documentElement;
    if (!line || line.bottom < 0 || line.top > clientHeight) return this.close();
    const { offsetWidth: width, offsetHeight: height } = this.card;
    const below = line.bottom + ROOM + height <= clientHeight || line.top < clientHeight - line.bottom;
    this.card.style.left = `${Math.max(ROOM, Math.min(line.left, clientWidth - width - ROOM))}px`;
    this.card.style.top = `${below ? line.bottom + ROOM : line.top - ROOM - height}px`;
  }
}

/** Let links within the book show what they lead to. */
export function preview() {
  const main = document.querySelector("main");
  if (main) new Previews(main);
}

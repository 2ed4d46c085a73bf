// What belongs together lights up together: pointing at a thing, or moving the focus to it, lights all with its key.
// A line of an equation can be pressed, and keeps its key lit; a picture may light some keys of its own.

import { change } from "../dom.mjs";

export class Highlight {
  element;
  /** @type {string | null} */
  #pointed = null;
  /** @type {string | null} */
  #pinned = null;
  /** @type {string[]} */
  #shown = [];

  constructor(element) {
    this.element = element;
    const keysAt = (target) => target?.closest?.("[data-key]")?.dataset.key ?? null;
    const point = (keys) => {
      if (keys === this.#pointed) return;
      this.#pointed = keys;
      this.#light();
    };
    element.addEventListener("pointerover", ({ target }) => point(keysAt(target)));
    element.addEventListener("pointerleave", () => point(null));
    element.addEventListener("focusin", ({ target }) => point(keysAt(target)));
    element.addEventListener("focusout", ({ relatedTarget }) => point(keysAt(relatedTarget)));
    element.addEventListener("click", ({ target }) => {
      const line = target.closest("button[data-key]");
      if (!line) return;
      this.#pinned = this.#pinned === line.dataset.key ? null : line.dataset.key;
      this.#light();
    });
  }

  /** Light what the picture says, unless the reader points elsewhere. */
  show(picture) {
    this.#shown = picture.filter(({ shown }) => shown !== false).map(({ lit }) => lit).filter(Boolean);
    this.#light();
  }

  #light() {
    const wanted = this.#pointed ?? this.#pinned;
    const keys = new Set(wanted === null ? this.#shown : wanted.split(" "));
    for (const part of this.element.querySelectorAll("[data-key]")) {
      part.classList.toggle("nn-lit", part.dataset.key.split(" ").some((key) => keys.has(key)));
      if (part.localName === "button") change(part, { "aria-pressed": String(part.dataset.key === this.#pinned) });
    }
  }
}

// The line below a slide: of which chapter and section it is, which of how many, and buttons for mouse and touch.

import { button, change, html, write } from "../../dom.mjs";
import { wordsOf } from "./pieces.mjs";

export class Bar {
  element = html("div", { className: "nn-show-bar" });
  section = html("span", { className: "nn-show-section" });
  place = html("b");
  back;
  next;

  /** @param {Element | null} title of the page @param {{ step: (way: number) => void, leave: () => void }} acts */
  constructor(title, { step, leave }) {
    this.back = button("‹", () => step(-1), { ariaLabel: "Previous slide" });
    this.next = button("›", () => step(1), { ariaLabel: "Next slide" });
    const chapter = html("span", { className: "nn-show-title", textContent: wordsOf(title) });
    change(chapter, { "role": "heading", "aria-level": 1 });
    const place = html("span", { className: "nn-show-place" }, this.section, " ", this.place);
    change(place, { role: "status" });
    this.element.append(chapter, place, this.back, this.next, button("Leave", leave));
  }

  get height() {
    return this.element.offsetHeight;
  }

  /** Say which slide it is, and in which section, unless the slide says so itself. */
  tell(number, all, section) {
    write(this.section, section);
    write(this.place, `${number} of ${all}`);
    this.back.disabled = number === 1;
    this.next.disabled = number === all;
  }
}

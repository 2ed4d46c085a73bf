// What a room says: hands raised for each option of a question or a prediction are counted, and their shares shown,
// until the answer is. The counts last as long as the page, and no answer of the reader's own is kept or shown.

import { button, html } from "../../dom.mjs";

const MOST = 999;
const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"; // by which a room, and the reasons, speak of the options

/**
 * Tell a question or a prediction what of its answer to show: all that is right, and of these options why they are not;
 * or "nothing", or the reader's "own".
 *
 * @param {Element} element
 * @param {number[] | "nothing" | "own"} what
 */
export function reveal(element, what) {
  element.dispatchEvent(new CustomEvent("nnlib-reveal", { detail: what }));
}

export class Hands {
  element;
  /** @type {Count[]} */
  counts;
  /** How many hands there are in all, for whoever does not see the bars. */
  told = html("span", { className: "nn-hands-told" });

  /** @param {HTMLElement} element @param {() => void} shown what is called when the answer is there */
  constructor(element, shown) {
    this.element = element;
    const set = /** @type {HTMLElement} */ (element.querySelector("fieldset"));
    /** @type {HTMLElement[]} */
    const rows = Array.from(set.querySelectorAll("label.nn-choice"));
    this.counts = rows.map((row) => new Count(row, () => this.#tell()));
    const reasons = /** @type {NodeListOf<HTMLElement>} */ (element.querySelectorAll(".nn-judged"));
    for (const each of [rows, reasons]) each.forEach((row, place) => { row.dataset.letter = LETTERS[place]; });
    const show = button("Show the answer", () => {
      this.show();
      shown();
    }, { className: "nn-main" });
    const acts = html("div", { className: "nn-hands-acts" }, show);
    if (this.counts.length) acts.append(button("Count anew", () => this.#reset()), this.told);
    this.told.setAttribute("role", "status");
    set.after(acts);
    element.toggleAttribute("data-counted", true);
    this.#tell();
  }

  /** Show the answer. */
  show() {
    reveal(this.element, this.counts.flatMap(({ hands }, option) => (hands ? [option] : [])));
  }

  #reset() {
    for (const count of this.counts) count.hands = 0;
    reveal(this.element, "nothing");
    this.#tell();
  }

  #tell() {
    const all = this.counts.reduce((sum, { hands }) => sum + hands, 0);
    for (const count of this.counts) count.show(all);
    this.told.textContent = all === 1 ? "1 hand" : `${all} hands`;
  }
}

/** The hands for one option: a number with a button on each side, and a bar. */
class Count {
  hands = 0;
  field = html("input", { type: "number", min: "0", max: String(MOST), step: "1", value: "0", inputMode: "numeric" });
  bar = html("span", { className: "nn-hands-bar" }, html("span"));
  share = html("span", { className: "nn-hands-share" });

  /** @param {HTMLElement} row the option @param {() => void} changed */
  constructor(row, changed) {
    const set = (hands) => {
      this.hands = Math.min(MOST, Math.max(0, Math.round(hands) || 0));
      changed();
    };
    const words = row.textContent?.trim() ?? "";
    this.field.setAttribute("form", ""); // it is no part of the answer
    this.field.ariaLabel = `Hands for: ${words}`;
    const less = button("−", () => set(this.hands - 1), { ariaLabel: `One hand less for: ${words}` });
    const more = button("+", () => set(this.hands + 1), { ariaLabel: `One hand more for: ${words}` });
    this.bar.ariaHidden = "true";
    const all = html("div", { className: "nn-hands" }, less, this.field, more, this.bar, this.share);
    this.field.addEventListener("change", () => set(this.field.valueAsNumber));
    all.addEventListener("change", (event) => event.stopPropagation()); // the question would forget its answer
    row.after(all);
  }

  show(all) {
    const share = all ? Math.round((100 * this.hands) / all) : 0;
    this.field.value = String(this.hands);
    this.share.textContent = `${share} %`;
    this.bar.style.setProperty("--share", `${share}%`);
  }
}

// What a teacher hides of a figure, so that a class sees what is of today: a link carries the names.

import { button, html } from "../dom.mjs";

/** What can be hidden besides the controls, by its name: where it stands, and what people call it. */
const PARTS = {
  "step-button": ['[data-do="step"]', "Step"],
  "play-button": ['[data-do="play"]', "Play"],
  "rewind-slider": [".nn-rewind", "rewind"],
  "speed-slider": [".nn-speed", "speed"],
  "restart-button": ['[data-do="restart"]', "Restart"],
  "preset-buttons": [".nn-presets:not(:empty)", "examples"],
  "code-button": ['[data-do="code"]', "Export code"],
  "link-field": [".nn-opener", "a link to open"],
};

export class Hiding {
  /** The names of what is hidden. @type {Set<string>} */
  hidden = new Set();
  /** What can be hidden, by name. @type {Map<string, {element: HTMLElement, label: string}>} */
  #parts = new Map();
  #toggle;
  #chooser;
  #note;
  #why;

  constructor(element) {
    for (const row of element.querySelectorAll(".nn-control")) {
      this.#parts.set(row.dataset.control, { element: row, label: row.firstElementChild.textContent });
    }
    for (const [name, [where, label]] of Object.entries(PARTS)) {
      const part = element.querySelector(where);
      if (part) this.#parts.set(name, { element: part, label });
    }
    this.#toggle = element.querySelector('[data-do="choose"]');
    this.#toggle.addEventListener("click", () => this.#choose());
    this.#why = html("span");
    const all = button("Show all", () => this.#showAll());
    this.#note = html("p", { className: "nn-left-out", hidden: true }, this.#why, " ", all);
    element.querySelector(".nn-controls").append(this.#note);
    this.#hide(element.dataset.hide?.split(",") ?? [], "Some controls are hidden.");
  }

  /** Hide what a link names, and show the rest; a name of nothing here is passed over. */
  hide(names) {
    this.#hide(names, "Some controls are hidden by the link.");
  }

  #hide(names, why = this.#why.textContent) {
    this.hidden = new Set(names.filter((name) => this.#parts.has(name)));
    for (const [name, { element }] of this.#parts) element.classList.toggle("nn-away", this.hidden.has(name));
    this.#why.textContent = why;
    this.#note.hidden = !this.hidden.size;
    this.#chooser?.querySelectorAll("input").forEach((box) => { box.checked = !this.hidden.has(box.name); });
  }

  #showAll() {
    this.#hide([]);
    this.#toggle.focus(); // the button that had it is gone
  }

  #choose() {
    const isOpen = this.#toggle.ariaExpanded === "true";
    this.#toggle.ariaExpanded = String(!isOpen);
    this.#chooser ??= this.#makeChooser();
    this.#chooser.hidden = isOpen;
  }

  #makeChooser() {
    const boxes = [...this.#parts].map(([name, { label }]) => {
      const box = html("input", { type: "checkbox", name, checked: !this.hidden.has(name) });
      return html("label", {}, box, label);
    });
    const legend = html("legend", { textContent: "What is shown" });
    const hint = html("p", { textContent: "“Copy link” gives a link that opens the figure like this." });
    const chooser = html("fieldset", { className: "nn-chooser" }, legend, ...boxes, hint);
    chooser.addEventListener("change", () => {
      const gone = [...chooser.querySelectorAll("input")].filter((box) => !box.checked);
      this.#hide(gone.map((box) => box.name), "Some controls are hidden.");
    });
    this.#toggle.closest(".nn-buttons").append(chooser);
    return chooser;
  }
}

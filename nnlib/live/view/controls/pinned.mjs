// The control that pins settings: those of the moment, for a second run beside the one that goes on.

import { write } from "../dom.mjs";
import { asJson } from "../figure/protocol.mjs";

const isAlike = (value, other) => value === other || JSON.stringify(asJson(value)) === JSON.stringify(asJson(other));

export class PinControl {
  label;
  name;
  button;
  told;
  /** What is pinned. @type {Settings | null} */
  value = null;
  /** What would be. @type {Settings} */
  now = {};

  constructor(row, set) {
    this.label = row.firstElementChild.textContent;
    this.name = row.dataset.control;
    [this.button, this.told] = ["button", "output"].map((tag) => row.querySelector(tag));
    this.button.addEventListener("click", () => set(this.value ? null : this.now));
  }

  show(value, settings, controls) {
    this.value = value;
    this.now = { ...settings };
    delete this.now[this.name];
    write(this.button, value ? "Unpin" : "Pin these settings");
    write(this.told, value ? this.#differences(controls) : "");
  }

  #differences(controls) {
    const others = Object.keys(this.now).filter((name) => !isAlike(this.now[name], this.value?.[name]));
    const labels = others.map((name) => controls.labelOf(name) ?? name.replaceAll("_", " "));
    return labels.length ? `Pinned. The other run differs in: ${labels.join(", ")}.` : "Pinned. Nothing differs yet.";
  }
}

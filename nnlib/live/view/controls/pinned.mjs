// The control that pins settings: those of the moment, for a second run beside the one that goes on.

import { write } from "../dom.mjs";
import { asJson } from "../figure/protocol.mjs";

const isAlike = (value, other) => value === other || JSON.stringify(asJson(value)) === JSON.stringify(asJson(other));

export class PinControl {
  label;
  /** What can be pinned. @type {string[]} */
  names;
  button;
  told;
  /** What is pinned. @type {Settings | null} */
  value = null;
  /** What would be. @type {Settings} */
  now = {};

  constructor(row, set) {
    this.label = row.firstElementChild.textContent;
    this.names = JSON.parse(row.lastElementChild.dataset.names);
    [this.button, this.told] = ["button", "output"].map((tag) => row.querySelector(tag));
    this.button.addEventListener("click", () => set(this.value ? null : this.now));
  }

  show(value, settings, controls) {
    this.value = value;
    this.now = Object.fromEntries(this.names.map((name) => [name, settings[name]]));
    write(this.button, value ? "Unpin" : "Pin these settings");
    write(this.told, value ? this.#differences(controls) : "");
  }

  #differences(controls) {
    const others = this.names.filter((name) => !isAlike(this.now[name], this.value?.[name]));
    const labels = others.map((name) => controls.labelOf(name) ?? name.replaceAll("_", " "));
    return labels.length ? `Pinned. The other run differs in: ${labels.join(", ")}.` : "Pinned. Nothing differs yet.";
  }
}

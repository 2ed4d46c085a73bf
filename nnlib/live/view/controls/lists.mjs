// Controls for a list: the sizes of layers, and some of many options.

import { change } from "../dom.mjs";
import { isBeingTyped } from "./single.mjs";

export class SizesControl {
  label;
  /** All layers that there may be; those that there are not are hidden. */
  layers;
  fields;
  ends;
  low;
  high;
  value = [];

  constructor(row, set) {
    this.label = row.firstElementChild.textContent;
    this.layers = [...row.querySelectorAll(".nn-size")];
    this.fields = this.layers.map((layer) => layer.querySelector("input"));
    this.ends = Object.fromEntries(["less", "more"].map((name) => [name, row.querySelector(`[data-do="${name}"]`)]));
    this.low = Number(this.fields[0].min);
    this.high = Number(this.fields[0].max);
    row.addEventListener("input", ({ target }) => {
      if (!isBeingTyped(target)) set(this.value.with(this.fields.indexOf(target), Math.round(target.value)));
    });
    row.addEventListener("click", ({ target }) => {
      if (target.localName === "button" && target.ariaDisabled !== "true") set(this.#after(target));
    });
  }

  /** The sizes after a button has been pressed. */
  #after(button) {
    if (button === this.ends.less) return this.value.slice(0, -1);
    if (button === this.ends.more) return [...this.value, this.value.at(-1) ?? this.low]; // one as large as the last
    const index = this.layers.indexOf(button.parentElement);
    return this.value.with(index, this.value[index] + Number(button.dataset.add));
  }

  show(value) {
    this.value = value;
    this.layers.forEach((layer, index) => {
      const size = value[index] ?? this.low;
      const [less, field, more] = layer.children;
      layer.hidden = index >= value.length;
      if (document.activeElement !== field) field.value = size;
      change(less, { "aria-disabled": size <= this.low });
      change(more, { "aria-disabled": size >= this.high });
    });
    change(this.ends.less, { "aria-disabled": value.length === 0 });
    change(this.ends.more, { "aria-disabled": value.length === this.layers.length });
  }
}

export class SeveralControl {
  label;
  buttons;
  value = [];

  constructor(row, set) {
    this.label = row.firstElementChild.textContent;
    this.buttons = [...row.querySelectorAll("button")];
    const names = this.buttons.map((button) => button.textContent);
    row.addEventListener("click", ({ target }) => {
      if (target.localName !== "button") return;
      const isPressed = (name) => name === target.textContent; // that one changes
      set(names.filter((name) => this.value.includes(name) !== isPressed(name)));
    });
  }

  show(value) {
    this.value = value;
    for (const button of this.buttons) change(button, { "aria-pressed": String(value.includes(button.textContent)) });
  }
}

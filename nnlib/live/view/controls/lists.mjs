// Controls for a list: the sizes of layers, one option for each of these layers, and some of many options.

import { change, write } from "../dom.mjs";
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

export class EachControl {
  label;
  /** The setting with the sizes of the layers. */
  of;
  told;
  lists;
  usual;

  constructor(row, set) {
    this.label = row.firstElementChild.textContent;
    this.of = row.dataset.of;
    this.told = row.querySelector("summary");
    this.lists = [...row.querySelectorAll("select")];
    this.usual = this.lists[0].options[0].value;
    row.addEventListener("input", () => {
      set(this.lists.filter((list) => !list.parentElement.hidden).map((list) => list.value));
    });
  }

  show(value, settings) {
    this.lists.forEach((list, index) => {
      list.value = value[index] ?? this.usual;
      list.parentElement.hidden = index >= settings[this.of].length;
    });
    const others = value.flatMap((one, index) => (one === this.usual ? [] : [`layer ${index + 1}: ${one}`]));
    write(this.told, others.join(", ") || "the same in all layers");
  }
}

export class SeveralControl {
  label;
  buttons;
  /** The setting with the sizes of layers, where each button but the last is about one of them. */
  of;
  value = [];

  constructor(row, set) {
    this.label = row.firstElementChild.textContent;
    this.of = row.dataset.of;
    this.buttons = [...row.querySelectorAll("button")];
    const names = this.buttons.map((button) => button.textContent);
    row.addEventListener("click", ({ target }) => {
      if (target.localName !== "button") return;
      const isPressed = (name) => name === target.textContent; // that one changes
      set(names.filter((name) => this.value.includes(name) !== isPressed(name)));
    });
  }

  show(value, settings) {
    this.value = value;
    for (const button of this.buttons) change(button, { "aria-pressed": String(value.includes(button.textContent)) });
    if (!this.of) return;
    const layers = this.buttons.slice(0, -1);
    layers.forEach((button, index) => { button.hidden = index >= settings[this.of].length; });
  }
}

// Controls for one value: a number, or one of some options.

import { onSlide } from "./slide.mjs";

const WAYS = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 };

export class NumberControl {
  label;
  slider;
  field;
  low;
  high;
  step;
  log;

  constructor(row, set) {
    this.label = row.firstElementChild.textContent;
    [this.slider, this.field] = row.querySelectorAll("input");
    this.low = Number(this.field.min);
    this.high = Number(this.field.max);
    this.step = Number(this.field.step);
    this.log = this.slider.dataset.scale === "log";
    this.field.addEventListener("wheel", () => this.field.blur(), { passive: true }); // it scrolls the page
    this.field.addEventListener("input", () => isBeingTyped(this.field) || set(Number(this.field.value)));
    onSlide(this.slider, () => set(this.#slid()));
    if (this.log && this.step >= 1) this.slider.addEventListener("keydown", (event) => this.#count(event, set));
  }

  /** Let an arrow lead to another count: where the slider moves in powers of ten, its own step may be less than one. */
  #count(event, set) {
    const way = WAYS[event.key];
    if (!way || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const here = this.#slid();
    const next = Math.round(10 ** (Number(this.slider.value) + way * Number(this.slider.step)));
    const count = Math.min(this.high, Math.max(this.low, next === here ? here + way : next));
    this.slider.value = String(Math.log10(count));
    set(count);
  }

  #slid() {
    const value = Number(this.slider.value);
    if (!this.log) return value;
    return this.step >= 1 ? Math.round(10 ** value) : Number((10 ** value).toPrecision(3)); // a count stays whole
  }

  fit(value) {
    const number = Math.min(this.high, Math.max(this.low, Number(value)));
    if (!Number.isFinite(number)) return value; // Python says what is wrong with it
    if (this.log && this.step < 1) return number;
    return Number((this.low + Math.round((number - this.low) / this.step) * this.step).toFixed(6));
  }

  show(value) {
    const number = Number(Number(value).toPrecision(6));
    this.slider.value = this.log ? Math.log10(value) : value;
    this.slider.setAttribute("aria-valuetext", number);
    if (document.activeElement !== this.field) this.field.value = number;
  }
}

/** Whether what stands in a field is no legal number yet; one between two steps is. */
export function isBeingTyped({ value, validity }) {
  return value === "" || (!validity.valid && !validity.stepMismatch);
}

export class ChoiceControl {
  label;
  select;

  constructor(row, set) {
    this.label = row.firstElementChild.textContent;
    this.select = row.querySelector("select");
    row.addEventListener("input", () => set(this.select.value));
  }

  show(value) {
    this.select.value = value;
  }
}

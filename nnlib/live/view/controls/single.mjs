// Controls for one value: a number, or one of some options.

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
    row.addEventListener("input", ({ target }) => {
      const value = this.#read(target);
      if (value !== null) set(value);
    });
  }

  #read(input) {
    if (input === this.field && isBeingTyped(input)) return null;
    if (input !== this.slider || !this.log) return Number(input.value);
    const value = 10 ** Number(input.value);
    return this.step >= 1 ? Math.round(value) : Number(value.toPrecision(3)); // a count stays a whole number
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

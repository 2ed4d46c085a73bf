// The controls that Python wrote into the figure: their values, their limits, and what happens when one is moved.

export class Controls {
  /** @type {Map<string, NumberControl | ChoiceControl>} */
  all = new Map();
  /** @type {Settings | null} */
  shown = null;

  constructor(element, change) {
    for (const row of element.querySelectorAll(".nn-control")) {
      const { control, kind } = row.dataset;
      const input = kind === "number" ? new NumberControl(row) : new ChoiceControl(row);
      this.all.set(control, input);
      row.addEventListener("input", (event) => {
        const value = input.read(event.target);
        if (value !== null) change({ [control]: value });
      });
      row.addEventListener("focusout", () => this.shown && this.show(this.shown)); // what was typed but not taken goes
    }
  }

  /** The nearest legal value; what has no row here (points, a drawing) is as it is. */
  fit(name, value) {
    return this.all.get(name)?.fit(value) ?? value;
  }

  /** The low, the high and the step of a number. */
  rangeOf(name) {
    return this.all.get(name);
  }

  /** What people call a setting. */
  labelOf(name) {
    return this.all.get(name)?.label;
  }

  show(settings) {
    this.shown = settings;
    for (const [name, control] of this.all) control.show(settings[name]);
  }
}

class NumberControl {
  label;
  slider;
  field;
  low;
  high;
  step;
  log;

  constructor(row) {
    this.label = row.firstElementChild.textContent;
    [this.slider, this.field] = row.querySelectorAll("input");
    this.low = Number(this.field.min);
    this.high = Number(this.field.max);
    this.step = Number(this.field.step);
    this.log = this.slider.dataset.scale === "log";
    this.field.addEventListener("wheel", () => this.field.blur(), { passive: true }); // it scrolls the page
  }

  read(input) {
    const illegal = input === this.field && !input.validity.valid && !input.validity.stepMismatch;
    if (input.value === "" || illegal) return null; // being typed
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

class ChoiceControl {
  label;
  select;

  constructor(row) {
    this.label = row.firstElementChild.textContent;
    this.select = row.querySelector("select");
  }

  read() {
    return this.select.value;
  }

  fit(value) {
    return value;
  }

  show(value) {
    this.select.value = value;
  }
}

// The controls that Python wrote into the figure, each in a row of its own: see nnlib/live/controls_html.py.

import { change } from "../dom.mjs";
import { EachControl, SeveralControl, SizesControl } from "./lists.mjs";
import { PinControl } from "./pinned.mjs";
import { ChoiceControl, NumberControl } from "./single.mjs";
import { TableControl } from "./table.mjs";

/** @type {Record<string, any>} */
const ROWS = {
  number: NumberControl,
  choice: ChoiceControl,
  sizes: SizesControl,
  each: EachControl,
  several: SeveralControl,
  table: TableControl,
  pin: PinControl,
};

/**
 * Each kind has a class, made with its row and with `set(value)`: it calls `set` when it is moved, and `show(value)`,
 * which is told of all settings as well, lets it show one. It may `fit` a value that a hand has set to the nearest
 * legal one.
 */
export class Controls {
  /** @type {Map<string, any>} */
  all = new Map();
  /** @type {Settings | null} */
  shown = null;
  /** Rows that say something with some settings alone. @type {{row: any, of: string, options: string[]}[]} */
  #needs = [];
  /** Buttons of presets of which one is on. @type {any[]} */
  #modes;

  constructor(figure) {
    for (const button of figure.element.querySelectorAll(".nn-fold")) {
      button.addEventListener("click", () => change(button, { "aria-expanded": button.ariaExpanded !== "true" }));
    }
    this.#modes = [...figure.element.querySelectorAll("[data-mode]")];
    for (const row of figure.element.querySelectorAll(".nn-need")) {
      this.#needs.push({ row, of: row.dataset.of, options: JSON.parse(row.dataset.options) });
    }
    for (const row of figure.element.querySelectorAll(".nn-control")) {
      const { control: name, kind } = row.dataset;
      const { isJudged } = ROWS[kind]; // by Python, before the figure takes it
      const also = JSON.parse(row.dataset.also ?? "{}"); // what goes with a value that a hand has set
      const set = (value) => (isJudged ? judged(figure, { ...also, [name]: value }) : figure.change({ [name]: value }));
      this.all.set(name, new ROWS[kind](row, set));
      row.addEventListener("focusout", () => this.shown && this.show(this.shown)); // what was typed but not taken goes
    }
  }

  /** The nearest legal value; what has no row here (points, a drawing) is as it is. */
  fit(name, value) {
    return this.all.get(name)?.fit?.(value) ?? value;
  }

  /** The low, the high and the step of a number. */
  rangeOf(name) {
    return this.all.get(name);
  }

  /** What people call a setting. */
  labelOf(name) {
    return this.all.get(name)?.label;
  }

  /** Whether a setting is settings itself: those of a run that is pinned. */
  isPin(name) {
    return this.all.get(name) instanceof PinControl;
  }

  /** Whether a link is too short for a setting. */
  isTooLong(name) {
    return Boolean(this.all.get(name)?.constructor.isTooLong);
  }

  show(settings) {
    this.shown = settings;
    for (const [name, control] of this.all) control.show(settings[name], settings, this);
    for (const { row, of, options } of this.#needs) row.hidden = !options.includes(settings[of]);
    for (const button of this.#modes) {
      change(button, { "aria-pressed": String(settings[button.dataset.mode] === button.textContent) });
    }
  }
}

/** Propose settings; resolve to the error where Python refuses them: a row says it beside its fields. */
async function judged(figure, changes) {
  try {
    await figure.element.set(changes);
  } catch (error) {
    if (error.told) return error;
    if (error.name !== "EngineError") throw error; // the figure says how its engine is
  }
  return null;
}

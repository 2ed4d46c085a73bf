// A weight that is pulled up and down by hand, or with the keys.

import { change } from "../dom.mjs";
import { arrowKeys, draggable } from "./drag.mjs";

const PIXELS_A_STEP = 3;
const FREE_RANGE = { low: -10, high: 10, step: 0.1 }; // of a weight that is part of the state, not a setting

/**
 * Let `element`, and the `others` that stand for the same, be pulled: a slider without a track. `present()` is the
 * number that is pulled, `set(value)` changes it; keys beside the arrows go to `keys`.
 *
 * @param {any} element
 * @param {{range?: any, present: () => number, set: (value) => void, others?: any[], keys?: object}} how
 */
export function letPull(element, { range = null, present, set, others = [], keys = {} }) {
  const { low, high, step } = range || FREE_RANGE;
  change(element, { tabindex: 0, role: "slider", "aria-valuemin": low, "aria-valuemax": high });
  element.classList.toggle("nn-pullable", true);
  const add = (steps, from) => set(Math.min(high, Math.max(low, from + steps * step)));
  let start;
  const pull = {
    begin: (event) => {
      element.focus({ preventScroll: true });
      start = [event.clientY, present()];
    },
    move: (event) => add(Math.round((start[0] - event.clientY) / PIXELS_A_STEP), start[1]),
  };
  for (const part of [element, ...others]) draggable(part, pull);
  arrowKeys(element, ([dx, dy], strength) => add((dx + dy) * strength, present()), keys);
}

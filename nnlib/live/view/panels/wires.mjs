// The look of a network's edges and biases: their width, their sign, and whether they are frozen.

import { svg } from "../dom.mjs";
import { asScientific } from "./format.mjs";
import { STEPS, widthOf } from "./wiring.mjs";

export const BOTH_SIGNS = [-1, 1];

// The first half of the wires, and of the biases, learn; the others are frozen.

export function newWire(_, index) {
  const frozen = index < 2 * STEPS ? "" : " nn-frozen";
  const step = Math.floor(index / 2) % STEPS;
  return svg("path", { class: `nn-wire ${signOf(BOTH_SIGNS[index % 2])}${frozen}`, "stroke-width": widthOf(step) });
}

export function newBias(value, index) {
  return svg("path", { class: `nn-bias ${signOf(value)}${index < 2 ? "" : " nn-frozen"}` });
}

export function wireOf(value) {
  return value === 0 ? "nn-wire nn-gone" : "nn-wire";
}

/** As text: what is 0 has no weight at all, and what is not is never written as if it were. */
export function numberOf(value) {
  return value === 0 ? "0" : asScientific(value, 2);
}

export function signOf(value) {
  return value < 0 ? "nn-negative" : "nn-positive";
}

// The numbers of curves at one place of their axis: where the mouse points, a finger has tapped, or the keys have come.

import { change, match, svg, write } from "../dom.mjs";
import { arrowKeys } from "./drag.mjs";
import { asScientific } from "./format.mjs";

const LINE = 14; // pixels from a line of words to the next
const CURVES = new Set(["curve", "points", "old"]);

export class Readout {
  axes;
  group;
  guide;
  words;
  hold;
  /** The place, a number of the axis; null is the end, wherever it comes to be. @type {number | null} */
  #at = null;
  /** The curves, rows of (x, y) each. @type {{label: string, color: number | null, rows: number[][]}[]} */
  #curves = [];

  constructor(axes, label) {
    this.axes = axes;
    this.group = axes.svg.appendChild(svg("g", { class: "nn-readout" }));
    const isHeld = { tabindex: 0, role: "slider", "aria-label": `${label}: its numbers` };
    this.hold = this.group.appendChild(svg("rect", isHeld));
    this.guide = this.group.appendChild(svg("path", { class: "nn-guide", "aria-hidden": "true" }));
    this.words = this.group.appendChild(svg("g", { "aria-hidden": "true" }));
    const point = (event) => {
      if (event.pointerType === "mouse" || event.type === "click") this.#goTo(axes.fromEvent(event)[0]);
    };
    axes.svg.addEventListener("pointermove", point);
    axes.svg.addEventListener("click", point);
    axes.svg.addEventListener("pointerleave", () => this.#show(false));
    this.hold.addEventListener("focus", () => this.#show(true));
    this.hold.addEventListener("blur", () => this.#show(false));
    const ends = { Home: () => this.#goTo(-Infinity), End: () => this.#goTo(Infinity) };
    arrowKeys(this.hold, ([dx, dy], strength) => this.#go((dx + dy) * strength), ends);
  }

  draw({ lines }) {
    const { left: x, top: y, width, height } = this.axes;
    change(this.hold, { x, y, width, height });
    this.#curves = lines
      .filter(({ role, label, at }) => CURVES.has(role) && label && at.shape[0])
      .map(({ label, color, at }) => ({ label, color, rows: at.rows() }));
    change(this.group, { visibility: this.#curves.length ? null : "hidden" });
    if (this.#curves.length) this.#drawAt();
  }

  get #places() {
    return this.#curves[0].rows.map(([x]) => x);
  }

  #show(isShown) {
    this.group.classList.toggle("nn-reading", isShown || document.activeElement === this.hold);
  }

  #goTo(at) {
    if (!this.#curves.length) return;
    const places = this.#places;
    const nearest = nearestTo(places, at);
    this.#at = nearest === places.length - 1 ? null : places[nearest];
    this.#show(true);
    this.#drawAt();
  }

  #go(by) {
    const places = this.#places;
    const here = this.#at === null ? places.length - 1 : nearestTo(places, this.#at);
    this.#goTo(places[Math.min(places.length - 1, Math.max(0, here + by))]);
  }

  #drawAt() {
    const { left, top, width, height, x: axis, y } = this.axes;
    const places = this.#places;
    const at = this.#at ?? places[places.length - 1];
    const numbers = this.#curves.map(({ label, color, rows }) => {
      const [, value] = rows[nearestTo(rows.map(([x]) => x), at)];
      return { words: `${label} ${asScientific(value)}`, color };
    });
    const place = `${axis.label} ${Number(at.toPrecision(4))}`;
    change(this.hold, {
      "aria-valuenow": at,
      "aria-valuemin": places[0],
      "aria-valuemax": places[places.length - 1],
      "aria-valuetext": `${place}: ${numbers.map(({ words }) => words).join(", ")}`,
    });
    const [across] = this.axes.toPixels([at, y.low]);
    change(this.guide, { d: `M${across.toFixed(1)} ${top}v${height}` });
    const isLeft = across < left + width / 2;
    match(this.words, [{ words: place, color: null }, ...numbers], () => svg("text"), (element, { words, color }) => {
      const line = [...this.words.children].indexOf(element) + 1;
      const looks = `nn-edge-label${isLeft ? "" : " nn-end"}${color === null ? "" : ` nn-curve-${color}`}`;
      change(element, { x: across + (isLeft ? 6 : -6), y: top + line * LINE, class: looks });
      write(element, words);
    });
  }
}

/** The index of the number that is nearest to one. */
export function nearestTo(numbers, wanted) {
  let nearest = 0;
  numbers.forEach((number, index) => {
    if (Math.abs(number - wanted) < Math.abs(numbers[nearest] - wanted)) nearest = index;
  });
  return wanted === Infinity ? numbers.length - 1 : nearest;
}

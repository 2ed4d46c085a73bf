// A pair of axes: from numbers to pixels and back, with ticks and names.

import { change, svg } from "../dom.mjs";
import { powerText, tickText } from "./format.mjs";

const MARGIN = { left: 44, right: 8, top: 12, bottom: 40 }; // equal sums: a square body holds a square plane

export class Axes {
  svg;
  ticks;
  /** The axes' numbers: low, high, scale, label. */
  x;
  y;
  // The frame's place, in the numbers that the panel is drawn in; and how wide the panel is.
  left = MARGIN.left;
  top = MARGIN.top;
  width = 1;
  height = 1;
  #whole = 1;
  /** What it was last fitted to. */
  fitted = "";

  constructor(body, label) {
    this.svg = body.appendChild(svg("svg", { class: "nn-svg", role: "group", "aria-label": label }));
    this.ticks = this.svg.appendChild(svg("g", { class: "nn-ticks", "aria-hidden": "true" }));
  }

  /** Fit to the size that the panel is drawn in and to its axes. */
  fit({ x, y }, { width, height }) {
    const key = JSON.stringify([width, height, x, y]);
    this.x = x;
    this.y = y;
    this.width = Math.max(1, width - MARGIN.left - MARGIN.right);
    this.height = Math.max(1, height - MARGIN.top - MARGIN.bottom);
    if (key === this.fitted) return;
    this.fitted = key;
    this.#whole = width;
    change(this.svg, { viewBox: `0 0 ${width} ${height}` });
    this.ticks.replaceChildren(...this.#frame());
  }

  toPixels([x, y]) {
    return [this.left + shareOf(this.x, x) * this.width, this.top + (1 - shareOf(this.y, y)) * this.height];
  }

  /** Where a pointer event is, in the axes' numbers, kept inside them. */
  fromEvent(event) {
    const box = this.svg.getBoundingClientRect();
    const scale = box.width / this.#whole;
    const across = ((event.clientX - box.left) / scale - this.left) / this.width;
    const up = 1 - ((event.clientY - box.top) / scale - this.top) / this.height;
    const inside = (share) => Math.min(1, Math.max(0, share));
    return [atShare(this.x, inside(across)), atShare(this.y, inside(up))];
  }

  #frame() {
    const bottom = this.top + this.height;
    const { left: x, top: y, width, height } = this;
    /** @type {SVGElement[]} */
    const parts = [svg("rect", { class: "nn-frame", x, y, width, height })];
    for (const [value, text] of ticksOf(this.x, this.width)) {
      const [at] = this.toPixels([value, this.y.low]);
      parts.push(svg("text", { x: at, y: bottom + 14, class: "nn-tick nn-middle" }, text));
    }
    for (const [value, text] of ticksOf(this.y, this.height)) {
      const [, at] = this.toPixels([this.x.low, value]);
      parts.push(svg("text", { x: this.left - 5, y: at + 4, class: "nn-tick nn-end" }, text));
    }
    const [center, middle] = [this.left + this.width / 2, this.top + this.height / 2];
    parts.push(svg("text", { x: center, y: bottom + 32, class: "nn-axis nn-middle" }, this.x.label));
    const turned = { x: 10, y: middle, class: "nn-axis nn-middle", transform: `rotate(-90 10 ${middle})` };
    parts.push(svg("text", turned, this.y.label));
    return parts;
  }
}

/** Where a number is between the ends of an axis, 0 to 1; what is far outside is drawn a little beyond. */
function shareOf({ low, high, scale }, value) {
  const ends = [low, high, value];
  const [from, to, at] = scale === "log" ? ends.map((end) => Math.log10(Math.max(end, Number.MIN_VALUE))) : ends;
  return Math.min(9, Math.max(-8, (at - from) / (to - from)));
}

function atShare({ low, high, scale }, share) {
  return scale === "log" ? low * (high / low) ** share : low + share * (high - low);
}

/** @returns {[number, string][]} */
function ticksOf({ low, high, scale }, pixels) {
  const most = Math.max(2, Math.min(5, Math.floor(pixels / 32)));
  if (scale === "log") return logTicks(low, high, most + 1).map((exponent) => [10 ** exponent, powerText(exponent)]);
  return ticks(low, high, most).map((value) => [value, tickText(value)]);
}

/** Round numbers from low to high, some `count` of them. */
export function ticks(low, high, count) {
  const rough = (high - low) / count;
  const unit = 10 ** Math.floor(Math.log10(rough));
  const step = unit * ([1, 2, 5].find((factor) => factor * unit >= rough * 0.999) ?? 10);
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, i) => (first + i) * step);
}

/** The powers of ten from low to high, at most `most` of them. */
export function logTicks(low, high, most) {
  const [first, last] = [Math.ceil(Math.log10(low) - 1e-9), Math.floor(Math.log10(high) + 1e-9)];
  const step = Math.max(1, Math.ceil((last - first + 1) / most));
  return Array.from({ length: Math.floor((last - first) / step) + 1 }, (_, i) => first + i * step);
}

export function asPath(pixels) {
  return pixels.map(([x, y], i) => `${i ? "L" : "M"}${x.toFixed(2)} ${y.toFixed(2)}`).join("");
}

export function arrowPath([x0, y0], [x, y]) {
  const turn = Math.atan2(y - y0, x - x0);
  const size = Math.min(13, 0.6 * Math.hypot(x - x0, y - y0));
  const point = (left, top) => `${left.toFixed(2)} ${top.toFixed(2)}`;
  const barb = (angle) => `L${point(x - size * Math.cos(turn + angle), y - size * Math.sin(turn + angle))}`;
  return `M${point(x0, y0)}L${point(x, y)}${barb(0.45)}M${point(x, y)}${barb(-0.45)}`;
}

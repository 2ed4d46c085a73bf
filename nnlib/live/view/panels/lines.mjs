// Lines on axes, each in the looks of its role, see `line` in nnlib/explorables/panels/axes.py; and their legend.

import { change, html, match, svg, write } from "../dom.mjs";
import { arrowPath, asPath } from "./axes.mjs";

const STROKES = new Set(["contour", "spikes"]); // in these each two rows are a stroke
const FREE = new Set(["points", "arrow"]); // these may stand out over the frame; the others end at it

export class Lines {
  axes;
  legend;
  clip;
  free;

  constructor(axes, body) {
    this.axes = axes;
    this.legend = body.parentElement.querySelector(".nn-legend");
    this.clip = axes.svg.appendChild(svg("svg", { class: "nn-clip" }));
    this.free = axes.svg.appendChild(svg("g"));
  }

  draw({ lines, legend }) {
    const { left: x, top: y, width, height } = this.axes;
    change(this.clip, { x, y, width, height, viewBox: `${x} ${y} ${width} ${height}` });
    const draw = (element, line) => this.#drawLine(element, line);
    match(this.clip, lines.filter(({ role }) => !FREE.has(role)), newLine, draw);
    match(this.free, lines.filter(({ role }) => FREE.has(role)), newLine, draw);
    if (this.legend) match(this.legend, legend, () => html("span"), drawName);
  }

  #drawLine(element, { at, role, label, color, key }) {
    const pixels = at.rows().map((point) => this.axes.toPixels(point));
    const [title, path, dots] = element.children;
    change(element, { class: `nn-line nn-${role} ${color === null ? "" : `nn-curve-${color}`}`, "data-key": key });
    write(title, label);
    const [start, end] = pixels;
    const along = STROKES.has(role) ? asStrokes : asPath;
    change(path, { d: role === "arrow" ? arrowPath(start, end) : along(pixels) });
    const dot = ([x, y]) => `M${x.toFixed(2)} ${y.toFixed(2)}h0`;
    change(dots, { d: role === "points" ? pixels.map(dot).join("") : null });
  }
}

function newLine() {
  return svg("g", {}, svg("title"), svg("path"), svg("path", { class: "nn-dots" }));
}

function drawName(element, { role, color, label, key }) {
  change(element, { class: `nn-name nn-${role} ${color === null ? "" : `nn-curve-${color}`}`, "data-key": key });
  write(element, label);
}

function asStrokes(pixels) {
  return pixels.map(([x, y], i) => `${i % 2 ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}`).join("");
}

// A network with many weights, as arrays. All edges are a few paths, one for each width and sign; the one that is pointed at,
// or that the keys have come to, is an element of its own, which says its weight and can be pulled. So are the biases, the
// dots at the nodes' corners.

import { change, html, match, svg, write } from "../dom.mjs";
import { asText } from "./format.mjs";
import { paintFields } from "./paint.mjs";
import { letPull } from "./pull.mjs";

const [THINNEST, THICKEST, WIDER, A_WEIGHT] = [0.5, 6, 0.5, 1.2]; // pixels of an edge, and how many more for a weight of 1
const WIDTHS = Math.round((THICKEST - THINNEST) / WIDER) + 1;
const [LARGEST, AIR_AROUND, AT_SIDES] = [22, 6, 6]; // pixels: of a node at most, from its middle; of air around it; at the panel's sides
const A_LETTER = 6.2;
const WITHIN = 12; // pixels from an edge within which it is pointed at
const SOFT_LAYER = 0.85;

export class Layers {
  figure;
  fields;
  svg;
  wires;
  biases;
  outlines;
  names;
  chosen;
  words;
  /** What was last drawn. */
  panel = null;
  /** How the nodes lie: the middle of each, by layers, and half their size; `key` says for which sizes. */
  nodes = { key: "", at: [], radius: 0, width: 0 };
  /** All weights and biases in the order of the network's parameters, each with the place and the path of its edge. */
  parameters = [];
  /** The index of the one that the Tab key stops at. */
  at = 0;

  constructor(body, figure, panel) {
    this.figure = figure;
    this.fields = body.appendChild(html("div", { ariaHidden: "true" }));
    this.svg = body.appendChild(svg("svg", { class: "nn-svg", role: "group", "aria-label": panel.label }));
    const part = (tag, attributes, ...children) => this.svg.appendChild(svg(tag, attributes, ...children));
    const wire = (_, index) => svg("path", {
      class: `nn-wire ${index % 2 ? "nn-positive" : "nn-negative"}`, "stroke-width": THINNEST + WIDER * Math.floor(index / 2),
    });
    this.wires = part("g", {}, ...Array.from({ length: 2 * WIDTHS }, wire));
    this.outlines = part("path", { class: "nn-outlines" });
    this.names = part("g");
    this.biases = part("g", {}, ...["negative", "positive"].map((sign) => svg("path", { class: `nn-bias nn-${sign}` })));
    this.chosen = part("g", { class: "nn-chosen" }, svg("path", { class: "nn-hit" }), svg("path", { class: "nn-glow" }), svg("path"));
    this.words = part("text", { class: "nn-edge-label nn-middle", "aria-hidden": "true" });
    this.#letPoint();
    if (panel.edits) this.#letEdit();
  }

  draw(panel, { width, height, colors }) {
    this.panel = panel;
    this.#place(width, height);
    const paths = Array.from(this.wires.children, () => []);
    const dots = [[], []];
    for (const parameter of this.parameters) {
      const value = this.#valueOf(parameter);
      const sign = Number(value >= 0);
      if (parameter.source === null) dots[sign].push(dot(parameter, value));
      else {
        const step = Math.round(Math.min(THICKEST - THINNEST, A_WEIGHT * Math.abs(value)) / WIDER);
        paths[2 * step + sign].push(parameter.path);
      }
    }
    paths.forEach((some, index) => change(this.wires.children[index], { d: some.join("") || null }));
    dots.forEach((some, index) => change(this.biases.children[index], { d: some.join("") || null }));
    if (panel.fields) paintFields([...this.fields.children], panel.fields, panel.scale, SOFT_LAYER, colors);
    this.#showChosen();
  }

  /** Lay out nodes and edges, where the panel or its layers have another size. */
  #place(width, height) {
    const { sizes, biases, inputs, outputs, fields } = this.panel;
    const key = JSON.stringify([width, height, sizes, biases.length, inputs, outputs, Boolean(fields)]);
    if (key === this.nodes.key) return;
    change(this.svg, { viewBox: `0 0 ${width} ${height}`, width, height });
    const [left, right] = [inputs, outputs].map((names) => AT_SIDES + A_LETTER * Math.max(0, ...names.map((name) => name.length + 1)));
    const radius = Math.max(4, Math.min(LARGEST, height / Math.max(...sizes) / 2 - AIR_AROUND / 2, (width - left - right) / sizes.length / 3.2));
    const across = (width - left - right - 2 * radius) / (sizes.length - 1);
    const at = sizes.map((size, layer) => Array.from({ length: size }, (_, index) => [left + radius + layer * across, ((index + 0.5) * height) / size]));
    this.nodes = { key, at, radius, width };
    this.parameters = at.slice(1).flatMap((targets, layer) => [
      ...at[layer].flatMap((_, source) => targets.map((__, target) => this.#edge(layer, source, target))),
      ...(biases.length ? targets.map(([x, y], target) => ({ layer, source: null, target, x: x - 0.85 * radius, y: y + 0.85 * radius })) : []),
    ]);
    this.at = Math.min(this.at, this.parameters.length - 1);
    const all = at.flat();
    const corner = fields ? 0.2 * radius : radius;
    change(this.outlines, { d: all.map(([x, y]) => box(x, y, radius, corner)).join(""), class: `nn-outlines ${fields ? "" : "nn-filled"}` });
    match(this.fields, fields ? all : [], () => html("canvas", { className: "nn-field" }), (canvas, [x, y]) => {
      Object.assign(canvas.style, { left: `${x - radius}px`, top: `${y - radius}px`, width: `${2 * radius}px`, height: `${2 * radius}px` });
    });
    const names = [...inputs.map((name, index) => [name, at[0][index], -1]), ...outputs.map((name, index) => [name, at.at(-1)[index], 1])];
    match(this.names, names, () => svg("text"), (element, [name, [x, y], side]) => {
      change(element, { x: x + side * (radius + 5), y: y + 4, class: `nn-tick ${side < 0 ? "nn-end" : ""}` });
      write(element, name);
    });
  }

  #edge(layer, source, target) {
    const { at, radius } = this.nodes;
    const [[left, y0], [right, y]] = [at[layer][source], at[layer + 1][target]];
    const [x0, x] = [left + radius, right - radius];
    const [start, bend, end] = [x0, (x0 + x) / 2, x].map((place) => place.toFixed(1));
    const [from, to] = [y0, y].map((place) => place.toFixed(1));
    return { layer, source, target, x0, y0, x, y, path: `M${start} ${from}C${bend} ${from} ${bend} ${to} ${end} ${to}` };
  }

  #valueOf({ layer, source, target }) {
    const { weights, biases, sizes } = this.panel;
    return source === null ? biases[layer].data[target] : weights[layer].data[source * sizes[layer + 1] + target];
  }

  #showChosen() {
    const parameter = this.parameters[this.at];
    const value = this.#valueOf(parameter);
    const isBias = parameter.source === null;
    const path = isBias ? dot(parameter, value) : parameter.path;
    const thick = isBias ? 2 : Math.min(THICKEST, THINNEST + A_WEIGHT * Math.abs(value));
    const [hit, glow, wire] = this.chosen.children;
    change(hit, { d: path });
    change(glow, { d: path, "stroke-width": thick + 8 });
    change(wire, { d: path, "stroke-width": thick, class: `${isBias ? "nn-bias" : "nn-wire"} ${value < 0 ? "nn-negative" : "nn-positive"}` });
    if (this.panel.edits) change(this.chosen, { "aria-label": this.#nameOf(parameter), "aria-valuenow": value, "aria-valuetext": asText(value) });
    const words = `${isBias ? "b" : "w"} = ${asText(value)}`;
    const half = (A_LETTER * words.length) / 2;
    const middle = isBias ? parameter : { x: (parameter.x0 + parameter.x) / 2, y: (parameter.y0 + parameter.y) / 2 };
    change(this.words, { x: Math.max(half, Math.min(this.nodes.width - half, middle.x)), y: Math.max(12, middle.y - 10) });
    write(this.words, words);
  }

  #nameOf({ layer, source, target }) {
    const { sizes, inputs, outputs } = this.panel;
    const name = (of, index) => {
      if (of === 0) return inputs[index] ?? `input ${index + 1}`;
      return (of === sizes.length - 1 && outputs[index]) || `neuron ${index + 1} of layer ${of}`;
    };
    return source === null ? `bias of ${name(layer + 1, target)}` : `weight from ${name(layer, source)} to ${name(layer + 1, target)}`;
  }

  #choose(index) {
    this.at = (index + this.parameters.length) % this.parameters.length;
    this.#showChosen();
  }

  // A mouse points at an edge by being near it, a finger by a tap: one that scrolls the page must not take hold of edges.
  #letPoint() {
    const point = (event) => {
      const index = this.#nearest(event);
      this.svg.classList.toggle("nn-pointed", index !== null);
      if (index !== null && index !== this.at) this.#choose(index);
      return index !== null;
    };
    this.svg.addEventListener("pointermove", (event) => event.pointerType === "mouse" && !event.buttons && point(event));
    this.svg.addEventListener("pointerleave", () => this.svg.classList.remove("nn-pointed"));
    this.svg.addEventListener("click", (event) => {
      if (point(event)) this.chosen.focus({ preventScroll: true });
    });
  }

  #letEdit() {
    letPull(this.chosen, {
      present: () => this.#valueOf(this.parameters[this.at]),
      set: (value) => this.figure.edit({ [this.at]: value }),
      keys: {
        PageDown: ({ shiftKey }) => this.#choose(this.at + (shiftKey ? 10 : 1)),
        PageUp: ({ shiftKey }) => this.#choose(this.at - (shiftKey ? 10 : 1)),
        Home: () => this.#choose(0),
        End: () => this.#choose(-1),
      },
    });
  }

  /** The index of the edge, or of the bias, that lies nearest to a pointer; null where none is near. */
  #nearest({ clientX, clientY }) {
    const box = this.svg.getBoundingClientRect();
    const [x, y] = [clientX - box.left, clientY - box.top];
    const ways = this.parameters.map((parameter) => (parameter.source === null ? Math.hypot(parameter.x - x, parameter.y - y) - 4 : distance(parameter, x, y)));
    const least = Math.min(...ways);
    return least <= WITHIN ? ways.indexOf(least) : null;
  }
}

/** How far a place is from an edge: from where the edge is at the same x, straight to it. */
function distance({ x0, y0, x: x1, y: y1 }, x, y) {
  if (x < x0 || x > x1) return Infinity;
  const across = (x - x0) / (x1 - x0);
  let [low, high] = [0, 1]; // x rises with the share of the curve as 1.5 t (1 − t) + t³
  for (let round = 0; round < 12; round += 1) {
    const t = (low + high) / 2;
    if (1.5 * t * (1 - t) + t ** 3 < across) low = t;
    else high = t;
  }
  const slope = ((y1 - y0) * 6 * low * (1 - low)) / ((x1 - x0) * (1.5 - 3 * low + 3 * low ** 2));
  return Math.abs(y0 + low ** 2 * (3 - 2 * low) * (y1 - y0) - y) / Math.hypot(1, slope);
}

/** The path of a bias: a dot that is the larger the stronger it is. */
function dot({ x, y }, value) {
  const r = (1.5 + Math.min(3, 1.5 * Math.abs(value))).toFixed(1);
  return `M${(x - r).toFixed(1)} ${y.toFixed(1)}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`;
}

/** The path of a square with round corners. */
function box(x, y, half, corner) {
  const side = (2 * (half - corner)).toFixed(1);
  const [r, start] = [corner.toFixed(1), `${(x - half + corner).toFixed(1)} ${(y - half).toFixed(1)}`];
  const turn = (dx, dy) => `a${r} ${r} 0 0 1 ${dx * r} ${dy * r}`;
  return `M${start}h${side}${turn(1, 1)}v${side}${turn(-1, 1)}h-${side}${turn(-1, -1)}v-${side}${turn(1, -1)}z`;
}

// Nodes in layers, weights as edges: thick is strong, the color is the sign; an edge can be dragged up and down.

import { change, html, lay, match, svg, write } from "../dom.mjs";
import { asScientific, asText } from "./format.mjs";
import { paintField } from "./paint.mjs";
import { letPull } from "./pull.mjs";

const [LETTER, AIR] = [6.2, 12]; // pixels of a letter on an edge, and of the air around its words
const SOFT_NODE = 0.85; // the small pictures in nodes have no points before them

export class Network {
  figure;
  fields;
  svg;
  edges;
  words;
  nodes;
  /** Of a node, in pixels. */
  radius = 0;

  constructor(body, figure, panel) {
    this.figure = figure;
    this.fields = body.appendChild(html("div", { ariaHidden: "true" }));
    this.svg = body.appendChild(svg("svg", { class: "nn-svg", role: "group", "aria-label": panel.label }));
    this.edges = this.svg.appendChild(svg("g"));
    // Words are above all edges: none strikes them through, or takes a finger meant for them.
    this.words = this.svg.appendChild(svg("g"));
    this.nodes = this.svg.appendChild(svg("g"));
  }

  draw({ layers, edges, gaps }, whole) {
    const { width, height } = whole;
    change(this.svg, { viewBox: `0 0 ${width} ${height}` });
    const most = Math.max(...layers.map((layer) => layer.length));
    this.radius = Math.max(10, Math.min(26, width / 14, (height / most - 17) / 2)); // with room for a word below
    const across = gaps.reduce((sums, gap) => [...sums, sums.at(-1) + gap], [0]);
    const place = ([layer, index]) => [
      this.radius + 6 + (across[layer] * (width - 2 * this.radius - 12)) / Math.max(1, across.at(-1)),
      ((index + 0.5) * height) / layers[layer].length,
    ];
    const crossing = layers.map((layer) => layer.length > 1);
    match(this.edges, edges, (edge) => this.#newEdge(edge), (element, edge) => this.#drawEdge(element, edge, place));
    const drawWords = (element, edge) => this.#drawWords(element, edge, place, crossing[edge.target[0]] ? 0.3 : 0.45);
    match(this.words, edges, () => this.edges.children[this.words.children.length].words, drawWords);
    const nodes = layers.flatMap((layer, i) => layer.map((node, j) => ({ ...node, at: place([i, j]) })));
    match(this.nodes, nodes, newNode, (element, node) => this.#drawNode(element, node));
    const pictured = nodes.filter(({ field }) => field);
    const newField = () => html("canvas", { className: "nn-field" });
    match(this.fields, pictured, newField, (canvas, node) => this.#drawField(canvas, node, whole));
  }

  #drawNode(element, { label, value, before, gradient, sign, field, key, at: [x, y] }) {
    const r = this.radius;
    const named = before !== null || value === null ? -r - 4 : field ? r + 11 : -3;
    const written = (number) => (number === null || field ? "" : asText(number));
    const slope = gradient === null ? "" : `${sign} ${asScientific(gradient)}`;
    const words = [[label, named], [written(value), Math.min(12, r / 2)], [slope, r + 13], [written(before), -3]];
    const looks = { "nn-small": r < 16, "nn-pictured": field, "nn-unknown": value === null };
    const names = Object.keys(looks).filter((name) => looks[name]);
    change(element, { class: ["nn-node", ...names].join(" "), "data-key": key, transform: `translate(${x} ${y})` });
    change(element.firstChild, { x: -r, y: -r, width: 2 * r, height: 2 * r, rx: field ? 5 : r });
    words.forEach(([text, top], index) => {
      const place = element.children[index + 1];
      change(place, { y: top });
      write(place, text);
    });
  }

  #drawField(canvas, { field, scale, at: [x, y] }, whole) {
    const r = this.radius;
    lay(canvas, { x: x - r, y: y - r, width: 2 * r, height: 2 * r }, whole);
    paintField(canvas, field, scale, SOFT_NODE, whole.colors);
  }

  #newEdge({ sets, edits }) {
    const text = (name) => svg("text", { class: `${name} nn-middle` });
    const [label, gradient] = [text("nn-edge-label"), text("nn-gradient")];
    const words = svg("g", {}, label, gradient);
    const wires = svg("g", { class: "nn-edge" }, svg("path", { class: "nn-hit" }), svg("path"));
    const element = Object.assign(wires, { words, edge: /** @type {any} */ (null) });
    if (sets || edits) this.#letPull(element, sets);
    return element;
  }

  #ends({ source, target }, place) {
    const [[from, y0], [to, y]] = [place(source), place(target)];
    return [from + this.radius, y0, to - this.radius, y];
  }

  #drawEdge(element, edge, place) {
    const { value, sets, edits, gradient, key } = edge;
    element.edge = edge;
    const [x0, y0, x, y] = this.#ends(edge, place);
    const d = `M${x0} ${y0}C${(x0 + x) / 2} ${y0} ${(x0 + x) / 2} ${y} ${x} ${y}`;
    const [hit, wire] = element.children;
    change(element, { "data-key": key });
    element.classList.toggle("nn-back", gradient !== null); // what is lit flows to the left from here on
    change(hit, { d });
    const sign = value === null ? "" : value < 0 ? "nn-negative" : "nn-positive";
    const width = value === null ? 2.5 : Math.min(9, 1 + 1.3 * Math.abs(value));
    change(wire, { d, "stroke-width": width, class: `nn-wire ${sign}` });
    const name = sets ? this.figure.controls.labelOf(sets) : edits && `weight ${edits}`;
    if (name) change(element, { "aria-label": name, "aria-valuenow": value, "aria-valuetext": asText(value) });
  }

  #drawWords(element, edge, place, share) {
    const { value, label, gradient, key } = edge;
    const [x0, y0, x, y] = this.#ends(edge, place);
    const [text, below] = element.children;
    change(element, { "data-key": key });
    const words = label && value !== null ? `${label} = ${asText(value)}` : label;
    const scarce = words.length * LETTER + AIR > x - x0; // then the name goes
    const shown = value !== null && scarce ? asText(value) : words;
    const half = Math.min(shown.length * LETTER + AIR, x - x0) / 2;
    write(text, shown);
    const across = x0 + Math.max((1.5 * share * (1 - share) + share ** 3) * (x - x0), half);
    const down = y0 + share * share * (3 - 2 * share) * (y - y0);
    change(text, { x: across, y: down - 8 });
    change(below, { x: across, y: down + 16 });
    write(below, gradient === null ? "" : asScientific(gradient));
  }

  #letPull(element, sets) {
    change(element.words, { class: "nn-pullable", "aria-hidden": "true" }); // the edge says it all
    letPull(element, {
      others: [element.words],
      range: sets && this.figure.controls.rangeOf(sets),
      present: () => {
        if (sets) return this.figure.settings[sets];
        return this.figure.edits.of(element.edge.edits) ?? element.edge.value;
      },
      set: (value) => {
        if (sets) this.figure.change({ [sets]: value });
        else this.figure.edit({ [element.edge.edits]: value });
      },
    });
  }
}

function newNode() {
  const texts = ["nn-node-label", "nn-node-value", "nn-gradient", "nn-node-value"];
  return svg("g", {}, svg("rect"), ...texts.map((name) => svg("text", { class: `${name} nn-middle` })));
}

// A network with many weights, as arrays. All edges are a few paths, one for each width and sign; the one that is
// pointed at, or that the keys have come to, is an element of its own, which says its weight and can be pulled. So are
// the biases, the dots at the nodes' corners. An edge whose weight is 0 is hardly there; what is frozen is dashed, or
// hollow.

import { change, html, lay, match, svg, write } from "../dom.mjs";
import { paintFields } from "./paint.mjs";
import { Nodes } from "./nodes.mjs";
import { letPull } from "./pull.mjs";
import { BOTH_SIGNS, newBias, newWire, numberOf, signOf, wireOf } from "./wires.mjs";
import { box, distance, dot, stepOf, STEPS, widthOf, wiring } from "./wiring.mjs";

const A_LETTER = 6.2; // pixels
const WITHIN = 12; // pixels from an edge within which it is pointed at
const SOFT_LAYER = 0.85; // the pictures have no points before them

export class Layers {
  figure;
  fields;
  svg;
  wires;
  outlines;
  names;
  biases;
  chosen;
  words;
  /** What was last drawn. @type {any} */
  panel = null;
  /** How it lies, see wiring.mjs, and for what. @type {any} */
  wiring = { key: "", width: 1, height: 1, parameters: [], nodes: [], radius: 0 };
  /** The index of the one that the Tab key stops at. */
  at = 0;
  /** Where a plane shows the node that is pointed at. @type {Nodes | null} */
  nodes = null;

  constructor(body, figure, panel) {
    this.figure = figure;
    this.fields = body.appendChild(html("div", { ariaHidden: "true" }));
    this.svg = body.appendChild(svg("svg", { class: "nn-svg", role: "group", "aria-label": panel.label }));
    const part = (tag, attributes, ...children) => this.svg.appendChild(svg(tag, attributes, ...children));
    this.wires = part("g", {}, ...Array.from({ length: 4 * STEPS }, newWire), svg("path", { class: wireOf(0) }));
    this.outlines = part("path", {});
    this.names = part("g", {});
    this.biases = part("g", {}, ...[...BOTH_SIGNS, ...BOTH_SIGNS].map(newBias));
    const [hit, glow, wire] = ["nn-hit", "nn-glow", ""].map((name) => svg("path", { class: name }));
    this.chosen = part("g", { class: "nn-chosen" }, hit, glow, wire);
    this.words = part("text", { class: "nn-edge-label nn-middle nn-weight", "aria-hidden": "true" });
    this.#letPoint();
    if (panel.edits) this.#letEdit();
  }

  /** Let the nodes be pointed at, and pressed; `sets` are the settings that say which one was. */
  letChoose(sets) {
    this.nodes = new Nodes(this.svg, this.figure, sets);
  }

  /** What a plane shows in place of its own. */
  lent() {
    return this.nodes?.lent(this.panel) ?? {};
  }

  /** Ask for nothing in place of the plane's own. */
  letGo() {
    this.nodes?.letGo();
  }

  draw(panel, whole) {
    this.panel = panel;
    this.#layOut(whole);
    const wires = Array.from(this.wires.children, () => /** @type {string[]} */ ([]));
    const dots = Array.from(this.biases.children, () => /** @type {string[]} */ ([]));
    for (const parameter of this.wiring.parameters) {
      const value = this.#valueOf(parameter);
      const sign = Number(value >= 0);
      const isFrozen = Number(panel.frozen.includes(parameter.layer));
      if (parameter.source === null) dots[2 * isFrozen + sign].push(dot(parameter, value));
      else wires[value === 0 ? 4 * STEPS : 2 * (STEPS * isFrozen + stepOf(value)) + sign].push(parameter.path);
    }
    wires.forEach((paths, index) => change(this.wires.children[index], { d: paths.join("") || null }));
    dots.forEach((paths, index) => change(this.biases.children[index], { d: paths.join("") || null }));
    if (panel.fields) paintFields([...this.fields.children], panel.fields, panel.scale, SOFT_LAYER, whole.colors);
    this.#showChosen();
  }

  /** Give all parts their places, where the panel, or what is in it, has another size than before. */
  #layOut({ width, height }) {
    const { sizes, biases, inputs, outputs, fields } = this.panel;
    const key = JSON.stringify([width, height, sizes, biases.length, inputs, outputs, Boolean(fields)]);
    if (key === this.wiring.key) return;
    const beside = (names) => A_LETTER * Math.max(0, ...names.map((name) => name.length + 1));
    const [left, right] = [beside(inputs), beside(outputs)];
    this.wiring = { key, width, height, ...wiring(sizes, biases.length > 0, { left, right, width, height }) };
    this.at = Math.min(this.at, this.wiring.parameters.length - 1);
    change(this.svg, { viewBox: `0 0 ${width} ${height}` });
    this.#placeNodes();
  }

  #placeNodes() {
    const { inputs, outputs, fields } = this.panel;
    const { nodes, radius } = this.wiring;
    const all = nodes.flat();
    const boxes = all.map((node) => box(node, radius, fields ? 0.2 * radius : radius));
    change(this.outlines, { d: boxes.join(""), class: `nn-outlines${fields ? "" : " nn-filled"}` });
    const newField = () => html("canvas", { className: "nn-field" });
    match(this.fields, fields ? all : [], newField, (canvas, [x, y]) => {
      lay(canvas, { x: x - radius, y: y - radius, width: 2 * radius, height: 2 * radius }, this.wiring);
    });
    this.nodes?.place(this.panel, nodes, radius);
    const beside = (names, layer, side) => names.map((name, index) => ({ name, node: layer[index], side }));
    const names = [...beside(inputs, nodes[0], -1), ...beside(outputs, nodes[nodes.length - 1], 1)];
    match(this.names, names, () => svg("text"), (element, { name, node: [x, y], side }) => {
      change(element, { x: x + side * (radius + 5), y: y + 4, class: `nn-tick${side < 0 ? " nn-end" : ""}` });
      write(element, name);
    });
  }

  #valueOf({ layer, source, target }) {
    const { weights, biases, sizes } = this.panel;
    return source === null ? biases[layer].data[target] : weights[layer].data[source * sizes[layer + 1] + target];
  }

  #showChosen() {
    const parameter = this.wiring.parameters[this.at];
    const value = this.#valueOf(parameter);
    const isBias = parameter.source === null;
    const d = isBias ? dot(parameter, value) : parameter.path;
    const width = isBias ? 1 : widthOf(stepOf(value));
    const [hit, glow, wire] = this.chosen.children;
    change(hit, { d });
    change(glow, { d, "stroke-width": width + 8 });
    const frozen = this.panel.frozen.includes(parameter.layer) ? " nn-frozen" : "";
    const look = `${isBias ? "nn-bias" : wireOf(value)} ${signOf(value)}${frozen}`;
    change(wire, { d, "stroke-width": width, class: look });
    if (this.panel.edits) {
      const name = this.#nameOf(parameter);
      change(this.chosen, { "aria-label": name, "aria-valuenow": value, "aria-valuetext": numberOf(value) });
    }
    const words = `${isBias ? "b" : "w"} = ${numberOf(value)}`;
    const half = (A_LETTER * words.length) / 2;
    const { x0 = parameter.x, y0 = parameter.y, x, y } = parameter;
    const middle = Math.max(half, Math.min(this.wiring.width - half, (x0 + x) / 2));
    change(this.words, { x: middle, y: Math.max(12, (y0 + y) / 2 - 10) });
    write(this.words, words);
  }

  #nameOf({ layer, source, target }) {
    const { sizes, inputs, outputs, frozen } = this.panel;
    const nameOf = (of, index) => {
      if (of === 0) return inputs[index] ?? `input ${index + 1}`;
      return (of === sizes.length - 1 && outputs[index]) || `neuron ${index + 1} of layer ${of}`;
    };
    const end = nameOf(layer + 1, target);
    const name = source === null ? `bias of ${end}` : `weight from ${nameOf(layer, source)} to ${end}`;
    return frozen.includes(layer) ? `${name}, frozen` : name;
  }

  #choose(index) {
    this.at = (index + this.wiring.parameters.length) % this.wiring.parameters.length;
    this.#showChosen();
  }

  // A mouse points at an edge by being near it, a finger by a tap: one that scrolls the page takes hold of none.
  #letPoint() {
    this.svg.addEventListener("pointermove", (event) => {
      if (event.pointerType !== "mouse" || event.buttons) return;
      const index = isAtNode(event) ? null : this.#nearest(event);
      this.svg.classList.toggle("nn-pointed", index !== null);
      if (index !== null) this.#choose(index);
    });
    this.svg.addEventListener("pointerleave", () => this.svg.classList.remove("nn-pointed"));
    this.svg.addEventListener("click", (event) => {
      const index = isAtNode(event) ? null : this.#nearest(event);
      if (index === null || this.chosen.contains(event.target)) return; // a pull may end near another
      this.#choose(index);
      this.chosen.focus({ preventScroll: true });
    });
  }

  #letEdit() {
    const far = ({ shiftKey }) => (shiftKey ? 10 : 1);
    letPull(this.chosen, {
      present: () => this.figure.edits.of(this.at) ?? this.#valueOf(this.wiring.parameters[this.at]),
      set: (value) => this.figure.edit({ [this.at]: value }),
      keys: {
        PageDown: (event) => this.#choose(this.at + far(event)),
        PageUp: (event) => this.#choose(this.at - far(event)),
        Home: () => this.#choose(0),
        End: () => this.#choose(-1),
      },
    });
  }

  /** The index of the edge, or of the bias, that lies nearest to a pointer; null where none is near. */
  #nearest({ clientX, clientY }) {
    const { left, top, width } = this.svg.getBoundingClientRect();
    const scale = this.wiring.width / width;
    const [x, y] = [scale * (clientX - left), scale * (clientY - top)];
    const ways = this.wiring.parameters.map((parameter) => distance(parameter, x, y));
    const least = Math.min(...ways);
    return least <= WITHIN ? ways.indexOf(least) : null;
  }
}

function isAtNode({ target }) {
  return target.matches(".nn-at");
}

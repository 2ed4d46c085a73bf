// The nodes of a network of layers, where a plane stands in for what is pointed at: a pointer or the keys on a node
// show its field there for as long as they are on it, and a press keeps it there, and tells the settings which it is.

import { change, match, svg } from "../dom.mjs";
import { NdArray } from "../figure/protocol.mjs";
import { arrowKeys } from "./drag.mjs";

const CORNER = 13; // pixels at the lower left that are the bias's, at the most

export class Nodes {
  figure;
  /** The names of the settings that a press sets: the layer, from 1 on after the inputs, and the place in it. */
  sets;
  group;
  /** What was last laid over. @type {any} */
  panel = null;
  /** [layer, index] of each node. @type {number[][]} */
  #all = [];
  /** What they are the nodes of. */
  #of = "";
  /** The node that the Tab key stops at. */
  #at = 0;
  /** @type {number | null} */
  #pointed = null;
  /** @type {number | null} */
  #kept = null;

  constructor(drawing, figure, sets) {
    this.figure = figure;
    this.sets = sets;
    this.group = drawing.appendChild(svg("g", { role: "group", "aria-label": "neurons and features" }));
    const { group } = this;
    const point = (node) => this.#point(node);
    group.addEventListener("pointerover", ({ pointerType, target }) => {
      if (pointerType === "mouse") point(this.#nodeOf(target));
    });
    group.addEventListener("pointerout", ({ relatedTarget }) => group.contains(relatedTarget) || point(null));
    group.addEventListener("click", ({ target }) => this.#press(this.#nodeOf(target)));
    const press = ({ target }) => this.#press(this.#nodeOf(target));
    const keys = { Enter: press, " ": press, Escape: () => this.letGo() };
    arrowKeys(group, ([dx, dy]) => this.#go(dx, -dy), keys);
  }

  /** Lay them over the nodes of a panel, [x, y] by layers. */
  place(panel, nodes, radius) {
    const { sizes, inputs } = panel;
    const of = JSON.stringify([sizes, inputs]);
    if (of !== this.#of) this.#forget();
    this.#of = of;
    this.panel = panel;
    this.#all = nodes.flatMap((layer, index) => layer.map((_, place) => [index, place]));
    const [side, corner] = [2 * radius, Math.min(CORNER, 0.8 * radius)];
    const shape = `h${side}v${side}h${corner - side}v${-corner}h${-corner}z`;
    match(this.group, nodes.flat(), () => this.#newNode(), (element, [x, y]) => {
      const node = [...this.group.children].indexOf(element);
      const d = `M${(x - radius).toFixed(1)} ${(y - radius).toFixed(1)}${shape}`;
      change(element, { d, "aria-label": `${nodeName(panel, ...this.#all[node])}: its map` });
    });
    this.#mark();
  }

  // Chromium gives the focus to a group that listens to it, so each of its parts does.
  #newNode() {
    const element = svg("path", { class: "nn-at", role: "button" });
    element.addEventListener("focus", () => element.matches(":focus-visible") && this.#point(this.#nodeOf(element)));
    element.addEventListener("blur", () => this.#point(null));
    return element;
  }

  /** What the plane shows instead of its own; nothing where no node is on show, or the one that it shows anyway. */
  lent(panel) {
    const node = this.#pointed ?? this.#kept;
    if (node === null || this.#isOutput(panel, node)) return {};
    const { data, shape: [, rows, columns] } = panel.fields;
    const size = rows * columns;
    const field = new NdArray(data.subarray(node * size, (node + 1) * size), [rows, columns], "uint8");
    return { field, scale: panel.scale, label: `${upper(nodeName(panel, ...this.#all[node]))}, and the points` };
  }

  letGo() {
    this.#forget();
    this.#show();
  }

  #forget() {
    [this.#pointed, this.#kept, this.#at] = [null, null, 0];
  }

  #isOutput({ sizes }, node) {
    return this.#all[node][0] === sizes.length - 1 && sizes[sizes.length - 1] === 1;
  }

  #nodeOf(element) {
    return [...this.group.children].indexOf(element);
  }

  #point(node) {
    if (node === this.#pointed) return;
    this.#pointed = node;
    this.#show();
  }

  #press(node) {
    const { panel } = this;
    const [layer, place] = this.#all[node];
    this.#at = node;
    this.#kept = node === this.#kept || this.#isOutput(panel, node) ? null : node;
    const [ofLayer, ofPlace] = this.sets;
    if (layer) this.figure.change({ [ofLayer]: layer, [ofPlace]: place + 1 });
    const name = nodeName(panel, layer, place);
    if (this.#kept !== null) this.figure.say(`The map of ${name} stays until you press it again.`);
    this.#show();
  }

  /** Move the focus to the next layer, or to the next node of the layer. */
  #go(across, down) {
    const [layer, place] = this.#all[this.#at];
    const { sizes } = this.panel;
    const to = Math.min(sizes.length - 1, Math.max(0, layer + across));
    const share = sizes[to] / sizes[layer];
    const wanted = across ? Math.floor((place + 0.5) * share) : place + down;
    const next = Math.min(sizes[to] - 1, Math.max(0, wanted));
    this.#at = this.#all.findIndex(([of, at]) => of === to && at === next);
    this.#mark();
    this.group.children[this.#at].focus({ preventScroll: true });
  }

  #show() {
    this.#mark();
    this.figure.redraw();
  }

  #mark() {
    [...this.group.children].forEach((element, node) => {
      change(element, { tabindex: node === this.#at ? 0 : -1, "aria-pressed": String(node === this.#kept) });
    });
  }
}

function nodeName({ sizes, inputs, outputs }, layer, place) {
  if (layer === 0) return inputs[place] ?? `input ${place + 1}`;
  if (layer < sizes.length - 1) return `neuron ${place + 1} of layer ${layer}`;
  return outputs[place] ? `output ${outputs[place]}` : `output ${place + 1}`;
}

function upper(words) {
  return words.startsWith("neuron") || words.startsWith("output") ? words[0].toUpperCase() + words.slice(1) : words;
}

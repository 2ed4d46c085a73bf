// Nodes in layers, weights as edges: thick is strong, the color is the sign; an edge can be dragged up and down.

import { holdable, steerable } from "./hold.mjs";
import { asText, change, svg } from "./looks.mjs";

const PIXELS_A_STEP = 3;

export class Network {
  constructor(body, figure, panel) {
    Object.assign(this, { body, figure });
    this.svg = body.appendChild(svg("svg", { class: "nn-svg", role: "group", "aria-label": panel.label }));
    this.edges = this.svg.appendChild(svg("g"));
    this.nodes = this.svg.appendChild(svg("g"));
  }

  draw(panel) {
    const { clientWidth: width, clientHeight: height } = this.body;
    change(this.svg, { viewBox: `0 0 ${width} ${height}`, width, height });
    this.radius = Math.max(17, Math.min(26, width / 14));
    const place = ([layer, index]) => [
      this.radius + 6 + (layer * (width - 2 * this.radius - 12)) / Math.max(1, panel.layers.length - 1),
      ((index + 0.5) * height) / panel.layers[layer].length,
    ];
    this.#match(this.edges, panel.edges, (edge) => this.#newEdge(edge), (element, edge) => this.#drawEdge(element, edge, place));
    const nodes = panel.layers.flatMap((layer, i) => layer.map((node, j) => ({ ...node, at: place([i, j]) })));
    this.#match(this.nodes, nodes, () => this.#newNode(), (element, node) => this.#drawNode(element, node));
  }

  #match(group, items, create, draw) {
    while (group.children.length > items.length) group.lastChild.remove();
    items.forEach((item, index) => draw(group.children[index] ?? group.appendChild(create(item)), item));
  }

  #newNode() {
    return svg("g", { class: "nn-node" }, svg("circle"), svg("text", { class: "nn-node-label nn-middle", y: -3 }),
      svg("text", { class: "nn-node-value nn-middle", y: 12 }));
  }

  #drawNode(element, { label, value, at: [x, y] }) {
    change(element, { transform: `translate(${x} ${y})` });
    const [circle, name, number] = element.children;
    change(circle, { r: this.radius });
    name.textContent = label;
    number.textContent = asText(value);
  }

  #newEdge({ sets }) {
    const element = svg("g", { class: "nn-edge" }, svg("path", { class: "nn-hit" }), svg("path", { class: "nn-wire" }),
      svg("text", { class: "nn-edge-label nn-middle" }));
    if (sets) this.#letPull(element, sets);
    return element;
  }

  #drawEdge(element, { source, target, value, label, sets }, place) {
    const [[x0, y0], [x, y]] = [place(source), place(target)];
    const d = `M${x0} ${y0}L${x} ${y}`;
    const [hit, wire, text] = element.children;
    change(hit, { d });
    change(wire, { d, "stroke-width": Math.min(9, 1.5 + 1.2 * Math.abs(value)), class: `nn-wire ${sets ? (value < 0 ? "nn-negative" : "nn-positive") : ""}` });
    const share = 0.45;
    change(text, { x: x0 + share * (x - x0), y: y0 + share * (y - y0) - 8 });
    text.textContent = sets ? `${label} = ${asText(value)}` : label;
    if (sets) change(element, { "aria-label": `weight ${label}`, "aria-valuenow": value, "aria-valuetext": asText(value) });
  }

  #letPull(element, sets) {
    const { low, high, step } = this.figure.controls.rangeOf(sets);
    change(element, { tabindex: 0, role: "slider", class: "nn-edge nn-pullable", "aria-valuemin": low, "aria-valuemax": high });
    const add = (steps, from) => this.figure.change({ [sets]: from + steps * step });
    let start;
    holdable(element, {
      begin: (event) => { start = [event.clientY, this.figure.settings[sets]]; },
      move: (event) => add(Math.round((start[0] - event.clientY) / PIXELS_A_STEP), start[1]),
    });
    steerable(element, ([dx, dy], strength) => add((dx + dy) * strength, this.figure.settings[sets]));
  }
}

// A plane of two features: the field of an output, lines, points to edit, handles to drag.

import { Axes, asPath } from "./axes.mjs";
import { holdable, steerable } from "./hold.mjs";
import { asText, change, html, paint, palette, svg } from "./looks.mjs";
import { NdArray } from "./protocol.mjs";

const SOFT = 0.5; // the field stands back behind its points
let brushes = 0;

export class Plane {
  constructor(body, figure, panel) {
    this.figure = figure;
    this.canvas = body.appendChild(html("canvas", { className: "nn-field", ariaHidden: "true" }));
    this.axes = new Axes(body, panel.label);
    this.lines = this.axes.svg.appendChild(svg("g", { class: "nn-lines" }));
    this.points = this.axes.svg.appendChild(svg("g", { class: "nn-points" }));
    this.handles = this.axes.svg.appendChild(svg("g", { class: "nn-handles" }));
    if (panel.points?.sets) this.#letEdit(body.nextElementSibling);
  }

  draw(panel) {
    this.panel = panel;
    this.axes.fit(panel);
    if (panel.field) this.#paintField(panel);
    this.lines.replaceChildren(...panel.lines.map((line) => this.#line(line)));
    this.#drawPoints(panel.points);
    this.#drawHandles(panel.handles);
  }

  #paintField({ field, scale }) {
    const { left, top, width, height } = this.axes;
    Object.assign(this.canvas.style, { left: `${left}px`, top: `${top}px`, width: `${width}px`, height: `${height}px` });
    const { negative, zero, positive } = palette(this.canvas);
    const soft = (color) => color.map((channel, i) => zero[i] + SOFT * (channel - zero[i]));
    paint(this.canvas, field, [[scale[0], soft(negative)], [scale[1], zero], [scale[2], soft(positive)]], true);
  }

  #line({ at, role, label }) {
    const pixels = at.rows().map((point) => this.axes.toPixels(point));
    const path = svg("path", { class: `nn-line nn-${role}`, d: role === "arrow" ? arrowPath(...pixels) : asPath(pixels) });
    if (label) path.append(svg("title", {}, label));
    return path;
  }

  // Points keep their elements, so that one being dragged stays in the hand.
  #drawPoints(points) {
    const rows = points ? points.at.rows() : [];
    const focused = this.points.contains(document.activeElement);
    while (this.points.children.length > rows.length) this.points.lastChild.remove();
    while (this.points.children.length < rows.length) this.points.append(this.#newPoint(this.points.children.length));
    rows.forEach((at, index) => {
      const label = points.labels.data[index];
      const [x, y] = this.axes.toPixels(at);
      const sign = label > 0 ? "positive" : "negative";
      const state = `${points.wrong.data[index] ? " nn-wrong" : ""}${points.marked === index ? " nn-marked" : ""}`;
      const element = this.points.children[index];
      change(element, {
        class: `nn-point nn-${sign}${state}`,
        transform: `translate(${x.toFixed(2)} ${y.toFixed(2)})`,
        "aria-label": `point ${index + 1}, class ${label > 0 ? "+1" : "−1"}, at ${asText(at[0])}, ${asText(at[1])}`,
        tabindex: points.sets ? (index === Math.min(this.chosen ?? 0, rows.length - 1) ? 0 : -1) : null,
        role: points.sets ? "button" : "img",
      });
    });
    if (focused && !this.points.contains(document.activeElement)) this.points.querySelector("[tabindex='0']")?.focus();
  }

  #newPoint(index) {
    const point = svg("g", {}, svg("circle", { class: "nn-hit", r: 13 }), svg("circle", { class: "nn-ring", r: 9 }),
      svg("circle", { class: "nn-disc", r: 5.5 }), svg("rect", { class: "nn-square", x: -5, y: -5, width: 10, height: 10 }));
    if (this.panel.points.sets) this.#letMove(point, index);
    return point;
  }

  #letEdit(brush) {
    this.brush = brush;
    brushes += 1; // the same figure may stand twice on a page, each with a brush of its own
    brush.querySelectorAll("input").forEach((radio, index) => Object.assign(radio, { name: `brush-${brushes}`, checked: index === 0 }));
    brush.querySelector("button").addEventListener("click", () => {
      this.#edit((rows) => rows.push([this.#middle("x"), this.#middle("y"), this.#brushed() || 1]));
    });
    this.axes.svg.addEventListener("click", (event) => {
      const label = this.#brushed();
      if (label && !event.target.closest(".nn-point")) this.#edit((rows) => rows.push([...this.axes.fromEvent(event), label]));
    });
    this.axes.svg.classList.add("nn-editable");
  }

  #middle(axis) {
    return (this.panel[axis].low + this.panel[axis].high) / 2;
  }

  #brushed() {
    return Number(this.brush.querySelector(":checked").value);
  }

  #letMove(point, index) {
    // A point that was removed may keep its element until the next picture: what is asked of it then is void.
    const edit = (how) => this.#rows()[index] && this.#edit(how);
    const moveTo = ([x, y]) => edit((rows) => rows.splice(index, 1, [x, y, rows[index][2]]));
    const choose = (next) => {
      const all = this.points.children;
      this.chosen = (next + all.length) % all.length;
      this.#drawPoints(this.panel.points);
      all[this.chosen]?.focus();
    };
    const remove = () => {
      edit((rows) => rows.splice(index, 1));
      this.chosen = Math.max(0, index - 1);
    };
    holdable(point, {
      begin: () => {
        const removes = this.#brushed() === 0;
        if (removes) remove();
        else this.chosen = index;
        return !removes;
      },
      move: (event) => moveTo(this.axes.fromEvent(event)),
    });
    steerable(point, ([dx, dy], strength) => {
      const { x, y } = this.axes;
      const [atX, atY] = this.#rows()[index] ?? [];
      moveTo([atX + (dx * strength * (x.high - x.low)) / 100, atY + (dy * strength * (y.high - y.low)) / 100]);
    }, {
      Delete: remove, Backspace: remove, PageDown: () => choose(index + 1), PageUp: () => choose(index - 1),
      " ": () => edit((rows) => { rows[index][2] *= -1; }),
    });
  }

  #rows() {
    const value = this.figure.settings[this.panel.points.sets];
    return value instanceof NdArray ? value.rows() : value.map((row) => [...row]);
  }

  #edit(how) {
    const rows = this.#rows();
    how(rows);
    this.figure.change({ [this.panel.points.sets]: NdArray.fromRows(rows, 3) });
  }

  #drawHandles(handles) {
    const known = new Map([...this.handles.children].map((element) => [element.dataset.name, element]));
    for (const handle of handles) {
      const element = known.get(handle.name) ?? this.handles.appendChild(this.#newHandle(handle.name));
      known.delete(handle.name);
      element.handle = handle;
      if (!element.held) this.#place(element, handle.at);
    }
    known.forEach((element) => element.remove());
  }

  #place(element, at) {
    const { handle } = element;
    const [x, y] = this.axes.toPixels(at);
    change(element.querySelector(".nn-grip"), { transform: `translate(${x.toFixed(2)} ${y.toFixed(2)})` });
    const arrow = element.querySelector(".nn-arrow");
    change(arrow, { d: handle.start ? arrowPath(this.axes.toPixels(handle.start), [x, y]) : null });
    const values = Object.keys(handle.sets).map((name) => `${name} ${asText(Number(this.figure.settings[name]))}`).join(", ");
    const { low, high } = this.axes.x;
    change(element, { "aria-label": handle.label, "aria-valuetext": values, "aria-valuenow": at[0].toFixed(2), "aria-valuemin": low, "aria-valuemax": high });
  }

  #newHandle(name) {
    const grip = svg("g", { class: "nn-grip" }, svg("circle", { class: "nn-hit", r: 20 }), svg("circle", { class: "nn-knob", r: 8 }));
    const element = svg("g", { class: `nn-handle nn-handle-${name}`, tabindex: 0, role: "slider", "data-name": name },
      svg("path", { class: "nn-arrow" }), grip);
    let off = [0, 0]; // from the pointer to the middle of the knob, so that taking hold moves nothing
    const follow = (event) => {
      const pointer = this.axes.fromEvent(event);
      const [x, y] = [pointer[0] + off[0], pointer[1] + off[1]];
      this.#place(element, [x, y]);
      this.figure.change(Object.fromEntries(Object.entries(element.handle.sets).map(([setting, [p, q, r]]) => [setting, p * x + q * y + r])));
    };
    const setHeld = (held) => {
      element.held = held;
      if (!held) this.figure.redraw();
    };
    const begin = (event) => {
      const pointer = this.axes.fromEvent(event);
      off = element.handle.at.map((value, i) => value - pointer[i]);
      setHeld(true);
    };
    holdable(element, { begin, move: follow, end: () => setHeld(false) });
    steerable(element, ([dx, dy], strength) => {
      const changes = {};
      for (const [setting, [p, q]] of Object.entries(element.handle.sets)) {
        const sign = Math.sign(p * dx + q * dy);
        if (sign) changes[setting] = this.figure.settings[setting] + sign * strength * this.figure.controls.rangeOf(setting).step;
      }
      this.figure.change(changes);
    });
    return element;
  }
}

function arrowPath([x0, y0], [x, y]) {
  const turn = Math.atan2(y - y0, x - x0);
  const size = Math.min(13, 0.6 * Math.hypot(x - x0, y - y0));
  const barb = (angle) => `L${(x - size * Math.cos(turn + angle)).toFixed(2)} ${(y - size * Math.sin(turn + angle)).toFixed(2)}`;
  return `M${x0.toFixed(2)} ${y0.toFixed(2)}L${x.toFixed(2)} ${y.toFixed(2)}${barb(0.45)}M${x.toFixed(2)} ${y.toFixed(2)}${barb(-0.45)}`;
}

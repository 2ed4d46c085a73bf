// Things to drag on axes: each sets one or two settings, see `handle` in nnlib/explorables/panels/axes.py.

import { change, svg, write } from "../dom.mjs";
import { arrowPath } from "./axes.mjs";
import { arrowKeys, draggable } from "./drag.mjs";
import { asText } from "./format.mjs";

// How far from its middle a handle can be taken: of two that lie closer together, each has its half of the way.
const [REACH, LEAST] = [20, 12];

export class Handles {
  axes;
  figure;
  group;

  constructor(axes, figure) {
    this.axes = axes;
    this.figure = figure;
    this.group = axes.svg.appendChild(svg("g", { class: "nn-handles" }));
  }

  draw(handles) {
    const known = new Map([...this.group.children].map((element) => [element.dataset.name, element]));
    const elements = handles.map((handle) => {
      const element = known.get(handle.name) ?? this.group.appendChild(this.#newHandle(handle.name));
      known.delete(handle.name);
      element.handle = handle;
      const keepsToItsLine = Object.keys(handle.sets).length < 2;
      if (!element.held || keepsToItsLine) this.#place(element, handle.at);
      return element;
    });
    known.forEach((element) => element.remove());
    const places = handles.map(({ at }) => this.axes.toPixels(at));
    elements.forEach((element, index) => {
      const [x, y] = places[index];
      const others = places.filter((_, other) => other !== index);
      const ways = others.map(([otherX, otherY]) => Math.hypot(otherX - x, otherY - y));
      change(element.querySelector(".nn-hit"), { r: Math.min(REACH, Math.max(LEAST, Math.min(...ways) / 2)) });
    });
  }

  #place(element, at) {
    const { handle } = element;
    const [x, y] = this.axes.toPixels(at);
    change(element.querySelector(".nn-grip"), { transform: `translate(${x.toFixed(2)} ${y.toFixed(2)})` });
    const arrow = element.querySelector(".nn-arrow");
    write(element.querySelector("text"), handle.mark);
    change(arrow, { d: handle.start ? arrowPath(this.axes.toPixels(handle.start), [x, y]) : null });
    const { settings, controls } = this.figure;
    const short = (value) => asText(Number(value)).replace(/\.?0+$/, "");
    const values = Object.keys(handle.sets).map((name) => `${controls.labelOf(name)} ${short(settings[name])}`);
    change(element, {
      "aria-label": handle.label,
      "aria-valuetext": values.join(", "),
      "aria-valuenow": at[0].toFixed(2),
      "aria-valuemin": this.axes.x.low,
      "aria-valuemax": this.axes.x.high,
    });
  }

  #newHandle(name) {
    const [hit, knob] = [svg("circle", { class: "nn-hit" }), svg("circle", { class: "nn-knob", r: 8 })];
    const grip = svg("g", { class: "nn-grip" }, hit, knob, svg("text", { class: "nn-letter" }));
    const looks = { class: `nn-handle nn-handle-${name}`, tabindex: 0, role: "slider", "data-name": name };
    const own = { handle: /** @type {any} */ (null), held: false }; // what was last drawn; whether it is in the hand
    const element = Object.assign(svg("g", looks, svg("path", { class: "nn-arrow" }), grip), own);
    let off = [0, 0]; // from the pointer to the middle of the knob, so that taking hold moves nothing
    const follow = (event) => {
      const pointer = this.axes.fromEvent(event);
      const [x, y] = [pointer[0] + off[0], pointer[1] + off[1]];
      const sets = Object.entries(element.handle.sets);
      if (sets.length > 1) this.#place(element, [x, y]);
      this.figure.change(Object.fromEntries(sets.map(([setting, [p, q, r]]) => [setting, p * x + q * y + r])));
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
    draggable(element, { begin, move: follow, end: () => setHeld(false) });
    arrowKeys(element, ([dx, dy], strength) => {
      const changes = {};
      for (const [setting, [p, q]] of Object.entries(element.handle.sets)) {
        const sign = Math.sign(p * dx + q * dy);
        if (!sign) continue;
        const { step } = this.figure.controls.rangeOf(setting);
        changes[setting] = this.figure.settings[setting] + sign * strength * step;
      }
      this.figure.change(changes);
    });
    return element;
  }
}

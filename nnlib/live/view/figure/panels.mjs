// The panels of a figure: each kind that Python names has a class, which draws it.

import { change, write } from "../dom.mjs";
import { Bars, Image } from "../panels/charts.mjs";
import { Layers } from "../panels/layers.mjs";
import { Network } from "../panels/network.mjs";
import { Equations, Matrices, Table } from "../panels/numbers.mjs";
import { Pad } from "../panels/pad.mjs";
import { palette } from "../panels/paint.mjs";
import { Plane } from "../panels/plane.mjs";

const KINDS = {
  plane: Plane,
  series: Plane,
  network: Network,
  layers: Layers,
  bars: Bars,
  image: Image,
  pad: Pad,
  table: Table,
  matrices: Matrices,
  equations: Equations,
};

// The width that a panel is drawn in, in numbers of its own, which are about pixels: it is scaled to the place it has.
const WIDTH = 320;
const WIDE = 656; // of one with a row for itself, in a figure that is
const ROOMY = 540; // pixels or wider, as in figures.css
const LOWEST = { series: 168, network: 168 };
const LOWEST_WIDE = { series: 168, network: 304, layers: 304 };

// In a figure with groups of controls that has the width of a page these stand beside each other: see figures.css.
const BROAD = 896;
const SIDE_BY_SIDE = { layers: [430, 330], plane: [330, 330], series: [250, 170] };

/** The size that a panel is drawn in: one that is `roomy` itself, or in a figure that is `broad`. */
function drawnIn({ kind, aspect, wide }, { roomy, broad }) {
  const place = broad && SIDE_BY_SIDE[kind];
  if (place) return { width: place[0], height: place[1] };
  const width = wide && roomy ? WIDE : WIDTH;
  return { width, height: Math.max(Math.round(width / aspect), (wide ? LOWEST_WIDE : LOWEST)[kind] ?? 0) };
}

export class Panels {
  #element;
  /** @type {any} */
  #row;
  #canBeBroad;
  /** By name: the elements of a panel, and what draws it. */
  #mounted = new Map();

  /** Put a panel for each of `picture` in the place of the still ones. */
  constructor(figure, picture) {
    this.#element = figure.element;
    this.#row = figure.element.querySelector(".nn-panels");
    this.#canBeBroad = figure.element.matches(".nn-broad");
    const panels = [...figure.element.querySelectorAll(".nn-panel")];
    const places = new Map(panels.map((place) => [place.dataset.panel, place]));
    for (const panel of picture) {
      const place = places.get(panel.name);
      const [title, body] = ["title", "body"].map((part) => place.querySelector(`.nn-panel-${part}`));
      body.replaceChildren();
      this.#mounted.set(panel.name, { place, title, body, drawn: new KINDS[panel.kind](body, figure, panel) });
    }
    for (const { pointed } of picture) {
      if (pointed) this.#mounted.get(pointed.in).drawn.letChoose(pointed.sets);
    }
  }

  /** Show each panel as its own again, whatever was put in its place by hand. */
  letGo() {
    for (const { drawn } of this.#mounted.values()) drawn.letGo?.();
  }

  /** @param {Panel[]} picture */
  draw(picture) {
    const count = this.#mounted.size;
    if (picture.length !== count) throw new RangeError(`it has ${picture.length} panels, not ${count}`);
    for (const { name, shown } of picture) change(this.#mounted.get(name).place, { hidden: shown === false });
    // All is measured first: between two changes the browser would have to lay out the page for each.
    const broad = this.#canBeBroad && this.#row.clientWidth >= BROAD;
    const roomy = new Map(picture.map(({ name }) => [name, this.#mounted.get(name).place.clientWidth >= ROOMY]));
    const colors = palette(this.#element);
    for (const panel of picture) {
      const { title, body, drawn } = this.#mounted.get(panel.name);
      if (panel.shown === false) continue;
      const { width, height } = drawnIn(panel, { roomy: roomy.get(panel.name), broad });
      const lent = panel.pointed ? this.#mounted.get(panel.pointed.in).drawn.lent() : {};
      write(title, lent.label ?? panel.label); // it may count something
      if (panel.aspect) body.style.setProperty("--aspect", (width / height).toFixed(3)); // for the full screen
      drawn.draw({ ...panel, ...lent }, { width, height, colors });
    }
  }
}

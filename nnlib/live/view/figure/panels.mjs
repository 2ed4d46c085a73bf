// The panels of a figure: each kind that Python names has a class, which draws it.

import { write } from "../dom.mjs";
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

export class Panels {
  #element;
  /** By name: the elements of a panel, and what draws it. */
  #mounted = new Map();

  /** Put a panel for each of `picture` in the place of the still ones. */
  constructor(figure, picture) {
    this.#element = figure.element;
    for (const panel of picture) {
      const place = this.#element.querySelector(`[data-panel="${panel.name}"]`);
      const [title, body] = ["title", "body"].map((part) => place.querySelector(`.nn-panel-${part}`));
      body.replaceChildren();
      this.#mounted.set(panel.name, { title, body, drawn: new KINDS[panel.kind](body, figure, panel) });
    }
  }

  /** @param {Panel[]} picture */
  draw(picture) {
    const count = this.#mounted.size;
    if (picture.length !== count) throw new RangeError(`it has ${picture.length} panels, not ${count}`);
    // All is measured first: between two changes the browser would have to lay out the page for each.
    const colors = palette(this.#element);
    const panels = picture.map((panel) => {
      const { body, ...rest } = this.#mounted.get(panel.name);
      return { panel, ...rest, place: { width: body.clientWidth, height: body.clientHeight, colors } };
    });
    for (const { panel, title, drawn, place } of panels) {
      write(title, panel.label); // it may count something
      drawn.draw(panel, place);
    }
  }
}

// A plane of two features: the field of an output, lines, points to edit, handles to drag.

import { Axes, arrowPath, asPath } from "./axes.mjs";
import { Handles } from "./handles.mjs";
import { html, paint, palette, svg } from "./looks.mjs";
import { Points } from "./points.mjs";

const SOFT = 0.5; // the field stands back behind its points

export class Plane {
  constructor(body, figure, panel) {
    this.canvas = body.appendChild(html("canvas", { className: "nn-field", ariaHidden: "true" }));
    this.axes = new Axes(body, panel.label);
    this.lines = this.axes.svg.appendChild(svg("g", { class: "nn-lines" }));
    this.points = new Points(this.axes, figure, panel.points?.sets && body.nextElementSibling);
    this.handles = new Handles(this.axes, figure);
  }

  draw(panel) {
    this.axes.fit(panel);
    if (panel.field) this.#paintField(panel);
    this.lines.replaceChildren(...panel.lines.map((line) => this.#line(line)));
    this.points.draw(panel.points);
    this.handles.draw(panel.handles);
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
}

// Panels with two axes, a plane or series: the field of an output, lines, points to edit, handles to drag.

import { change, html, lay } from "../dom.mjs";
import { Axes } from "./axes.mjs";
import { Handles } from "./handles.mjs";
import { Lines } from "./lines.mjs";
import { paintField } from "./paint.mjs";
import { Points } from "./points.mjs";
import { Readout } from "./readout.mjs";

const SOFT = 0.5; // the field stands back behind its points

export class Plane {
  canvas;
  axes;
  lines;
  points;
  handles;
  readout;

  constructor(body, figure, panel) {
    this.canvas = body.appendChild(html("canvas", { className: "nn-field", ariaHidden: "true" }));
    this.axes = new Axes(body, panel.label);
    this.lines = new Lines(this.axes, body);
    this.readout = panel.reads ? new Readout(this.axes, panel.label) : null;
    this.points = new Points(this.axes, figure, panel.points?.sets && body.nextElementSibling);
    this.handles = new Handles(this.axes, figure);
  }

  draw(panel, place) {
    this.axes.fit(panel, place);
    change(this.canvas, { hidden: !panel.field });
    if (panel.field) {
      const { left: x, top: y, width, height } = this.axes;
      lay(this.canvas, { x, y, width, height }, place);
      paintField(this.canvas, panel.field, panel.scale, SOFT, place.colors);
    }
    this.lines.draw(panel);
    this.readout?.draw(panel);
    this.points.draw(panel.points);
    this.handles.draw(panel.handles);
  }
}

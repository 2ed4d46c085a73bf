// A square of paper to draw on: by mouse, pen, finger, or with the keys.

import { change, html } from "../dom.mjs";
import { NdArray } from "../figure/protocol.mjs";
import { arrowKeys, draggable } from "./drag.mjs";
import { paint } from "./paint.mjs";

const PEN = 2; // half the width of a stroke, in cells

export class Pad {
  figure;
  /** The name of the setting that is drawn. */
  sets;
  canvas;
  cursor;
  /** How many cells the paper is wide, and high. */
  size;
  /** Where the pen is, in cells. */
  at;
  /** Whether the pen is down. */
  pen = true;

  constructor(body, figure, panel) {
    this.figure = figure;
    this.sets = panel.sets;
    this.canvas = body.appendChild(html("canvas", { className: "nn-pad", tabIndex: 0 }));
    this.canvas.style.aspectRatio = panel.aspect;
    change(this.canvas, {
      role: "application",
      "aria-label": `${panel.label}. Arrow keys move the pen, Space lifts it or puts it down, Delete clears the paper.`,
    });
    this.cursor = body.appendChild(html("span", { className: "nn-cursor", ariaHidden: "true" }));
    [this.size] = panel.values.shape;
    this.at = [this.size / 2, this.size / 4];
    this.#letDraw(this.size);
  }

  // The paper shows the settings, which are ahead of the picture while the reader draws.
  #cells() {
    const drawn = this.figure.settings[this.sets];
    return drawn instanceof NdArray ? drawn : NdArray.fromRows(drawn, this.size);
  }

  draw(panel, { colors: { ink } }) {
    paint(this.canvas, this.#cells(), [0, 0, 1], { below: ink, above: ink });
    const { size } = this;
    Object.assign(this.cursor.style, { left: `${(100 * this.at[0]) / size}%`, top: `${(100 * this.at[1]) / size}%` });
    this.cursor.classList.toggle("nn-up", !this.pen);
  }

  #letDraw(size) {
    const where = (event) => {
      const box = this.canvas.getBoundingClientRect();
      return [((event.clientX - box.left) / box.width) * size, ((event.clientY - box.top) / box.height) * size];
    };
    draggable(this.canvas, {
      begin: (event) => { this.at = where(event); this.#ink(this.at, this.at); },
      move: (event) => { const to = where(event); this.#ink(this.at, to); this.at = to; },
    });
    arrowKeys(this.canvas, ([dx, dy], strength) => {
      const reach = Math.min(strength, 3);
      const inside = (v) => Math.min(size - 1, Math.max(1, v));
      const to = [inside(this.at[0] + dx * reach), inside(this.at[1] - dy * reach)];
      if (this.pen) this.#ink(this.at, to);
      this.at = to;
      this.figure.redraw();
    }, {
      " ": () => { this.pen = !this.pen; this.figure.redraw(); },
      Delete: () => this.#set(new Float64Array(size * size)),
      Backspace: () => this.#set(new Float64Array(size * size)),
    });
  }

  /**
   * Ink every cell near the stroke; the paper shows it at once, the answer follows.
   *
   * @param {number[]} from
   * @param {number[]} to
   */
  #ink([x0, y0], [x1, y1]) {
    const { size } = this;
    const cells = this.#cells().data.slice();
    const dots = Math.max(1, Math.ceil(2 * Math.hypot(x1 - x0, y1 - y0)));
    for (let dot = 0; dot <= dots; dot += 1) {
      const [x, y] = [x0 + ((x1 - x0) * dot) / dots, y0 + ((y1 - y0) * dot) / dots];
      for (let row = Math.max(0, Math.floor(y - PEN - 1)); row < Math.min(size, y + PEN + 1); row += 1) {
        for (let column = Math.max(0, Math.floor(x - PEN - 1)); column < Math.min(size, x + PEN + 1); column += 1) {
          const ink = PEN + 0.5 - Math.hypot(column + 0.5 - x, row + 0.5 - y); // soft at the edge
          cells[row * size + column] = Math.max(cells[row * size + column], Math.min(1, Math.round(100 * ink) / 100));
        }
      }
    }
    this.#set(cells);
  }

  #set(cells) {
    this.figure.change({ [this.sets]: new NdArray(cells, [this.size, this.size]) });
    this.figure.redraw();
  }
}

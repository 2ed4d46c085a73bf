// What is only looked at: bars, curves, an image, lines of mathematics.

import { Axes } from "./axes.mjs";
import { asText, change, html, paint, palette, svg } from "./looks.mjs";

export class Bars {
  constructor(body, figure, panel) {
    this.list = body.appendChild(html("div", { className: "nn-bars" }));
    this.list.setAttribute("role", "list");
    this.list.setAttribute("aria-label", panel.label);
  }

  draw({ labels, values, low, high, best }) {
    while (this.list.children.length < labels.length) this.list.append(this.#newBar());
    labels.forEach((label, index) => {
      const [name, track, number] = this.list.children[index].children;
      const share = Math.min(1, Math.max(0, (values.data[index] - low) / (high - low)));
      name.textContent = label;
      track.firstChild.style.transform = `scaleX(${share})`;
      number.textContent = asText(values.data[index]);
      this.list.children[index].classList.toggle("nn-best", index === best);
    });
  }

  #newBar() {
    const bar = html("div", { className: "nn-bar" }, html("span"), html("span", { className: "nn-track" }, html("span")), html("span"));
    bar.setAttribute("role", "listitem");
    return bar;
  }
}

export class Series {
  constructor(body, figure, panel) {
    this.axes = new Axes(body, panel.label);
    this.curves = this.axes.svg.appendChild(svg("g"));
  }

  draw(panel) {
    this.axes.fit(panel);
    this.curves.replaceChildren(...panel.curves.flatMap(({ label, at }, index) => this.#curve(label, at.rows(), index)));
  }

  #curve(label, rows, index) {
    const parts = [svg("path", { class: `nn-curve nn-curve-${index}`, d: this.axes.path(rows) }, svg("title", {}, label))];
    if (rows.length <= 60) {
      parts.push(...rows.map((row) => {
        const [cx, cy] = this.axes.toPixels(row);
        return svg("circle", { class: `nn-curve-dot nn-curve-${index}`, cx, cy, r: 3 });
      }));
    }
    return parts;
  }
}

export class Image {
  constructor(body, figure, panel) {
    this.canvas = body.appendChild(html("canvas", { className: "nn-image" }));
    change(this.canvas, { role: "img", "aria-label": panel.label });
  }

  draw({ values, low, high }) {
    const { paper, ink } = palette(this.canvas);
    paint(this.canvas, values, [[low, paper], [high, ink]], false);
  }
}

export class Equations {
  constructor(body) {
    this.body = body;
  }

  draw({ lines }) {
    lines.forEach((line, index) => {
      const element = this.body.children[index] ?? this.body.appendChild(html("div", { className: "nn-equation" }));
      element.textContent = line;
    });
    while (this.body.children.length > lines.length) this.body.lastChild.remove();
  }
}

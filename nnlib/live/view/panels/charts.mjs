// What is only looked at: bars, and an image.

import { change, html, match, write } from "../dom.mjs";
import { asText } from "./format.mjs";
import { paint } from "./paint.mjs";

export class Bars {
  list;

  constructor(body, figure, panel) {
    this.list = body.appendChild(html("div", { className: "nn-bars" }));
    this.list.setAttribute("role", "list");
    this.list.setAttribute("aria-label", panel.label);
    this.list.style.aspectRatio = panel.aspect;
  }

  draw({ labels, values, low, high, best, digits }) {
    this.list.style.setProperty("--label", `${Math.max(...labels.map((label) => label.length))}ch`);
    const bars = labels.map((label, index) => ({ label, value: values.data[index], isBest: index === best }));
    const shareOf = (value) => Math.min(1, Math.max(0, (value - low) / (high - low)));
    match(this.list, bars, newBar, (bar, { label, value, isBest }) => {
      const [name, track, number] = bar.children;
      const [zero, share] = [0, value].map(shareOf);
      write(name, label);
      const [from, by] = [100 * zero, share - zero].map((number) => number.toFixed(6)); // no exponent
      track.firstChild.style.transform = `translateX(${from}%) scaleX(${by})`; // it begins at 0
      write(number, asText(value, digits));
      bar.classList.toggle("nn-best", isBest);
    });
  }
}

function newBar() {
  const track = html("span", { className: "nn-track" }, html("span"));
  const bar = html("div", { className: "nn-bar" }, html("span"), track, html("span"));
  bar.setAttribute("role", "listitem");
  return bar;
}

export class Image {
  canvas;

  constructor(body, figure, panel) {
    this.canvas = body.appendChild(html("canvas", { className: `nn-image${panel.signed ? " nn-signed" : ""}` }));
    this.canvas.style.aspectRatio = panel.aspect;
    change(this.canvas, { role: "img", "aria-label": panel.label });
  }

  draw({ values, low, high, signed }, { colors: { ink, negative, positive } }) {
    const [below, above] = signed ? [negative, positive] : [ink, ink];
    paint(this.canvas, values, [low, signed ? 0 : low, high], { below, above });
  }
}

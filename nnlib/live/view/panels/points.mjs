// Labeled points on axes, which the reader may add, drag, flip and remove.

import { change, svg } from "../dom.mjs";
import { NdArray } from "../figure/protocol.mjs";
import { arrowKeys, draggable } from "./drag.mjs";
import { asText } from "./format.mjs";

const MANY = 120; // points; more of them are smaller
let brushes = 0;

const SHAPES = [ // of the classes, in order
  "M-5.5 0a5.5 5.5 0 1 0 11 0a5.5 5.5 0 1 0-11 0z", "M-5-5h10v10h-10z", polygon(3, 7), polygon(4, 7), polygon(3, -7),
  "M-2-6h4v4h4v4h-4v4h-4v-4h-4v-4h4z", polygon(5, 7.5, 3.2), polygon(5, 6.5), polygon(4, 7.5, 2.8), polygon(6, 6.5),
];

/** A polygon with its first corner on top; with an inner radius, a star. */
function polygon(corners, radius, inner = 0) {
  const radii = inner ? [radius, inner] : [radius];
  const count = corners * radii.length;
  const corner = (_, i) => {
    const [r, turn] = [radii[i % radii.length], (2 * Math.PI * i) / count];
    return `${(r * Math.sin(turn)).toFixed(2)} ${(-r * Math.cos(turn)).toFixed(2)}`;
  };
  return `M${Array.from({ length: count }, corner).join("L")}z`;
}

/** Whether two sets of points look alike; one of them is drawn anew when a hand has it. */
function areAlike(points, others) {
  return Object.keys(points).every((name) => {
    const [one, other] = [points[name], others[name]];
    if (!(one instanceof NdArray) || !(other instanceof NdArray)) return one === other;
    return one.data.length === other.data.length && one.data.every((number, index) => number === other.data[index]);
  });
}

export class Points {
  axes;
  figure;
  group;
  brush;
  /** What was last drawn. */
  points;
  /** Whether the reader may change them now. */
  isEditable = false;
  /** The index of the point that the Tab key stops at. */
  chosen = 0;
  /** The axes that they were drawn on. */
  #where = "";

  /** `brush`, where the points can be edited, holds the radios that say what a click on the plane does. */
  constructor(axes, figure, brush) {
    this.axes = axes;
    this.figure = figure;
    this.brush = brush;
    this.group = axes.svg.appendChild(svg("g", { class: "nn-points" }));
    if (brush) {
      this.#letEdit();
      brush.hidden = true;
    }
  }

  // While a network learns, the points stay, and are many: what is there already is not drawn again.
  draw(points) {
    const isThere = points && this.points && this.#where === this.axes.fitted && areAlike(points, this.points);
    this.points = points;
    this.#where = this.axes.fitted;
    if (!isThere) this.#drawAll(points);
  }

  // Points keep their elements, so that one being dragged stays in the hand.
  #drawAll(points) {
    if (this.brush && this.isEditable !== Boolean(points?.edits)) this.#change();
    const rows = points ? points.at.rows() : [];
    const focused = this.group.contains(document.activeElement);
    while (this.group.children.length > rows.length) this.group.lastChild.remove();
    while (this.group.children.length < rows.length) this.group.append(this.#newPoint(this.group.children.length));
    rows.forEach((at, index) => {
      const label = points.labels.data[index];
      const [x, y] = this.axes.toPixels(at);
      const two = points.classes === null;
      const isNumber = points.classes === 0;
      const sign = label > 0 ? "nn-positive" : "nn-negative";
      const looks = two || isNumber ? sign : `nn-class-${label}`;
      const name = isNumber ? asText(label) : `class ${two ? (label > 0 ? "+1" : "−1") : label}`;
      const unseen = points.unseen.data[index] ? " nn-unseen" : "";
      const kind = unseen ? "test point" : "point";
      const wrong = points.wrong.data[index] ? " nn-wrong" : "";
      const marked = points.marked === index ? " nn-marked" : "";
      const element = this.group.children[index];
      change(element, {
        class: `nn-point ${looks}${wrong}${unseen}${marked}`,
        style: isNumber ? `--share: ${Math.min(1, Math.abs(label)).toFixed(2)}` : null,
        transform: `translate(${x.toFixed(2)} ${y.toFixed(2)})${rows.length > MANY ? " scale(0.6)" : ""}`,
        "aria-label": `${kind} ${index + 1}, ${name}, at ${asText(at[0])}, ${asText(at[1])}`,
        tabindex: this.isEditable ? (index === Math.min(this.chosen, rows.length - 1) ? 0 : -1) : null,
        role: this.isEditable ? "button" : "img",
      });
      change(element.lastChild, { d: SHAPES[isNumber ? 0 : two ? Number(label < 0) : label] });
    });
    if (!focused || this.group.contains(document.activeElement)) return;
    (this.group.querySelector("[tabindex='0']") ?? this.brush?.querySelector("button"))?.focus();
  }

  #change() {
    this.isEditable = !this.isEditable;
    this.brush.hidden = !this.isEditable;
    this.axes.svg.classList.toggle("nn-editable", this.isEditable);
    this.group.replaceChildren();
  }

  #newPoint(index) {
    const [hit, ring] = [svg("circle", { class: "nn-hit", r: 13 }), svg("circle", { class: "nn-ring", r: 9 })];
    const point = svg("g", {}, hit, ring, svg("path", { class: "nn-mark" }));
    if (this.isEditable) this.#letMove(point, index);
    return point;
  }

  #letEdit() {
    brushes += 1; // the same figure may stand twice on a page, each with a brush of its own
    this.brush.querySelectorAll("input").forEach((radio, index) => {
      Object.assign(radio, { name: `brush-${brushes}`, checked: index === 0 });
    });
    this.brush.querySelector("button").addEventListener("click", () => {
      this.#edit((rows) => rows.push([this.#middle("x"), this.#middle("y"), this.#brushed() || 1]));
    });
    this.axes.svg.addEventListener("click", (event) => {
      const label = this.isEditable && this.#brushed();
      if (!label || event.target.closest(".nn-point, .nn-handle")) return;
      this.#edit((rows) => rows.push([...this.axes.fromEvent(event), label]));
    });
  }

  #middle(axis) {
    return (this.axes[axis].low + this.axes[axis].high) / 2;
  }

  #brushed() {
    return Number(this.brush.querySelector(":checked").value);
  }

  #letMove(point, index) {
    // A point that was removed may keep its element until the next picture: what is asked of it then is void.
    const edit = (how) => this.#rows()[index] && this.#edit(how);
    const moveTo = ([x, y]) => edit((rows) => rows.splice(index, 1, [x, y, rows[index][2]]));
    const choose = (next) => {
      const all = this.group.children;
      this.chosen = (next + all.length) % all.length;
      this.#drawAll(this.points);
      all[this.chosen]?.focus();
    };
    const remove = () => {
      edit((rows) => rows.splice(index, 1));
      this.chosen = Math.max(0, index - 1);
    };
    draggable(point, {
      begin: () => {
        const removes = this.#brushed() === 0;
        if (removes) remove();
        else this.chosen = index;
        return !removes;
      },
      move: (event) => moveTo(this.axes.fromEvent(event)),
    });
    arrowKeys(point, ([dx, dy], strength) => {
      const { x, y } = this.axes;
      const [atX, atY] = this.#rows()[index] ?? [];
      moveTo([atX + (dx * strength * (x.high - x.low)) / 100, atY + (dy * strength * (y.high - y.low)) / 100]);
    }, {
      Delete: remove, Backspace: remove, PageDown: () => choose(index + 1), PageUp: () => choose(index - 1),
      " ": () => edit((rows) => { rows[index][2] *= -1; }),
    });
  }

  #rows() {
    const value = this.figure.settings[this.points.sets];
    return value instanceof NdArray ? value.rows() : value.map((row) => [...row]);
  }

  #edit(how) {
    const rows = this.#rows();
    how(rows);
    this.figure.change({ [this.points.sets]: NdArray.fromRows(rows, 3) });
  }
}

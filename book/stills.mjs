// Draws the still pictures of figures, by the view's own modules: node stills.mjs COLORS
//
// COLORS are those of a theme as JSON, by name. Each line that comes in is a figure as JSON, its settings and its picture
// as the protocol packs them; each is answered by a line, {stills}, by the name of a panel the HTML of its still picture,
// or {error}.

import { createInterface } from "node:readline";

import { Highlight } from "../nnlib/live/view/figure/highlight.mjs";
import { Panels } from "../nnlib/live/view/figure/panels.mjs";
import { unpackBase64 } from "../nnlib/live/view/figure/protocol.mjs";
import { asHtml, document, Element } from "./document.mjs";
import { asPng } from "./png.mjs";

const colors = JSON.parse(process.argv[2]);
const WIDTHS = { narrow: 320, wide: 656, broad: 1000 }; // pixels of figures: panels.mjs has a way of drawing for each
const UNSEEN = ["[hidden]", ".nn-hit", ".nn-cursor", ".nn-chosen", ".nn-weight", ".nn-readout"]; // all but the first for hands and keys
const FOR_HANDS = /^(tabindex|role|data-.*|aria-.*)$/;
const STROKES = /^[MLh\d. -]+$/;
const THEMED = new Map(["negative", "positive", "ink"].map((name) => [colors[name], `var(--nn-${name})`]));

const NO_CONTROLS = { labelOf: () => "", rangeOf: () => ({}) };

const getComputedStyle = () => ({ getPropertyValue: (name) => colors[name.replace("--nn-", "")] });
Object.assign(globalThis, { document, getComputedStyle });

function element(className, ...children) {
  const made = Object.assign(new Element("div"), { className });
  made.append(...children);
  return made;
}

/** The bodies of a figure's panels, drawn for a figure that is so wide. */
function drawn({ settings, picture }, clientWidth, broad) {
  const bodies = picture.map(() => element("nn-panel-body"));
  const row = Object.assign(element("nn-panels"), { clientWidth });
  picture.forEach(({ name }, index) => {
    const place = Object.assign(row.appendChild(element("nn-panel", element("nn-panel-title"), bodies[index])), { clientWidth });
    place.setAttribute("data-panel", name);
  });
  const figure = { element: element(`nn-figure${broad ? " nn-broad" : ""}`, row), settings, controls: NO_CONTROLS };
  new Panels(figure, picture).draw(picture);
  new Highlight(figure.element).show(picture);
  return bodies;
}

const rounded = (text) => text.replace(/-?\d+\.\d+/g, (number) => Number(Number(number).toFixed(2)));

/** A path of strokes in few letters: each begins where the last one has ended. */
function shortened(path) {
  let at = [0, 0]; // in tenths, so that nothing adds up
  return path.replace(/([ML])(\S+) ([\d.-]+)/g, (_, letter, x, y) => {
    const to = [x, y].map((number) => Math.round(10 * number));
    const by = to.map((number, i) => (number - at[i]) / 10);
    at = to;
    return `${letter.toLowerCase()}${by.join(" ")}`;
  });
}

function isUnseen(node) {
  const { localName, drawn, childNodes } = node;
  const hasNothing = localName === "path" ? !node.getAttribute("d") : /^(g|text|title)$/.test(localName);
  return (drawn && !childNodes.length && hasNothing) || UNSEEN.some((selector) => node.matches(selector));
}

/** Turn what was drawn for hands into what is only seen, and as short as can be. */
function settle(node, label) {
  node.children.forEach((child) => settle(child, label));
  if (isUnseen(node)) {
    node.remove();
    return;
  }
  const isPicture = node.localName === "canvas" || node.matches(".nn-svg");
  if (node.localName === "canvas") layOut(node);
  if (isPicture || node.drawn) {
    for (const [name, value] of node.attributes) {
      if (FOR_HANDS.test(name)) node.removeAttribute(name);
      else node.setAttribute(name, name === "d" && STROKES.test(value) ? shortened(value) : rounded(value));
    }
  }
  if (isPicture && !node.matches(".nn-field")) {
    node.setAttribute("role", "img");
    node.setAttribute("aria-label", label);
  }
}

/** Put layers in the place of a canvas: its pixels in a color of the theme, which the page gives them, and all others. */
function layOut(canvas) {
  const { width, height, data } = canvas.image;
  const pixels = Array.from({ length: width * height }, (_, index) => data.subarray(4 * index, 4 * index + 4));
  const codes = pixels.map((pixel) => `#${Buffer.from(pixel.subarray(0, 3)).toString("hex")}`);
  const looks = pixels.map(([, , , opacity], index) => opacity && (THEMED.get(codes[index]) ?? "of its own"));
  canvas.localName = "div";
  for (const look of new Set(looks.filter(Boolean))) {
    const themed = look !== "of its own";
    const size = themed ? 2 : 4; // gray, or a color, and how opaque it is
    const bytes = Buffer.alloc(size * pixels.length);
    pixels.forEach((pixel, index) => looks[index] === look && bytes.set(themed ? [0, pixel[3]] : pixel, size * index));
    const url = `data:image/png;base64,${asPng(width, height, bytes).toString("base64")}`;
    const layer = canvas.appendChild(new Element(themed ? "div" : "img"));
    layer.setAttribute("class", "nn-layer");
    if (themed) Object.assign(layer.style, { "--color": look, "--mask": `url(${url})` });
    else for (const [name, value] of [["src", url], ["alt", ""]]) layer.setAttribute(name, value);
  }
}

/** The HTML of a panel's still pictures, one for each size that it is drawn in. */
function inAllSizes(stills) {
  const sizes = Object.keys(WIDTHS).filter((size) => size in stills);
  const told = sizes.filter((size, index) => !index || stills[size] !== stills[sizes[index - 1]]);
  if (told.length < 2) return stills.narrow;
  return told.map((size) => `<div class="nn-still nn-still-${size}">${stills[size]}</div>`).join("");
}

function stillsOf(question) {
  const { broad } = question;
  const reply = unpackBase64(question);
  const stills = reply.picture.map(() => ({}));
  for (const [size, width] of Object.entries(WIDTHS)) {
    if (size === "broad" && !broad) continue;
    drawn(reply, width, broad).forEach((body, index) => {
      const { label, shown } = reply.picture[index];
      body.children.forEach((child) => shown === false || settle(child, label));
      stills[index][size] = shown === false ? "" : body.childNodes.map(asHtml).join("");
    });
  }
  return Object.fromEntries(reply.picture.map(({ name }, index) => [name, inAllSizes(stills[index])]));
}

function answer(question) {
  try {
    return { stills: stillsOf(question) };
  } catch (error) {
    return { error: error.stack };
  }
}

for await (const line of createInterface(process.stdin)) console.log(JSON.stringify(answer(JSON.parse(line))));

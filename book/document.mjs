// A document without a browser: as much of one as the view's panels need to be drawn.

const REFLECTED = { className: "class", ariaHidden: "aria-hidden", tabIndex: "tabindex", scope: "scope" };

export class Element {
  constructor(localName, drawn = false) {
    this.localName = localName;
    this.drawn = drawn; // it is part of an SVG
    this.parentElement = null;
    this.childNodes = []; // elements and texts
    this.attributes = new Map();
    this.style = Object.defineProperty({}, "setProperty", { value(name, value) { this[name] = value; } });
  }

  // attributes

  getAttribute(name) {
    return this.attributes.get(name) ?? null;
  }

  setAttribute(name, value) {
    this.attributes.set(name, String(value));
  }

  removeAttribute(name) {
    this.attributes.delete(name);
  }

  get dataset() {
    return Object.fromEntries([...this.attributes].filter(([name]) => name.startsWith("data-")).map(([name, value]) => [name.slice(5), value]));
  }

  get classes() {
    return new Set((this.getAttribute("class") ?? "").split(" ").filter(Boolean));
  }

  get classList() {
    const toggle = (name, on) => {
      const { classes } = this;
      if (on === classes.has(name)) return;
      if (on) classes.add(name);
      else classes.delete(name);
      this.setAttribute("class", [...classes].join(" "));
    };
    return { toggle };
  }

  // the tree

  get children() {
    return this.childNodes.filter((node) => node instanceof Element);
  }

  get firstChild() {
    return this.childNodes[0] ?? null;
  }

  get lastChild() {
    return this.childNodes.at(-1) ?? null;
  }

  get textContent() {
    return this.childNodes.map((node) => node.textContent ?? node).join("");
  }

  set textContent(text) {
    this.replaceChildren(...(text === "" ? [] : [String(text)]));
  }

  append(...nodes) {
    for (const node of nodes) {
      if (node instanceof Element) node.parentElement = this;
      this.childNodes.push(node);
    }
  }

  appendChild(node) {
    this.append(node);
    return node;
  }

  replaceChildren(...nodes) {
    this.childNodes = [];
    this.append(...nodes);
  }

  remove() {
    this.parentElement.childNodes = this.parentElement.childNodes.filter((node) => node !== this);
  }

  contains(other) {
    return other === this || this.children.some((child) => child.contains(other));
  }

  /** Whether it is what a selector says: a tag, a .class or an [attribute], and a space between what is within another. */
  matches(selector) {
    const [, outer, own] = selector.match(/^(?:(.*) )?(.+)$/);
    const fits = own.startsWith(".") ? this.classes.has(own.slice(1)) : own.startsWith("[") ? this.attributes.has(own.slice(1, -1)) : this.localName === own;
    return fits && (!outer || this.#isWithin(outer));
  }

  #isWithin(selector) {
    const { parentElement } = this;
    return parentElement !== null && (parentElement.matches(selector) || parentElement.#isWithin(selector));
  }

  querySelectorAll(selector) {
    return this.children.flatMap((child) => [...(child.matches(selector) ? [child] : []), ...child.querySelectorAll(selector)]);
  }

  querySelector(selector) {
    return this.querySelectorAll(selector)[0] ?? null;
  }

  // what a still picture has no use for

  addEventListener() {}

  // a canvas

  getContext() {
    const createImageData = (width, height) => ({ width, height, data: new Uint8ClampedArray(4 * width * height) });
    const putImageData = (image) => { this.image = image; };
    return { createImageData, putImageData };
  }
}

for (const [property, attribute] of Object.entries(REFLECTED)) {
  Object.defineProperty(Element.prototype, property, { set(value) { this.setAttribute(attribute, value); } });
}

export const document = {
  activeElement: null,
  createElement: (localName) => new Element(localName),
  createElementNS: (namespace, localName) => new Element(localName, true),
};

const escaped = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/"/g, "&quot;");

/** An element, or a text, as HTML. */
export function asHtml(node) {
  if (!(node instanceof Element)) return escaped(node);
  const { localName, drawn, childNodes } = node;
  const style = Object.entries(node.style).map(([name, value]) => `${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}:${value}`).join(";");
  const attributes = [...node.attributes, ...(style ? [["style", style]] : [])].map(([name, value]) => ` ${name}="${escaped(value)}"`).join("");
  if (drawn && !childNodes.length) return `<${localName}${attributes}/>`;
  return `<${localName}${attributes}>${childNodes.map(asHtml).join("")}</${localName}>`;
}

// Elements of the page: made, changed and matched to what they show.

/**
 * @template {keyof SVGElementTagNameMap} T
 * @param {T} tag
 * @param {...(Node | string)} children
 */
export function svg(tag, attributes = {}, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  change(element, attributes);
  element.append(...children);
  return element;
}

export function change(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) element.removeAttribute(name);
    else if (element.getAttribute(name) !== String(value)) element.setAttribute(name, value);
  }
}

/**
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {...(Node | string)} children
 */
export function html(tag, properties = {}, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

/** Write a text, where it is another one: a text that is replaced, even by the same, is laid out again. */
export function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** Let a group have one child an item: what is there is drawn anew, what is missing created, the rest removed. */
export function match(group, items, create, draw) {
  while (group.children.length > items.length) group.lastChild.remove();
  items.forEach((item, index) => draw(group.children[index] ?? group.appendChild(create(item)), item));
}

/**
 * Lay an element over a part of a panel, in the numbers that the panel is drawn in: wherever it is scaled to, the part
 * stays beside the rest.
 */
export function lay(element, { x, y, width, height }, panel) {
  const share = (part, whole) => `${((100 * part) / whole).toFixed(3)}%`;
  Object.assign(element.style, {
    left: share(x, panel.width),
    top: share(y, panel.height),
    width: share(width, panel.width),
    height: share(height, panel.height),
  });
}

/** A button that says `text` and does `act`. */
export function button(text, act, properties = {}) {
  const made = html("button", { type: "button", textContent: text, ...properties });
  made.addEventListener("click", act);
  return made;
}

/** Let the reader save a text, or bytes, as a file. */
export function download(name, content, type) {
  const href = URL.createObjectURL(new Blob([content], { type }));
  html("a", { href, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(href), 1000); // not every browser has read it at once
}

/** Copy a text; resolve to whether it could be done: in an insecure context, say, there is no clipboard. */
export async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

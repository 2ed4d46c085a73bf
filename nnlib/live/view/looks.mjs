// What all panels share of looks: SVG elements, the palette of the page's theme, numbers as text.

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

export function html(tag, properties = {}, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

/** Rounded, with a true minus sign, never −0. */
export function asText(value, digits = 2) {
  const text = value.toFixed(digits);
  return (Number(text) === 0 ? text.replace("-", "") : text).replace("-", "−");
}

/** The theme's colors as [red, green, blue], read from the page's custom properties. */
export function palette(element) {
  const style = getComputedStyle(element);
  const rgb = (name) => {
    const code = parseInt(style.getPropertyValue(`--nn-${name}`).trim().slice(1), 16);
    return [code >> 16, (code >> 8) & 255, code & 255];
  };
  return { negative: rgb("negative"), zero: rgb("zero"), positive: rgb("positive"), paper: rgb("paper"), ink: rgb("ink") };
}

/** A color between those of `stops`, [[value, rgb], …] in rising order. */
function between(stops, value) {
  let at = 1;
  while (at < stops.length - 1 && value > stops[at][0]) at += 1;
  const [low, from] = stops[at - 1];
  const [high, to] = stops[at];
  const share = Math.min(1, Math.max(0, (value - low) / (high - low)));
  return from.map((channel, i) => channel + share * (to[i] - channel));
}

/** Paint rows of numbers on a canvas, one pixel a number; `upward` puts the first row at the bottom. */
export function paint(canvas, values, stops, upward) {
  const [height, width] = values.shape;
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
  const context = canvas.getContext("2d");
  const image = context.createImageData(width, height);
  for (let row = 0; row < height; row += 1) {
    for (let column = 0; column < width; column += 1) {
      const [red, green, blue] = between(stops, values.data[row * width + column]);
      const pixel = 4 * ((upward ? height - 1 - row : row) * width + column);
      image.data.set([red, green, blue, 255], pixel);
    }
  }
  context.putImageData(image, 0, 0);
}

/** Round numbers from low to high, some `count` of them. */
export function ticks(low, high, count = 5) {
  const rough = (high - low) / count;
  const unit = 10 ** Math.floor(Math.log10(rough));
  const step = unit * [1, 2, 5, 10].find((factor) => factor * unit >= rough * 0.999);
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, i) => (first + i) * step);
}

export function tickText(value) {
  return String(Number(value.toPrecision(6))).replace("-", "−");
}

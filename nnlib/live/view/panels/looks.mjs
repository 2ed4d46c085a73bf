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

/** Write a text, where it is another one: a text that is replaced, even by the same, is laid out again. */
export function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** Let a group have one child an item: what is there is drawn anew, what is missing created, what is too much removed. */
export function match(group, items, create, draw) {
  while (group.children.length > items.length) group.lastChild.remove();
  items.forEach((item, index) => draw(group.children[index] ?? group.appendChild(create(item)), item));
}

/** Rounded, with a true minus sign, never −0. */
export function asText(value, digits = 2) {
  const text = value.toFixed(digits);
  return (Number(text) === 0 ? text.replace("-", "") : text).replace("-", "−");
}

/** As `fine` in nnlib/explorables/panels/numbers.py: where rounding leaves hardly a digit, a power of ten. */
export function asFine(value, digits = 3) {
  if (value === 0 || Math.abs(value) >= 0.95 * 10 ** -digits) return asText(value, digits);
  const [mantissa, exponent] = value.toExponential(0).split("e");
  return `${mantissa}·${powerText(Number(exponent))}`.replace("-", "−");
}

/** The theme's colors as [red, green, blue], read from the page's custom properties. */
export function palette(element) {
  const style = getComputedStyle(element);
  const rgb = (name) => {
    const code = parseInt(style.getPropertyValue(`--nn-${name}`).trim().slice(1), 16);
    return [code >> 16, (code >> 8) & 255, code & 255];
  };
  const classes = Array.from({ length: 10 }, (_, index) => rgb(`class-${index}`));
  return { negative: rgb("negative"), zero: rgb("zero"), positive: rgb("positive"), paper: rgb("paper"), ink: rgb("ink"), classes };
}

const mixed = (from, to, share) => from.map((channel, i) => channel + share * (to[i] - channel));

/** 256 colors over the range of `stops`, [[value, rgb], …] in rising order. */
function ramp(stops) {
  const [low, high] = [stops[0][0], stops.at(-1)[0]];
  const colors = new Uint32Array(256);
  const bytes = new Uint8ClampedArray(colors.buffer);
  for (let index = 0; index < 256; index += 1) {
    const value = low + ((high - low) * index) / 255;
    let at = 1;
    while (at < stops.length - 1 && value > stops[at][0]) at += 1;
    const [[from, start], [to, end]] = [stops[at - 1], stops[at]];
    bytes.set([...mixed(start, end, to > from ? (value - from) / (to - from) : 1), 255], 4 * index);
  }
  return { low, unit: 255 / (high - low), colors };
}

/** Paint rows of numbers on a canvas, one pixel a number; `upward` puts the first row at the bottom. */
export function paint(canvas, values, stops, upward) {
  const { low, unit, colors } = ramp(stops);
  paintPixels(canvas, values.shape, upward, (index) => {
    const step = (values.data[index] - low) * unit + 0.5;
    return colors[step > 0 ? Math.min(255, step | 0) : 0];
  });
}

/** Paint a field, signs or the probabilities of classes, in the theme's colors; `share` of 1 gives them in full. */
export function paintField(canvas, field, scale, share, { negative, zero, positive, classes }) {
  if (field.shape.length === 2) {
    const stops = [[scale[0], mixed(zero, negative, share)], [scale[1], zero], [scale[2], mixed(zero, positive, share)]];
    return paint(canvas, field, stops, true);
  }
  const [, , count] = field.shape;
  const colors = classes.slice(0, count).map((color) => mixed(zero, color, share));
  return paintPixels(canvas, field.shape, true, (index) => {
    const sum = (channel) => colors.reduce((total, color, k) => total + field.data[index * count + k] * color[channel], 0);
    return (255 << 24) | (sum(2) << 16) | (sum(1) << 8) | sum(0);
  });
}

// A pixel is one number, red in its lowest byte: every machine that runs a browser today orders bytes so.
function paintPixels(canvas, [height, width], upward, color) {
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
  const context = canvas.getContext("2d");
  const image = context.createImageData(width, height);
  const pixels = new Uint32Array(image.data.buffer);
  for (let row = 0; row < height; row += 1) {
    const start = (upward ? height - 1 - row : row) * width;
    for (let column = 0; column < width; column += 1) pixels[start + column] = color(row * width + column);
  }
  context.putImageData(image, 0, 0);
}

/** Round numbers from low to high, some `count` of them. */
export function ticks(low, high, count) {
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

/** The powers of ten from low to high, at most `most` of them. */
export function logTicks(low, high, most) {
  const [first, last] = [Math.ceil(Math.log10(low) - 1e-9), Math.floor(Math.log10(high) + 1e-9)];
  const step = Math.max(1, Math.ceil((last - first + 1) / most));
  return Array.from({ length: Math.floor((last - first) / step) + 1 }, (_, i) => first + i * step);
}

export function powerText(exponent) {
  return `10${String(exponent).replace(/./g, (sign) => "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"["-0123456789".indexOf(sign)])}`;
}

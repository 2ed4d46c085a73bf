// The colors of the page's theme, and canvases painted in them.

/** The theme's colors as [red, green, blue], read from the page's custom properties. */
export function palette(element) {
  const style = getComputedStyle(element);
  const rgb = (name) => {
    const code = parseInt(style.getPropertyValue(`--nn-${name}`).trim().slice(1), 16);
    return [code >> 16, (code >> 8) & 255, code & 255];
  };
  const classes = Array.from({ length: 10 }, (_, index) => rgb(`class-${index}`));
  return {
    negative: rgb("negative"),
    zero: rgb("zero"),
    positive: rgb("positive"),
    paper: rgb("paper"),
    ink: rgb("ink"),
    classes,
  };
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
  painter(stops, upward)(canvas, values);
}

/** The same for many canvases. */
function painter(stops, upward) {
  const { low, unit, colors } = ramp(stops);
  return (canvas, { data, shape }) =>
    paintPixels(canvas, shape, upward, (index) => {
      const step = (data[index] - low) * unit + 0.5;
      return colors[step > 0 ? Math.min(255, step | 0) : 0];
    });
}

/** The stops of signs; `share` of 1 gives their colors in full. */
function signStops([low, middle, high], share, { negative, zero, positive }) {
  return [[low, mixed(zero, negative, share)], [middle, zero], [high, mixed(zero, positive, share)]];
}

/** Paint fields, (canvases, rows, columns) of bytes between the ends of `scale`, as `paintField` paints numbers. */
export function paintFields(canvases, { data, shape: [, rows, columns] }, [low, zero, high], share, theme) {
  const paintOne = painter(signStops([0, (255 * (zero - low)) / (high - low), 255], share, theme), true);
  const size = rows * columns;
  canvases.forEach((canvas, index) => {
    paintOne(canvas, { data: data.subarray(index * size, (index + 1) * size), shape: [rows, columns] });
  });
}

/** Paint a field, signs or the probabilities of classes, in the theme's colors; `share` of 1 gives them in full. */
export function paintField(canvas, field, scale, share, theme) {
  if (field.shape.length === 2) return paint(canvas, field, signStops(scale, share, theme), true);
  const { data, shape: [, , count] } = field;
  const colors = theme.classes.slice(0, count).map((color) => mixed(theme.zero, color, share));
  return paintPixels(canvas, field.shape, true, (index) => {
    const sum = (channel) => colors.reduce((total, color, k) => total + data[index * count + k] * color[channel], 0);
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

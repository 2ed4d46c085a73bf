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
    positive: rgb("positive"),
    ink: rgb("ink"),
    classes,
  };
}

/** What was asked for of late: a picture has one ramp, or two, and the next one the same. @type {Map<string, any>} */
const ramps = new Map();

/** 256 colors from low to high: `below` or `above` zero, the more opaque the farther from it, up to `share`. */
function ramp(scale, how) {
  const key = `${scale} ${how.below} ${how.above} ${how.share}`;
  if (!ramps.has(key)) {
    if (ramps.size > 50) ramps.clear();
    ramps.set(key, newRamp(scale, how));
  }
  return ramps.get(key);
}

function newRamp([low, zero, high], { below, above, share }) {
  const colors = new Uint32Array(256);
  const bytes = new Uint8ClampedArray(colors.buffer);
  for (let index = 0; index < 256; index += 1) {
    const value = low + ((high - low) * index) / 255;
    const [color, end] = value < zero ? [below, low] : [above, high];
    bytes.set([...color, (255 * share * (value - zero)) / (end - zero)], 4 * index);
  }
  return { low, unit: 255 / (high - low), colors };
}

/**
 * Paint rows of numbers on a canvas, one pixel a number, over the ground that its style gives it; `upward` puts the
 * first row at the bottom.
 */
export function paint(canvas, values, scale, how) {
  painter(scale, how)(canvas, values);
}

/** The same for many canvases. */
function painter(scale, { below, above, share = 1, upward = false }) {
  const { low, unit, colors } = ramp(scale, { below, above, share });
  return (canvas, { data, shape }) =>
    paintPixels(canvas, shape, upward, (index) => {
      const step = (data[index] - low) * unit + 0.5;
      return colors[step > 0 ? Math.min(255, step | 0) : 0];
    });
}

/** Paint fields, (canvases, rows, columns) of bytes between the ends of `scale`, as `paintField` paints numbers. */
export function paintFields(canvases, { data, shape: [, rows, columns] }, scale, share, colors) {
  const { negative: below, positive: above } = colors;
  const paintOne = painter(inBytes(scale), { below, above, share, upward: true });
  const size = rows * columns;
  canvases.forEach((canvas, index) => {
    paintOne(canvas, { data: data.subarray(index * size, (index + 1) * size), shape: [rows, columns] });
  });
}

function inBytes([low, zero, high]) {
  return [0, (255 * (zero - low)) / (high - low), 255];
}

/**
 * Paint a field, signs or the probabilities of classes, in the theme's colors; `share` of 1 gives them in full. Bytes
 * run from one end of `scale` to the other, or from 0 to 1.
 */
export function paintField(canvas, field, scale, share, { negative, positive, classes }) {
  const isInBytes = field.data instanceof Uint8Array;
  if (field.shape.length === 2) {
    const how = { below: negative, above: positive, share, upward: true };
    return paint(canvas, field, isInBytes ? inBytes(scale) : scale, how);
  }
  const { data, shape: [, , count] } = field;
  const opacity = Math.round(255 * share) << 24;
  const unit = isInBytes ? 1 / 255 : 1;
  const colors = classes.slice(0, count).map((color) => color.map((channel) => unit * channel));
  return paintPixels(canvas, field.shape, true, (index) => {
    const sum = (channel) => colors.reduce((total, color, k) => total + data[index * count + k] * color[channel], 0);
    return opacity | (sum(2) << 16) | (sum(1) << 8) | sum(0);
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

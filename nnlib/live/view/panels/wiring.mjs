// Where the nodes and edges of a network of layers lie, and what paths show them.

const THINNEST = 0.5; // pixels of an edge, …
const THICKEST = 6;
const WIDER = 0.5; // … from one step to the next, …
const A_WEIGHT = 1.2; // … and for a weight of 1
const LARGEST = 22; // pixels from a node's middle to its sides
const AIR_AROUND = 6; // pixels between two nodes, at the least; and at the panel's sides

/** How many widths there are. */
export const STEPS = Math.round((THICKEST - THINNEST) / WIDER) + 1;

/** Which of the widths the edge of a weight has. */
export function stepOf(value) {
  return Math.round(Math.min(THICKEST - THINNEST, A_WEIGHT * Math.abs(value)) / WIDER);
}

export function widthOf(step) {
  return THINNEST + WIDER * step;
}

/**
 * The middles of the nodes, [x, y] by layers; the way from there to their sides; and all weights and biases in the
 * order of a network's parameters, each with its place. `left` and `right` are the pixels that names take at the sides.
 */
export function wiring(sizes, areBiased, { left, right, width, height }) {
  const room = width - left - right - 2 * AIR_AROUND;
  const down = (height / Math.max(...sizes) - AIR_AROUND) / 2;
  const radius = Math.max(4, Math.min(LARGEST, down, room / sizes.length / 3.2));
  const across = (room - 2 * radius) / (sizes.length - 1);
  const nodes = sizes.map((size, layer) => {
    const x = AIR_AROUND + left + radius + layer * across;
    return Array.from({ length: size }, (_, index) => [x, ((index + 0.5) * height) / size]);
  });
  const parameters = nodes.slice(1).flatMap((targets, layer) => {
    const sources = nodes[layer];
    const edges = sources.flatMap((from, source) =>
      targets.map((to, target) => ({ layer, source, target, ...edge(from, to, radius) })),
    );
    const corners = targets.map(([x, y]) => ({ x: x - 0.85 * radius, y: y + 0.85 * radius }));
    const biases = corners.map((corner, target) => ({ layer, source: null, target, ...corner }));
    return areBiased ? [...edges, ...biases] : edges;
  });
  return { nodes, radius, parameters };
}

function edge([left, y0], [right, y], radius) {
  const [x0, x] = [left + radius, right - radius];
  const [start, bend, end] = [x0, (x0 + x) / 2, x].map((place) => place.toFixed(1));
  const [from, to] = [y0, y].map((place) => place.toFixed(1));
  return { x0, y0, x, y, path: `M${start} ${from}C${bend} ${from} ${bend} ${to} ${end} ${to}` };
}

/** How far a place is from a bias, or from an edge: from where this is at the same x, straight to it. */
export function distance({ source, x0, y0, x: x1, y: y1 }, x, y) {
  if (source === null) return Math.hypot(x - x1, y - y1);
  if (x < x0 || x > x1) return Infinity;
  const across = (x - x0) / (x1 - x0);
  let [low, high] = [0, 1]; // x rises with the share t of the curve as 1.5 t (1 − t) + t³
  for (let round = 0; round < 12; round += 1) {
    const t = (low + high) / 2;
    if (1.5 * t * (1 - t) + t ** 3 < across) low = t;
    else high = t;
  }
  const slope = ((y1 - y0) * 6 * low * (1 - low)) / ((x1 - x0) * (1.5 - 3 * low + 3 * low ** 2));
  return Math.abs(y0 + low ** 2 * (3 - 2 * low) * (y1 - y0) - y) / Math.hypot(1, slope);
}

/** The path of a bias: a dot that is the larger the stronger it is. */
export function dot({ x, y }, value) {
  const r = 2 + Math.min(3, 1.5 * Math.abs(value));
  const arc = (way) => `a${r.toFixed(1)} ${r.toFixed(1)} 0 1 0 ${way.toFixed(1)} 0`;
  return `M${(x - r).toFixed(1)} ${y.toFixed(1)}${arc(2 * r)}${arc(-2 * r)}z`;
}

/** The path of a square with round corners. */
export function box([x, y], half, corner) {
  const side = (2 * (half - corner)).toFixed(1);
  const turn = (dx, dy) => `a${corner} ${corner} 0 0 1 ${dx * corner} ${dy * corner}`;
  const [right, down, left, up] = [turn(1, 1), turn(-1, 1), turn(-1, -1), turn(1, -1)];
  return `M${x - half + corner} ${y - half}h${side}${right}v${side}${down}h-${side}${left}v-${side}${up}z`;
}

// The view's end of the one protocol: see nnlib/live/protocol.py.

/** Steps of one request, at the most. */
export const MOST_STEPS = 10_000;

const TYPES = {
  float64: Float64Array,
  float32: Float32Array,
  int64: BigInt64Array,
  int32: Int32Array,
  uint8: Uint8Array,
};
const UNSAYABLE = new Set(["undefined", "bigint", "symbol", "function"]);

/** An array as it crosses: numbers in C order, and their shape. */
export class NdArray {
  data;
  shape;
  dtype;

  constructor(data, shape, dtype = "float64") {
    this.data = data;
    this.shape = shape;
    this.dtype = dtype;
  }

  static fromRows(rows, columns) {
    return new NdArray(Float64Array.from(rows.flat()), [rows.length, columns]);
  }

  rows() {
    const [count, width] = this.shape;
    return Array.from({ length: count }, (_, row) => Array.from(this.data.subarray(row * width, (row + 1) * width)));
  }
}

/** A setting as JSON has it: an array, also one that is part of it, as rows. */
export function asJson(setting) {
  if (setting instanceof NdArray) return setting.rows();
  if (setting === null || typeof setting !== "object" || Array.isArray(setting)) return setting;
  return Object.fromEntries(Object.entries(setting).map(([name, part]) => [name, asJson(part)]));
}

/** A value of plain objects, lists, numbers, text and NdArrays, as {text, buffers}. */
export function pack(value) {
  const buffers = [];
  const text = JSON.stringify(value, (_, item) => {
    if (!(item instanceof NdArray)) return sayable(item) ? item : String(item);
    buffers.push(item.data.slice().buffer);
    return { array: buffers.length - 1, dtype: item.dtype, shape: item.shape };
  });
  return { text, buffers };
}

// What JSON has no word for crosses as a text, so that Python can name what it refuses.
function sayable(item) {
  return typeof item === "number" ? Number.isFinite(item) : !UNSAYABLE.has(typeof item);
}

/** A copy of a value as it will arrive; raises where it can't cross. */
export function crossed(value) {
  return unpack(pack(value));
}

export function unpack({ text, buffers }) {
  return JSON.parse(text, (_, item) => {
    if (item === null || typeof item !== "object") return item;
    if (!("array" in item && "dtype" in item && "shape" in item)) return item;
    return new NdArray(new TYPES[item.dtype](bytesOf(buffers[item.array])), item.shape, item.dtype);
  });
}

// A host may hand over a buffer or a window into one; a copy is aligned for every type.
function bytesOf(buffer) {
  if (buffer instanceof ArrayBuffer) return buffer;
  return buffer.buffer.slice(buffer.byteOffset, buffer.byteOffset + buffer.byteLength);
}

export function unpackBase64({ text, buffers }) {
  return unpack({ text, buffers: buffers.map((code) => Uint8Array.from(atob(code), (c) => c.charCodeAt(0))) });
}

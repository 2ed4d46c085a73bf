// What crosses to Python and back: plain values, and arrays of each type.

import assert from "node:assert/strict";
import test from "node:test";

import { asJson, crossed, NdArray, pack, unpack, unpackBase64 } from "../../nnlib/live/view/figure/protocol.mjs";

const ARRAYS = {
  float64: new Float64Array([0.1, -0, Infinity]),
  float32: new Float32Array([0.5, 1.5, NaN]),
  int64: new BigInt64Array([1n, -(2n ** 62n), 0n]),
  int32: new Int32Array([1, -(2 ** 31), 0]),
  uint8: new Uint8Array([0, 128, 255]),
};

for (const [dtype, data] of Object.entries(ARRAYS)) {
  test(`an array of ${dtype} crosses as it is`, () => {
    const array = new NdArray(data, [3], dtype);
    assert.deepEqual(crossed({ state: { w: array } }), { state: { w: array } });
  });
}

test("plain values cross as they are", () => {
  const value = { text: "−½", list: [1, null, true, { deep: [] }], number: -1.5 };
  assert.deepEqual(crossed(value), value);
});

test("a copy crosses: what is changed later does not", () => {
  const array = new NdArray(new Float64Array([1, 2]), [2]);
  const sent = pack(array);
  array.data[0] = 9;
  assert.deepEqual(unpack(sent).data, new Float64Array([1, 2]));
});

test("what JSON has no word for crosses as a text, which Python can name", () => {
  const value = { a: NaN, b: -Infinity, c: undefined, d: 5n };
  assert.deepEqual(crossed(value), { a: "NaN", b: "-Infinity", c: "undefined", d: "5" });
});

test("a value that contains itself can't cross", () => {
  /** @type {Record<string, any>} */
  const value = {};
  value.self = value;
  assert.throws(() => pack(value), TypeError);
});

test("a type that nobody knows is an error", () => {
  const text = JSON.stringify({ array: 0, dtype: "complex128", shape: [1] });
  assert.throws(() => unpack({ text, buffers: [new ArrayBuffer(16)] }), TypeError);
});

test("a window into a buffer, at any place, is read as well", () => {
  const shifted = new Uint8Array(3 + 16);
  shifted.set(new Uint8Array(new Float64Array([1, 2]).buffer), 3);
  const text = JSON.stringify({ array: 0, dtype: "float64", shape: [2] });
  assert.deepEqual(unpack({ text, buffers: [new DataView(shifted.buffer, 3)] }).data, new Float64Array([1, 2]));
});

test("the data in a page is text", () => {
  const { text, buffers } = pack({ w: new NdArray(new Float64Array([1, 2]), [2]) });
  const codes = buffers.map((buffer) => Buffer.from(buffer).toString("base64"));
  assert.deepEqual(unpackBase64({ text, buffers: codes }).w.data, new Float64Array([1, 2]));
});

test("an array has rows, and is made of rows", () => {
  const rows = [[1, 2, 3], [4, 5, 6]];
  const array = NdArray.fromRows(rows, 3);
  assert.deepEqual(array.shape, [2, 3]);
  assert.deepEqual(array.rows(), rows);
  assert.deepEqual(asJson(array), rows);
  assert.equal(asJson("tanh"), "tanh");
  assert.deepEqual(NdArray.fromRows([], 3).shape, [0, 3]);
});

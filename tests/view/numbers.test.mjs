// Numbers as text, and the ticks of axes.

import assert from "node:assert/strict";
import test from "node:test";

import { logTicks, ticks } from "../../nnlib/live/view/panels/axes.mjs";
import { asScientific, asText, powerText, tickText } from "../../nnlib/live/view/panels/format.mjs";

const TEXTS = [
  [asText(1.005, 2), "1.00"],
  [asText(-1.5), "−1.50"],
  [asText(-0.001), "0.00"],
  [asText(2, 0), "2"],
  [asScientific(0), "0.000"],
  [asScientific(0.5), "0.500"],
  [asScientific(0.00095), "0.001"],
  [asScientific(0.0000002), "2·10⁻⁷"],
  [asScientific(-0.0000002), "−2·10⁻⁷"],
  [asScientific(0.0000096), "1·10⁻⁵"],
  [powerText(-12), "10⁻¹²"],
  [powerText(3), "10³"],
  [tickText(0.1 + 0.2), "0.3"],
  [tickText(-2), "−2"],
];

for (const [text, expected] of TEXTS) test(`a number is written ${expected}`, () => assert.equal(text, expected));

const TICKS = [
  [[0, 1, 5], [0, 0.2, 0.4, 0.6, 0.8, 1]],
  [[-6, 6, 5], [-5, 0, 5]],
  [[0, 100, 4], [0, 50, 100]],
  [[0.5, 9.5, 5], [2, 4, 6, 8]],
  [[-0.3, 0.3, 3], [-0.2, 0, 0.2]],
];

for (const [range, expected] of TICKS) {
  test(`the ticks from ${range[0]} to ${range[1]}, some ${range[2]}, are round`, () => {
    assert.deepEqual(ticks(...range).map((value) => Number(value.toPrecision(6)) + 0), expected);
  });
}

test("logarithmic ticks are powers of ten, at most so many", () => {
  assert.deepEqual(logTicks(0.001, 10, 6), [-3, -2, -1, 0, 1]);
  assert.deepEqual(logTicks(1e-8, 1, 5), [-8, -6, -4, -2, 0]);
  assert.deepEqual(logTicks(0.02, 30, 5), [-1, 0, 1]);
});

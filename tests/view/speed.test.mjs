// How many steps a picture is made of, when a run is to go as fast as it can.

import assert from "node:assert/strict";
import test from "node:test";

import { fitting } from "../../nnlib/live/view/figure/speed.mjs";

test("as many steps fit as take ten milliseconds", () => {
  assert.equal(fitting(20, 5), 40);
  assert.equal(fitting(40, 10), 40);
  assert.equal(fitting(40, 30), 13);
});

test("one step is made however long it takes", () => {
  assert.equal(fitting(1, 400), 1);
  assert.equal(fitting(3, 4000), 1);
});

test("their number grows by degrees, and never beyond what a request may ask for", () => {
  assert.equal(fitting(1, 0.001), 3);
  assert.equal(fitting(5, 0), 15, "a clock may be too coarse to see a step");
  assert.equal(fitting(9000, 1), 10_000);
});

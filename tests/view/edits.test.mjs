// Changes to a state by hand, from the hand to the answer.

import assert from "node:assert/strict";
import test from "node:test";

import { Edits } from "../../nnlib/live/view/figure/edits.mjs";

test("what a hand does in one go is sent together, once", () => {
  const edits = new Edits();
  edits.add({ 1: 0.5, 2: 1 });
  edits.add({ 1: 0.7 });
  assert.deepEqual(edits.send(), { 1: 0.7, 2: 1 });
  assert.equal(edits.send(), null);
});

test("the hand goes on from what waits, then from what is sent, and then from the picture", () => {
  const edits = new Edits();
  assert.equal(edits.of("1"), undefined);
  edits.add({ 1: 0 });
  edits.send();
  assert.equal(edits.of("1"), 0);
  edits.add({ 1: 2 });
  assert.equal(edits.of("1"), 2);
  edits.send();
  edits.answered();
  assert.equal(edits.of("1"), undefined);
});

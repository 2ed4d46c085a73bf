// Which headings of a page have been reached.

import assert from "node:assert/strict";
import test from "node:test";

import { reach } from "../../nnlib/live/view/page/place.mjs";

test("in a long page a section begins where its heading is in the upper third", () => {
  assert.equal(reach(1000, 20_000), 300);
  assert.equal(reach(1000, 700), 300);
});

test("toward the end all that is seen is reached, so that a short last section is", () => {
  assert.equal(reach(1000, 400), 600);
  assert.equal(reach(1000, 0), 1000);
});

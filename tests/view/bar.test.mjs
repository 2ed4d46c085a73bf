// The order of light, dark and the system's choice.

import assert from "node:assert/strict";
import test from "node:test";

import { modes } from "../../nnlib/live/view/page/bar.mjs";

test("the first press shows another page than before", () => {
  assert.deepEqual(modes(true), ["auto", "light", "dark"]);
  assert.deepEqual(modes(false), ["auto", "dark", "light"]);
});

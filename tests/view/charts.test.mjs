// Bars, drawn into the small document of the still pictures.

import assert from "node:assert/strict";
import test from "node:test";

import { document } from "../../book/document.mjs";
import { Bars } from "../../nnlib/live/view/panels/charts.mjs";

globalThis.document = /** @type {any} */ (document);

test("bars are as many as the labels, also where there were more before", () => {
  const body = document.createElement("div");
  const bars = new Bars(body, null, { label: "Counts", aspect: 1 });
  const shown = () => body.querySelectorAll(".nn-bar").map((bar) => bar.children.map((part) => part.textContent).join(" "));
  const panel = { low: 0, high: 8, best: 1, digits: 0 };
  bars.draw({ ...panel, labels: ["one", "two", "three"], values: { data: [1, 2, 4] } });
  assert.deepEqual(shown(), ["one  1", "two  2", "three  4"]);
  bars.draw({ ...panel, labels: ["all"], values: { data: [7] } });
  assert.deepEqual(shown(), ["all  7"]);
});

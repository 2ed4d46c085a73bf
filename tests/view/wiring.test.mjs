// Where the edges of a network of layers lie, and which of them is near.

import assert from "node:assert/strict";
import test from "node:test";

import { distance, STEPS, stepOf, widthOf, wiring } from "../../nnlib/live/view/panels/wiring.mjs";

const place = { left: 40, right: 20, width: 700, height: 350 };
const large = wiring([7, 8, 8, 8, 8, 8, 8, 1], true, place);

test("the largest network has a place for each weight and bias, in the order of its parameters", () => {
  assert.equal(large.parameters.length, 384 + 49);
  const names = large.parameters.map(({ layer, source, target }) => [layer, source, target]);
  assert.deepEqual([names[0], names[1], names[8]], [[0, 0, 0], [0, 0, 1], [0, 1, 0]]);
  assert.deepEqual([names[56], names[64]], [[0, null, 0], [1, 0, 0]]);
  assert.equal(wiring([2, 3, 1], false, place).parameters.length, 9);
});

test("nodes stay within the panel, clear of each other and of the names beside them", () => {
  for (const [width, height] of [[700, 350], [320, 304], [200, 100]]) {
    const { nodes, radius } = wiring([7, 8, 8, 8, 8, 8, 8, 1], true, { ...place, width, height });
    const [first, last] = [nodes[0][0][0], nodes[7][0][0]];
    assert.ok(first - radius >= place.left && last + radius <= width - place.right);
    assert.ok(nodes[1][1][1] - nodes[1][0][1] > 2 * radius && nodes[1][0][0] - first > 2 * radius);
  }
});

test("a place on an edge is at no distance from it, and one beside it as far as it is", () => {
  const { nodes, radius, parameters } = wiring([1, 1], false, place);
  const [[[left, y]], [[right]]] = nodes;
  for (const share of [0.1, 0.5, 0.9]) {
    const x = left + radius + share * (right - left - 2 * radius);
    assert.equal(Math.round(distance(parameters[0], x, y)), 0);
    assert.equal(Math.round(distance(parameters[0], x, y + 9)), 9);
  }
  assert.equal(distance(parameters[0], left - radius - 1, y), Infinity);
});

test("an edge that bends is met at the middle of its ends, and at the ends", () => {
  for (const edge of large.parameters.filter(({ source }) => source !== null)) {
    assert.ok(distance(edge, (edge.x0 + edge.x) / 2, (edge.y0 + edge.y) / 2) < 0.1);
    assert.ok(distance(edge, edge.x0 + 0.01, edge.y0) < 0.1 && distance(edge, edge.x - 0.01, edge.y) < 0.1);
  }
});

test("a stronger weight has a wider edge, to the widest", () => {
  const steps = [0, 0.5, -1, 2, 1e9, -Infinity].map(stepOf);
  assert.deepEqual(steps, steps.toSorted((a, b) => a - b));
  assert.deepEqual([steps[0], steps.at(-1)], [0, STEPS - 1]);
  assert.deepEqual([widthOf(0), widthOf(STEPS - 1)], [0.5, 6]);
});

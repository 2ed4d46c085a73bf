// How a page is cut into slides.

import assert from "node:assert/strict";
import test from "node:test";

import { cut, slideOf } from "../../nnlib/live/view/page/presenting/slides.mjs";

const ROOM = 100;

/** Pieces below one another, from words such as "text 30": a kind and a height; a colon at the end leads to the next. */
function pieces(...words) {
  let top = 7;
  return words.map((word) => {
    const [kind, height] = word.replace(":", "").split(" ");
    const bottom = top + Number(height);
    const piece = { kind, top, bottom, leads: word.endsWith(":") };
    top = bottom;
    return piece;
  });
}

test("a slide has as much text as fits", () => {
  assert.deepEqual(cut(pieces("text 40", "text 60", "text 1", "text 99"), ROOM), [[0, 1], [2, 3]]);
});

test("a heading begins a slide, with the headings that follow it, and never ends one alone before text", () => {
  const page = pieces("heading 10", "text 20", "heading 10", "heading 10", "text 200", "text 5");
  assert.deepEqual(cut(page, ROOM), [[0, 1], [2, 3, 4], [5]]);
});

test("a figure has its slide to itself", () => {
  const page = pieces("heading 10", "figure 20", "text 10", "figure 20", "text 10");
  assert.deepEqual(cut(page, ROOM), [[0], [1], [2], [3], [4]]);
});

test("a question has its slide to itself as well, below its heading at the most", () => {
  const page = pieces("heading 10", "alone 20", "text 10", "alone 20", "alone 20", "text 5");
  assert.deepEqual(cut(page, ROOM), [[0, 1], [2], [3], [4], [5]]);
});

test("what belongs to the piece before it stays there, however tall", () => {
  assert.deepEqual(cut(pieces("alone 90", "joined 90", "joined 5", "text 5"), ROOM), [[0, 1, 2], [3]]);
});

test("a sentence that ends in a colon goes where what it leads to goes", () => {
  assert.deepEqual(cut(pieces("text 60", "text 20:", "text 70"), ROOM), [[0], [1, 2]]);
});

test("it stays where both would not fit, or where nothing but a heading would be left", () => {
  assert.deepEqual(cut(pieces("text 60", "text 40:", "text 70"), ROOM), [[0, 1], [2]]);
  assert.deepEqual(cut(pieces("heading 60", "text 20:", "text 70"), ROOM), [[0, 1], [2]]);
});

test("what is taller than the screen has a slide", () => {
  assert.deepEqual(cut(pieces("text 10", "text 500", "text 10"), ROOM), [[0], [1], [2]]);
});

test("whatever the pieces, each is on one slide, in their order, and no slide is empty", () => {
  const kinds = ["heading", "text", "figure", "alone", "joined"];
  let seed = 1;
  const draw = (below) => {
    seed = (seed * 48271) % 2147483647;
    return seed % below;
  };
  for (let round = 0; round < 500; round += 1) {
    const words = Array.from({ length: draw(12) }, () => `${kinds[draw(5)]} ${draw(150)}${draw(3) ? "" : ":"}`);
    const slides = cut(pieces(...words), ROOM);
    assert.deepEqual(slides.flat(), words.map((_, piece) => piece), words.join());
    assert.ok(slides.every((slide) => slide.length), words.join());
  }
});

test("the slide of a piece is known", () => {
  assert.equal(slideOf([[0, 1], [2]], 2), 1);
});

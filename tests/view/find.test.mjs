// What answers a query, on a small book; tests/book/test_finding.py asks the real one.

import assert from "node:assert/strict";
import test from "node:test";

import { Finder, slips, wordsOf } from "../../nnlib/live/view/page/finding/find.mjs";

const listing = {
  kinds: ["chapter", "section", "term", "figure", "exercise", "function"],
  pages: ["loss", "depth", "glossary"],
  entries: [
    [0, "Loss: measuring the error", 0, "", "", "wrong"],
    [1, "When slopes vanish", 1, "when", "", "gradient tiny"],
    [0, "Depth: signals that survive", 1, "", "", ""],
    [2, "vanishing gradient", 2, "term-v", "A gradient that becomes tiny.", ""],
    [2, "loss", 2, "term-l", "A number that says how wrong the outputs are.", ""],
    [2, "bias", 2, "term-b", "The number b.", ""],
    [3, "XOR by hand", 0, "figure-xor", "", "weight"],
    [5, "xor", 2, "nnlib.xor", "Return exclusive or.", ""],
    [5, "cross_entropy", 2, "nnlib.cross_entropy", "", ""],
    [2, "sigmoid", 2, "term-s", "", ""],
    [2, "backpropagation", 2, "term-p", "", ""],
  ],
};
const finder = new Finder(/** @type {any} */ (listing));
const titles = (query) => finder.find(query).map(({ title }) => title);

test("words are compared without accents, case and what joins them", () => {
  assert.deepEqual(wordsOf("Émile’s cross-entropy, CrossEntropy, cross_entropy of σ"),
    ["emile", "s", "cross", "entropy", "cross", "entropy", "cross", "entropy", "of", "σ"]);
});

test("a slip is a letter that is wrong, missing, too many or swapped", () => {
  assert.deepEqual(["sigmod", "sigmooid", "sigmiod", "sigmoit"].map((word) => slips(word, "sigmoid")[0]), [1, 1, 1, 1]);
  assert.equal(slips("backprob", "backpropagation")[1], 1, "so far as it is typed");
});

test("who is called what was asked for comes first, a chapter before all", () => {
  assert.deepEqual(titles("loss").slice(0, 2), ["Loss: measuring the error", "loss"]);
  assert.equal(titles("vanishing gradient")[0], "vanishing gradient");
  assert.equal(titles("xor")[0], "XOR by hand", "a figure before a function");
  assert.equal(titles("CrossEntropy")[0], "cross_entropy");
});

test("what a question has around its word does not count", () => {
  assert.equal(titles("What is a bias?")[0], "bias");
  assert.equal(titles("what is").length, finder.find("what is").length, "nor does it fail alone");
});

test("a slip is forgiven where no word of the book begins so, and words of three letters have none", () => {
  assert.equal(titles("sigmod")[0], "sigmoid");
  assert.equal(titles("vanishign gradeint")[0], "vanishing gradient", "two in a long word");
  assert.deepEqual(titles("bia"), ["bias"]);
  assert.deepEqual(titles("xoq"), []);
});

test("a word may be found within another, as one is written as two", () => {
  assert.deepEqual(titles("back propagation"), ["backpropagation"]);
});

test("what has all words comes, and where none has, what has most", () => {
  assert.equal(titles("gradient tiny").length, 2);
  assert.equal(titles("bias zebra")[0], "bias");
  assert.deepEqual(titles("zebra"), []);
});

test("a query may be anything", () => {
  const queries = ["", " ", "?!", "constructor", "__proto__", "<img src=x onerror=a()>", "(", "\\", "a".repeat(99)];
  for (const query of queries) {
    assert.ok(Array.isArray(finder.find(query)), query);
  }
});

test("what is found says where it is, and in which chapter", () => {
  const [found] = finder.find("slopes vanish");
  const [title, chapter, page, anchor] = ["When slopes vanish", "Depth", "depth", "when"];
  assert.deepEqual(found, { kind: "section", title, text: "", chapter, page, anchor });
});

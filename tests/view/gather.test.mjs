// The lab's files in a browser: what older editions have left is put together, and nothing newer is lost.

import assert from "node:assert/strict";
import { test } from "node:test";

import { beside, editionOf, gathered, withoutWidgets } from "../../book/lab/gather.mjs";

const file = (path, content, day) => ({
  path, name: path.split("/").pop(), content, last_modified: `2026-01-0${day}T10:20:30.000Z`,
});
const store = (...files) => new Map(files.map((one) => [one.path, one]));
const contents = (files) => Object.fromEntries([...files].map(([path, { content }]) => [path, content]));

test("a name gets its words before its ending", () => {
  const names = ["a/b.ipynb", "a.b/c", "model.tar.gz", ".hidden"].map((path) => beside(path, "new"));
  assert.deepEqual(names, ["a/b (new).ipynb", "a.b/c (new)", "model.tar (new).gz", " (new).hidden"]);
});

test("what only an older edition has is taken over, and what is there stays", () => {
  const own = store(file("n.ipynb", "mine", 5));
  assert.deepEqual(contents(gathered(own, [store(file("model.npz", "w", 1))])), { "model.npz": "w" });
  assert.deepEqual(contents(gathered(own, [])), {});
  assert.equal(gathered(own, [store(file("n.ipynb", "mine", 1))]).size, 0);
});

test("of several copies the newest has the name, and each other one lies beside it under its date", () => {
  const older = [["first", 1], ["third", 3], ["second", 2]].map(([text, day]) => store(file("c/n.ipynb", text, day)));
  const whole = {
    "c/n.ipynb": "third",
    "c/n (2026-01-01 10.20.30).ipynb": "first",
    "c/n (2026-01-02 10.20.30).ipynb": "second",
  };
  for (const others of [older, older.toReversed()]) {
    const files = gathered(new Map(), others);
    assert.deepEqual(contents(files), whole);
    for (const [path, { path: told, name }] of files) assert.deepEqual([told, name], [path, path.split("/").pop()]);
  }
  const own = store(file("c/n.ipynb", "newest", 4));
  assert.equal(gathered(own, older).has("c/n.ipynb"), false);
  assert.equal(gathered(own, older).size, 3);
});

test("widgets whose kernel is gone give way to what else an output has, and nothing else changes", () => {
  const widget = { "application/vnd.jupyter.widget-view+json": { model_id: "1" } };
  const text = { "text/html": "run this cell", "text/plain": "figure('a')" };
  const cells = [{ source: "a", outputs: [{ data: { ...widget, ...text } }, { text: "printed" }] }, { source: "b" }];
  const notebook = { content: { cells, metadata: { nnlib: { edition: "e" } } } };
  const bare = withoutWidgets(notebook);
  const left = [{ data: text }, { text: "printed" }];
  assert.deepEqual(bare.content.cells, [{ source: "a", outputs: left }, { source: "b" }]);
  assert.equal(editionOf(bare), "e");
  assert.equal(withoutWidgets(bare), bare);
  const only = { content: { cells: [{ outputs: [{ data: widget }] }] } };
  assert.equal(withoutWidgets(only), only);
  for (const other of [{ content: "a,b" }, { content: null }, { content: [] }]) {
    assert.equal(withoutWidgets(other), other);
    assert.equal(editionOf(other), undefined);
  }
});

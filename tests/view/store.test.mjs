// What the browser keeps: of two the newer stays, whatever the browser refuses and whichever tab or file has it.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

let room, stored;

class FakeStorage {
  getItem = (key) => stored[key] ?? null;
  setItem(key, text) {
    if (text.length > room) throw new Error("QuotaExceededError");
    stored[key] = text;
  }
}

const script = { src: "http://localhost/book/live/1f/view/page.js" };
Object.assign(globalThis, { Storage: FakeStorage, dispatchEvent() {}, document: { currentScript: script } });

beforeEach(() => {
  [room, stored] = [Infinity, {}];
  Object.defineProperty(globalThis, "localStorage", { value: new FakeStorage(), configurable: true });
});

let tabs = 0;
/** A page of its own, with a memory of its own. */
const tab = () => import(`../../nnlib/live/view/page/store.mjs?${(tabs += 1)}`);
const program = (source, solved = false, tries = 0) => ({ source, solved, tries });

test("a write that the browser refuses is believed, saved to a file, and made up for later", async () => {
  const here = await tab();
  here.keep("exercises", "a", program("first"));
  room = 0;
  here.keep("exercises", "a", program("second", true));
  assert.equal(here.keeping(), "full");
  assert.deepEqual(here.kept().exercises.a, program("second", true));
  assert.deepEqual((await tab()).kept().exercises.a, program("first"));
  room = Infinity;
  here.keep("read", "neuron", true);
  assert.equal(here.keeping(), "browser");
  assert.deepEqual((await tab()).kept().exercises.a, program("second", true));
});

test("where the browser forbids to look, the page keeps, and says that it is nowhere else", async () => {
  const forbid = () => { throw new Error("SecurityError"); };
  Object.defineProperty(globalThis, "localStorage", { get: forbid, configurable: true });
  const here = await tab();
  here.keep("predictions", "p", "up");
  assert.deepEqual(here.kept().predictions, { p: "up" });
  assert.equal(here.keeping(), "nowhere");
});

test("of two tabs the newer change of an entry stays, and what was solved in one is solved", async () => {
  const [one, two] = [await tab(), await tab()];
  one.keep("exercises", "a", program("one", true));
  two.keep("exercises", "b", program("two"));
  two.keep("exercises", "a", program("newer"));
  for (const here of [one, two, await tab()]) {
    assert.deepEqual(here.kept().exercises, { a: program("newer", true), b: program("two") });
  }
});

test("a tab whose writes are refused hears what others write, and keeps what is newer", async () => {
  const [one, two] = [await tab(), await tab()];
  one.keep("exercises", "a", program("old"));
  const others = { ...stored };
  room = 0;
  one.keep("exercises", "a", program("refused"));
  [room, stored] = [Infinity, others];
  two.keep("exercises", "b", program("of the other"));
  assert.deepEqual(one.kept().exercises, { a: program("refused"), b: program("of the other") });
});

test("a file gives what is missing and what is newer there; what is newer here stays, and is counted", async () => {
  const [other, here] = [await tab(), await tab()];
  other.keep("exercises", "a", program("in the file"));
  other.keep("exercises", "b", program("in the file", true));
  const file = JSON.stringify(other.kept());
  here.keep("exercises", "b", program("written since"));
  assert.equal(here.takeIn(file), 1);
  assert.deepEqual(here.kept().exercises, { a: program("in the file"), b: program("written since", true) });
});

test("what was cleared is gone in every tab, and comes back from a file", async () => {
  const [one, two] = [await tab(), await tab()];
  one.keep("questions", "q", { chosen: [1], right: true });
  const file = JSON.stringify(two.kept());
  two.clear();
  assert.deepEqual(one.kept().questions, {});
  one.keep("read", "neuron", true);
  assert.deepEqual(two.kept().questions, {});
  assert.equal(one.takeIn(file), 0);
  assert.deepEqual(two.kept().questions, { q: { chosen: [1], right: true, tries: 0 } });
});

test("what an edition without times has kept is read, and gives way to what is newer", async () => {
  const old = { version: 1, read: { neuron: true }, exercises: { a: program("old", true) }, questions: {}, predictions: {} };
  stored["nnlib /"] = undefined;
  const here = await tab();
  here.keep("exercises", "a", program("new"));
  assert.equal(here.takeIn(JSON.stringify(old)), 1);
  assert.deepEqual(here.kept().exercises.a, program("new", true));
  assert.deepEqual(here.kept().read, { neuron: true });
});

test("a clock that was turned back loses nothing", async () => {
  const here = await tab();
  const { now } = Date;
  try {
    Date.now = () => 2_000_000;
    here.keep("exercises", "a", program("before"));
    here.clear();
    Date.now = () => 1_000_000;
    here.keep("exercises", "a", program("after"));
    here.keep("exercises", "a", program("after that"));
    assert.deepEqual((await tab()).kept().exercises.a, program("after that"));
  } finally {
    Date.now = now;
  }
});

const ONES = ['{"version": 1, "name": "a package"}', '{"version": 1, "read": "yes"}'];
const FOREIGN = ["{", "[]", "null", "7", '{"version": 7}', ...ONES];
for (const text of FOREIGN) {
  test(`a file with ${text} is refused, and changes nothing`, async () => {
    const here = await tab();
    here.keep("predictions", "p", "up");
    assert.throws(() => here.takeIn(text), /holds no progress/);
    assert.deepEqual(here.kept().predictions, { p: "up" });
  });
}

test("names that every object has are none of a file's entries", async () => {
  const here = await tab();
  here.keep("predictions", "p", "up");
  const named = (entry) => `{"constructor": ${entry}, "toString": ${entry}, "__proto__": ${entry}, "a": ${entry}}`;
  const exercises = named('{"source": "x", "solved": true}');
  here.takeIn(`{"version": 1, "exercises": ${exercises}, "predictions": ${named('"up"')}, "times": {"read": 7}}`);
  assert.deepEqual(here.kept().exercises, { a: program("x", true) });
  assert.deepEqual((await tab()).kept().predictions, { p: "up", a: "up" });
});

test("tries are counted until the answer is right, and of two browsers the larger count stays", async () => {
  const [one, two] = [await tab(), await tab()];
  for (const right of [false, true, false]) one.keepChecked("questions", "q", { chosen: [1], right });
  assert.deepEqual(one.kept().questions.q, { chosen: [1], right: true, tries: 2 });
  one.keepChecked("exercises", "a", program("a"));
  one.keepChecked("exercises", "a", program("b"));
  const file = JSON.stringify(one.kept());
  one.clear();
  two.keepChecked("exercises", "a", program("c", true));
  two.takeIn(file);
  const { solved, tries } = two.kept().exercises.a;
  assert.deepEqual({ solved, tries }, { solved: true, tries: 2 });
});

test("of a file by a stranger's hand only entries are taken, and of an entry only what belongs to it", async () => {
  const here = await tab();
  const exercises = `{"__proto__": {"source": "", "solved": true}, "a": {"source": "x", "solved": true, "more": 1},
    "b": {"source": "x", "solved": true, "tries": -1}, "c": {"source": "x", "solved": true, "tries": 1e999}, "d": null, "e": 7}`;
  here.takeIn(`{"version": 1, "exercises": ${exercises}, "read": {"p": "yes"}, "predictions": [1, "up"]}`);
  assert.deepEqual(here.kept().exercises, { a: program("x", true) });
  assert.deepEqual([here.kept().read, here.kept().predictions], [{}, { 1: "up" }]);
  assert.equal(Object.getPrototypeOf(here.kept().exercises), Object.prototype);
});

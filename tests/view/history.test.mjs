// What a figure keeps of a run, and what it lets go.

import assert from "node:assert/strict";
import test from "node:test";

import { History } from "../../nnlib/live/view/figure/history.mjs";
import { NdArray } from "../../nnlib/live/view/figure/protocol.mjs";

const MOST = 5000;
const ROOM = 64e6;
const settings = { learning_rate: 0.1 };
const stateOf = (floats) => ({ w: new NdArray(new Float64Array(floats), [floats]) });
const stepsOf = (history) => history.entries.map(({ step }) => step);

function run(floats, steps) {
  const history = new History(stateOf(floats), settings);
  for (let step = 1; step <= steps; step += 1) history.add(stateOf(floats), 1, settings);
  return history;
}

test("a run of thousands of small steps is kept whole", () => {
  assert.deepEqual(stepsOf(run(10, 3000)), Array.from({ length: 3001 }, (_, step) => step));
});

for (const [floats, steps] of [[100_000, 1500], [10, 12_000]]) {
  test(`a run of ${steps} steps with ${floats} numbers each keeps its ends and fits`, () => {
    const history = run(floats, steps);
    const kept = stepsOf(history);
    assert.ok(history.bytes <= ROOM && kept.length <= MOST);
    assert.equal(kept[0], 0);
    assert.equal(String(history), `${steps} of ${steps}`);
    const gaps = kept.slice(1).map((step, index) => step - kept[index]);
    assert.equal(Math.min(...gaps), 1);
    assert.equal(gaps.at(-1), 1);
    assert.ok(Math.max(...gaps) < steps / 4, "a rewind reaches every part of the run");
  });
}

test("what is thinned out leaves coarser steps the longer ago they are", () => {
  const kept = stepsOf(run(10, 20_000));
  const gaps = kept.slice(1).map((step, index) => step - kept[index]);
  const mean = (numbers) => numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
  assert.ok(mean(gaps.slice(0, 1000)) > 2 * mean(gaps.slice(-1000)));
});

test("a step after a rewind makes void what followed", () => {
  const history = run(10, 5);
  history.goTo(2);
  assert.equal(String(history), "2 of 5");
  history.add(stateOf(10), 10, settings);
  assert.deepEqual(stepsOf(history), [0, 1, 2, 12]);
  assert.equal(history.at, 3);
});

test("a rewind stays within the run, and makes older answers void", () => {
  const history = run(10, 5);
  const { age } = history;
  history.goTo(99);
  assert.equal(history.step, 5);
  history.goTo(-1);
  assert.equal(history.step, 0);
  assert.equal(history.age, age + 2);
});

test("a restart forgets all and waits for a state", () => {
  const history = run(10, 5);
  history.restart(null, settings);
  assert.equal(history.present, null);
  assert.equal(String(history), "0 of 0");
  const state = stateOf(10);
  history.keep(state);
  assert.equal(history.present, state);
});

test("a state that a hand has changed makes void what followed", () => {
  const history = run(10, 5);
  history.goTo(2);
  history.keep(stateOf(10), true);
  assert.deepEqual(stepsOf(history), [0, 1, 2]);
});

test("a run is of its settings until one changes, or a hand changes a state", () => {
  const history = run(10, 2);
  assert.ok(history.isOf(settings));
  assert.ok(!history.isOf({ learning_rate: 0.2 }));
  history.add(stateOf(10), 1, { learning_rate: 0.2 });
  assert.ok(!history.isOf(settings));
  history.goTo(2);
  assert.ok(history.isOf(settings), "what follows the present state does not count");
  history.keep(stateOf(10), true);
  assert.ok(!history.isOf(settings));
  const begun = new History(stateOf(10), settings);
  begun.keep(stateOf(10), true);
  assert.ok(!begun.isOf(settings), "the first state counts, too");
});

test("a change of settings is remembered when its step is thinned out", () => {
  const history = new History(stateOf(10), settings);
  for (let step = 1; step <= 2 * MOST; step += 1) {
    history.add(stateOf(10), 1, step === 7 ? { learning_rate: 0.2 } : settings);
  }
  assert.ok(!stepsOf(history).includes(7), "step 7 was let go");
  assert.ok(!history.isOf(settings));
});

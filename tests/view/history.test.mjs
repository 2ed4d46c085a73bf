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

test("where the settings changed is kept, while other steps can be let go", () => {
  const history = new History(stateOf(10), settings);
  for (let step = 1; step <= 2 * MOST; step += 1) {
    history.add(stateOf(10), 1, step > 7 ? { learning_rate: 0.2 } : settings);
  }
  const kept = stepsOf(history);
  assert.ok(kept.includes(7) && !history.entries.some(({ mixed }) => mixed));
  assert.ok(!kept.includes(6) || !kept.includes(8));
  assert.ok(!history.isOf(settings) && !history.isOf({ learning_rate: 0.2 }));
});

test("changes of settings are remembered when their steps are thinned out", () => {
  const history = new History(stateOf(10), settings);
  for (let step = 1; step <= 2 * MOST; step += 1) {
    history.add(stateOf(10), 1, step > MOST ? settings : { learning_rate: step });
  }
  assert.ok(history.entries.length <= MOST && !history.isOf(settings));
  for (let step = 2 * MOST + 1; step <= 4 * MOST; step += 1) history.add(stateOf(10), 1, { learning_rate: -step });
  assert.ok(history.entries.some(({ mixed }) => mixed), "some were let go");
  assert.ok(!history.isOf(settings));
});

test("a step between two that are kept is reached by training from the one before, with the settings of the time", () => {
  const other = { learning_rate: 0.2 };
  const history = new History(stateOf(10), settings);
  history.add(stateOf(10), 100, settings);
  history.add(stateOf(10), 100, other);
  history.goTo(130);
  assert.equal(history.step, 100);
  assert.deepEqual(history.missing, { steps: 30, settings: other });
  history.fill(stateOf(20), 10);
  assert.deepEqual(history.missing, { steps: 20, settings: other });
  history.fill(stateOf(30), 20);
  assert.equal(history.missing, null);
  assert.equal(String(history), "130 of 200", "what followed is there");
  assert.equal(history.present.w.data.length, 30);
  assert.deepEqual(stepsOf(history), [0, 100, 110, 130, 200]);
  history.goTo(110);
  assert.deepEqual([history.missing, history.present.w.data.length], [null, 20]);
  assert.ok(!history.isOf(other));
});

test("a step that no training leads to is that of the state before", () => {
  const history = new History(stateOf(10), settings);
  history.add(stateOf(10), 10, settings);
  history.keep(stateOf(10), true);
  history.add(stateOf(10), 10, settings, true); // a hand changed what it began with
  history.goTo(15);
  assert.deepEqual([history.step, history.missing], [10, null]);
  history.goTo(5);
  assert.deepEqual(history.missing, { steps: 5, settings }, "before the hand came the run was its own");
});

test("a walk through a run of large states keeps the present one, and stays within the room", () => {
  const history = new History(stateOf(100_000), settings);
  for (let step = 1; step <= 100; step += 1) history.add(stateOf(100_000), 10, settings);
  for (let step = 5; step < 1000; step += 10) {
    history.goTo(step);
    const { steps = 0 } = history.missing ?? {};
    if (steps) history.fill(stateOf(100_000), steps);
    assert.equal(history.step, step);
    assert.ok(history.bytes <= ROOM);
    assert.equal(history.last, 1000);
  }
});

test("whoever stays, or goes elsewhere, has no steps before him", () => {
  const history = new History(stateOf(10), settings);
  history.add(stateOf(10), 10, settings);
  history.goTo(5);
  const { age } = history;
  history.stay();
  assert.deepEqual([history.missing, history.step, history.age], [null, 0, age + 1]);
});

test("a run can begin at a step", () => {
  const history = new History(stateOf(10), settings);
  history.restart(stateOf(10), settings, 40);
  history.add(stateOf(10), 2, settings);
  history.goTo(0);
  assert.deepEqual([history.first, history.step, history.last], [40, 40, 42]);
});

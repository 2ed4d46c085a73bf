// The page's side of a worker with Python: it is started, asked, watched and given up.

import assert from "node:assert/strict";
import test from "node:test";

import { Python } from "../../nnlib/live/view/engine/python.mjs";

class FakeWorker {
  sent = [];
  ended = false;
  /** @type {any} */
  onmessage;
  /** @type {any} */
  onerror;

  postMessage(message) {
    this.sent.push(message);
  }

  terminate() {
    this.ended = true;
  }

  say(data) {
    this.onmessage({ data });
  }
}

/** A Python whose workers are played by the test; `heard` is what its page was told. */
function python(t, how = {}) {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const workers = [];
  const queries = [];
  const heard = [];
  const client = new Python({
    begin(query) {
      queries.push(query);
      workers.push(new FakeWorker());
      return workers.at(-1);
    },
    progress: (share) => heard.push(share),
    live: () => heard.push("live"),
    failed: (message) => heard.push(message),
    ...how,
  });
  return { client, workers, queries, heard, wait: (milliseconds) => t.mock.timers.tick(milliseconds) };
}

const soon = () => new Promise((done) => { setImmediate(done); });

test("it starts once, tells how far it is, and answers by number", async (t) => {
  const { client, workers, heard, wait } = python(t);
  assert.equal(client.state, "still");
  client.wake();
  client.wake();
  const [worker, ...others] = workers;
  assert.deepEqual(others, []);
  assert.equal(client.state, "waking");
  const replies = [client.request({ text: "a" }), client.request({ text: "b" })];
  worker.say({ kind: "progress", share: 0.5 });
  await soon();
  assert.deepEqual(worker.sent, []);
  worker.say({ kind: "ready" });
  await soon();
  assert.equal(client.state, "live");
  assert.deepEqual(worker.sent, [{ id: 1, text: "a" }, { id: 2, text: "b" }]);
  worker.say({ kind: "reply", id: 2, text: "B" });
  worker.say({ kind: "reply", id: 1, text: "A" });
  assert.deepEqual((await Promise.all(replies)).map(({ text }) => text), ["A", "B"]);
  wait(60_000);
  assert.deepEqual(heard, [0.5, "live"], "who has answered may be silent");
});

test("a start that falls silent is doubted, and waited for; one that begins anew asks past the cache", async (t) => {
  const { client, workers, queries, wait } = python(t);
  const ready = client.wake();
  wait(19_000);
  workers[0].say({ kind: "progress", share: 0.1 });
  wait(19_000);
  assert.equal(client.state, "waking");
  wait(1_000);
  await assert.rejects(ready, { name: "EngineError", message: /nothing has come for 20 seconds/ });
  assert.equal(client.state, "doubted");
  assert.ok(!workers[0].ended);
  const patient = client.wake();
  assert.equal(client.state, "waking");
  wait(20_000);
  await assert.rejects(patient, { slow: true });
  client.stop("Python begins again.");
  assert.ok(workers[0].ended);
  client.wake();
  assert.deepEqual(queries, [false, true]);
});

test("a Python that was doubted and comes after all is there, and goes on", async (t) => {
  const { client, workers, heard, wait } = python(t);
  const ready = client.wake();
  wait(20_000);
  await assert.rejects(ready, { slow: true });
  workers[0].say({ kind: "progress", share: 0.5 });
  assert.equal(client.state, "waking");
  wait(19_000);
  assert.equal(client.state, "waking", "patience is counted from the last sign of life");
  workers[0].say({ kind: "ready" });
  await client.ready;
  assert.deepEqual(heard.slice(-2), [0.5, "live"]);
});

test("an answer that comes too late lets the page ask again", async (t) => {
  const { client, workers, heard, wait } = python(t);
  client.wake();
  workers[0].say({ kind: "ready" });
  const reply = client.request({ text: "a" });
  await soon();
  wait(20_000);
  await assert.rejects(reply, { slow: true });
  workers[0].say({ kind: "reply", id: 1 });
  assert.equal(client.state, "live");
  assert.equal(heard.at(-1), "live");
});

test("a worker that says nothing at all is told soon", async (t) => {
  const { client, workers, heard, wait } = python(t, { progress: (share, sentence) => heard.push(sentence) });
  client.wake();
  wait(2_500);
  assert.match(heard[0], /worker .* has not come yet/);
  client.stop("");
  client.wake();
  workers[1].say({ kind: "progress", share: 0 });
  wait(2_500);
  assert.equal(heard.filter((sentence) => sentence?.includes("has not come")).length, 1);
});

test("an answer that never comes is given up", async (t) => {
  const { client, workers, heard, wait } = python(t);
  client.wake();
  workers[0].say({ kind: "ready" });
  wait(60_000);
  assert.equal(client.state, "live", "who is not asked may be silent");
  const reply = client.request({ text: "a" });
  await soon();
  wait(20_000);
  await assert.rejects(reply, { name: "EngineError", message: /does not answer any more: nothing has come for 20 s/ });
  assert.match(heard.at(-1), /^Python is slow here/);
});

test("a reader's program may run forever, until it is stopped", async (t) => {
  const { client, workers, wait } = python(t, { endless: true });
  client.wake();
  workers[0].say({ kind: "ready" });
  const reply = client.request({ text: "while True: pass" });
  await soon();
  wait(3_600_000);
  assert.equal(client.state, "live");
  client.stop("Stopped.");
  await assert.rejects(reply, { message: "Stopped." });
  assert.ok(workers[0].ended);
});

test("a worker that can't be made, or that breaks, is one sentence", async (t) => {
  const forbidden = python(t, { begin() { throw new Error("policy"); } });
  await assert.rejects(forbidden.client.wake(), { message: /does not allow the worker/ });
  t.mock.timers.reset();
  const { client, workers } = python(t);
  const error = { message: "out of memory", preventDefault() {} };
  const unreachable = client.wake();
  workers[0].onerror(error);
  await assert.rejects(unreachable, { message: /can't be reached/ });
  client.wake();
  workers[1].say({ kind: "ready" });
  const reply = client.request({});
  await soon();
  workers[1].onerror(error);
  await assert.rejects(reply, { message: "Python stopped: out of memory." });
});

test("a start that fails says why", async (t) => {
  const { client, workers, heard } = python(t);
  const ready = client.wake();
  workers[0].say({ kind: "failed", message: "The file memory.packed arrived damaged." });
  await assert.rejects(ready, { message: "The file memory.packed arrived damaged." });
  assert.deepEqual(heard, ["The file memory.packed arrived damaged."]);
});

test("a sign of life of a Python that is there wakes no figure again", async (t) => {
  const { client, workers, heard } = python(t);
  client.wake();
  workers[0].say({ kind: "ready" });
  workers[0].say({ kind: "progress", share: 0.9 });
  assert.deepEqual(heard, ["live"]);
  assert.equal(client.state, "live");
});

test("a worker that the browser refuses is begun in another way, if there is one, and the promise stays", async (t) => {
  const ways = [true, false];
  const { client, workers, heard } = python(t, { refused: () => ways.shift() });
  const ready = client.wake();
  workers[0].onerror({ preventDefault() {}, message: undefined });
  assert.deepEqual([workers.length, heard], [2, []]);
  workers[1].say({ kind: "ready" });
  await ready;
  client.stop("Enough.");
  const next = client.wake();
  workers[2].onerror({ preventDefault() {}, message: undefined });
  await assert.rejects(next, { message: /can't be reached, or is not allowed here/ });
  assert.equal(workers.length, 3);
});

test("a worker that has begun and fails is not begun in another way", async (t) => {
  const { client, workers } = python(t, { refused: () => true });
  const ready = client.wake();
  workers[0].onerror({ preventDefault() {}, message: "a script has failed" });
  await assert.rejects(ready, { message: /can't be reached/ });
  assert.equal(workers.length, 1);
});

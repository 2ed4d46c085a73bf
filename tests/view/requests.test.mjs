// The queue of requests: one is out, one waits, and newer ones join the one that waits.

import assert from "node:assert/strict";
import test from "node:test";

import { RequestQueue } from "../../nnlib/live/view/figure/requests.mjs";

/** A queue whose requests are answered, or refused, by hand. */
function queue() {
  const out = [];
  const requests = new RequestQueue((steps) => new Promise((resolve, reject) => { out.push({ steps, resolve, reject }); }));
  const settle = () => new Promise((done) => { setTimeout(done); });
  return { out, requests, settle };
}

function named(name, more = {}) {
  return Object.assign(new Error(name), { name, ...more });
}

test("requests made in one task are sent together", async () => {
  const { out, requests, settle } = queue();
  requests.want(1);
  requests.want(2);
  const answer = requests.answer(3);
  await settle();
  assert.deepEqual(out.map(({ steps }) => steps), [6]);
  out[0].resolve("picture");
  assert.equal(await answer, "picture");
});

test("what is asked while a request is out waits, and joins what waits", async () => {
  const { out, requests, settle } = queue();
  requests.want();
  await settle();
  const answers = [requests.answer(1), requests.answer(1)];
  await settle();
  assert.equal(out.length, 1);
  out[0].resolve("old");
  await settle();
  assert.deepEqual(out.map(({ steps }) => steps), [0, 2]);
  out[1].resolve("new");
  assert.deepEqual(await Promise.all(answers), ["new", "new"]);
});

test("steps that wait can be taken back", async () => {
  const { out, requests, settle } = queue();
  requests.want();
  await settle();
  requests.want(5);
  requests.forgetSteps();
  out[0].resolve();
  await settle();
  assert.equal(out[1].steps, 0);
});

test("an error reaches those who wait for that answer, and the next request goes on", async () => {
  const { out, requests, settle } = queue();
  const answer = requests.answer();
  await settle();
  const next = requests.answer();
  out[0].reject(named("ValueError", { told: true }));
  await assert.rejects(answer, { name: "ValueError" });
  await settle();
  out[1].resolve("picture");
  assert.equal(await next, "picture");
});

test("without an engine what waits is given up, until somebody asks again", async () => {
  const { out, requests, settle } = queue();
  requests.want();
  await settle();
  const waiting = requests.answer();
  out[0].reject(named("EngineError"));
  await assert.rejects(waiting, { name: "EngineError" });
  await settle();
  assert.equal(out.length, 1);
  const again = requests.answer();
  await settle();
  out[1].resolve("picture");
  assert.equal(await again, "picture");
});

test("an error that nobody was told of is reported", async (t) => {
  const reported = [];
  globalThis.reportError = (error) => reported.push(error.name);
  t.after(() => Reflect.deleteProperty(globalThis, "reportError"));
  const { out, requests, settle } = queue();
  for (const told of [true, false]) {
    requests.want();
    await settle();
    out.at(-1).reject(named("TypeError", { told }));
    await settle();
  }
  assert.deepEqual(reported, ["TypeError"]);
});

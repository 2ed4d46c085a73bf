// The next request of a run that plays, which is on its way while a picture is drawn.

import assert from "node:assert/strict";
import test from "node:test";

import { Ahead } from "../../nnlib/live/view/figure/ahead.mjs";

const state = { weights: [1, 2] };
const next = { explorable: "some", settings: { rate: 0.1, layers: 2 }, state, edits: null, steps: 20 };

/** What was sent, each reply its number; `fail` refuses all. */
function host(fail = false) {
  const sent = [];
  const ahead = new Ahead(async (message) => {
    sent.push(message);
    if (fail) throw new Error("no engine");
    return sent.length;
  });
  return { sent, ahead };
}

test("what was sent ahead is not sent again", async () => {
  const { sent, ahead } = host();
  ahead.send(next);
  assert.equal(await ahead.request({ ...next, settings: { ...next.settings } }), 1);
  assert.equal(sent.length, 1);
});

test("it answers once: the request after it is another one", async () => {
  const { ahead } = host();
  ahead.send(next);
  await ahead.request(next);
  assert.equal(await ahead.request(next), 2);
});

for (const [what, changed] of Object.entries({
  "a setting": { settings: { ...next.settings, rate: 0.3 } },
  "a setting more": { settings: { ...next.settings, noise: 1 } },
  "the state": { state: { weights: [1, 2] } },
  "a weight by hand": { edits: { "weight 1": 3 } },
  "the steps": { steps: 1 },
})) {
  test(`${what} has changed meanwhile: the reader gets what they ask for`, async () => {
    const { sent, ahead } = host();
    ahead.send(next);
    assert.equal(await ahead.request({ ...next, ...changed }), 2);
    assert.deepEqual(sent[1], { ...next, ...changed });
    assert.equal(await ahead.request(next), 3, "and what was sent ahead is forgotten");
  });
}

test("an engine that fails is told to whoever asks, and to nobody else", async () => {
  const { ahead } = host(true);
  ahead.send(next);
  await new Promise((done) => { setTimeout(done); }); // an unhandled rejection would end the test here
  await assert.rejects(ahead.request(next), /no engine/);
});

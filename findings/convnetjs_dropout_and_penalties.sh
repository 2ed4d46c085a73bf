#!/bin/sh
# ConvNetJS 0.3.0: dropout answers with the share it drops, the L1 penalty does nothing, and L2 shrinks with the batch.
#
# Guess beforehand: dropout of 0.2 keeps 0.8 of a sum while it trains, and multiplies it by 0.8 when it predicts. A penalty
# pulls a weight of 1 that has no slope down by rate × penalty = 0.01 a step, L1 as well as L2, however large the batch
# is. The loss that is told is the one that is descended.
# Seen: it predicts with 0.2 of the sum, a quarter of what it was trained with; only at 0.5 does nobody notice (its pull
# request 61 has said so since 2016). L1 leaves the weights of a dense layer where they are, silently. L2 is divided by
# the size of the batch: 0.01 a step alone, 0.001 in batches of 10. And the regression's loss 2 (ŷ − y)² rises four
# times as steeply as the slopes it learns by, so that a check of gradients fails.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
npm install --prefix "$folder" --silent --no-audit --no-fund convnetjs@0.3.0
cd "$folder"
node - <<'JS'
const assert = require("node:assert");
const { DropoutLayer, Net, Trainer, Vol } = require("convnetjs");

const mean = ({ w }) => w.reduce((sum, one) => sum + one) / w.length;
const layer = new DropoutLayer({ in_sx: 1, in_sy: 1, in_depth: 100000, drop_prob: 0.2 });
const ones = new Vol(1, 1, 100000, 1);
const [training, predicting] = [true, false].map((is) => mean(layer.forward(ones, is)));
console.log(`dropout 0.2, of a mean of 1: ${training.toFixed(2)} in training, ${predicting.toFixed(2)} in prediction`);
assert(Math.abs(training - 0.8) < 0.02 && Math.abs(predicting - 0.2) < 1e-9);

/** A network of one weight, which is 1. */
function single() {
  const net = new Net();
  net.makeLayers([{ type: "input", out_sx: 1, out_sy: 1, out_depth: 1 }, { type: "regression", num_neurons: 1 }]);
  const [, { filters: [weight] }] = net.layers;
  weight.w[0] = 1;
  return [net, weight];
}

function afterOneStep(penalty, batch) {
  const [net, weight] = single();
  const trainer = new Trainer(net, { method: "sgd", learning_rate: 0.1, momentum: 0, batch_size: batch, ...penalty });
  for (let i = 0; i < batch; i += 1) trainer.train(new Vol([0]), [0]); // with x = 0 the loss has no slope
  return weight.w[0];
}
const l1 = afterOneStep({ l1_decay: 0.1 }, 1);
const [alone, inTens] = [1, 10].map((batch) => afterOneStep({ l2_decay: 0.1 }, batch));
console.log(`a weight of 1 after one step: L1 ${l1}, L2 ${alone}, L2 in a batch of 10 ${inTens}`);
assert(l1 === 1 && Math.abs(alone - 0.99) < 1e-9 && Math.abs(inTens - 0.999) < 1e-9);

const [net, weight] = single();
function lossAt(w) {
  weight.w[0] = w;
  net.forward(new Vol([1]), true);
  return net.backward([0]);
}
lossAt(1);
const [slope] = weight.dw;
const measured = (lossAt(1 + 1e-5) - lossAt(1 - 1e-5)) / 2e-5;
console.log(`the slope of the loss at ŷ = 1, y = 0: ${slope} by backward, ${measured.toFixed(4)} measured`);
assert(slope === 1 && Math.abs(measured - 4) < 1e-6);
JS

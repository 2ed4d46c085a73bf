// ConvNetJS, plain JavaScript in float64. Its layer "regression" has the slopes of ½ (ŷ − y)² and tells 2 (ŷ − y)²; its
// tanh is (e²ᶻ − 1) / (e²ᶻ + 1), which rounds otherwise. It gathers a batch's slopes sample by sample, in arrays that it
// makes anew for each: Chromium makes those of up to 8 numbers several times as quickly as longer ones.

let convnetjs;

export async function load() {
  const address = new URL("node_modules/convnetjs/build/convnet-min.js", import.meta.url);
  const module = { exports: null };
  new Function("module", await (await fetch(address)).text())(module);
  convnetjs = module.exports;
}

export function trainers({ sizes, batch, rate, start, training, test }) {
  const net = new convnetjs.Net();
  net.makeLayers([
    { type: "input", out_sx: 1, out_sy: 1, out_depth: sizes[0] },
    ...sizes.slice(1).map((neurons) => ({ type: "fc", num_neurons: neurons, activation: "tanh" })),
    { type: "regression", num_neurons: 1 },
  ]);
  // The layer "regression" brings a fully connected one of its own, which would follow the output's tanh.
  net.layers.splice(-2, 1);
  const dense = net.layers.filter((layer) => layer.layer_type === "fc");
  let at = 0;
  for (const { filters, biases, num_inputs: inputs } of dense) {
    for (let i = 0; i < inputs; i += 1) for (const filter of filters) filter.w[i] = start[at++];
    for (let o = 0; o < filters.length; o += 1) biases.w[o] = start[at++];
  }
  const sgd = new convnetjs.Trainer(net, { method: "sgd", learning_rate: 2 * rate, momentum: 0, batch_size: batch });
  const volumes = ({ X }) => X.map((x) => new convnetjs.Vol(x));
  const [inputs, unseen] = [volumes(training), volumes(test)];
  const targets = training.y.map((y) => [y]);

  const trainer = {
    train(orders) {
      let losses;
      for (const order of orders) {
        let seen = 0;
        for (const i of order) seen += sgd.train(inputs[i], targets[i]).cost_loss / 2;
        let others = 0;
        for (let i = 0; i < unseen.length; i += 1) others += (net.forward(unseen[i]).w[0] - test.y[i]) ** 2;
        losses = [seen / order.length, others / unseen.length];
      }
      return losses;
    },
    maps(X, times) {
      const answers = net.layers.filter((layer) => layer.layer_type === "tanh");
      for (let i = 0; i < times; i += 1) {
        const maps = dense.map(({ filters }) => filters.map(() => new Float64Array(X.length)));
        for (let row = 0; row < X.length; row += 1) {
          net.forward(new convnetjs.Vol(X[row]));
          answers.forEach(({ out_act: { w } }, layer) => w.forEach((a, neuron) => { maps[layer][neuron][row] = a; }));
        }
      }
    },
    parameters: () => dense.flatMap(({ filters, biases, num_inputs: inputs }) => [
      ...Array.from({ length: inputs }, (_, i) => filters.map((filter) => filter.w[i])).flat(),
      ...biases.w,
    ]),
  };
  return [["convnetjs", trainer]];
}

// TensorFlow.js, by its own tensors and optimizer: float32, which is all it has. It takes the batches out of tensors that
// were put into the new order at once.

const BACKENDS = ["cpu", "wasm"];
const HOME = new URL("node_modules/@tensorflow/", import.meta.url);

export async function load() {
  for (const script of ["tfjs/dist/tf.min.js", "tfjs-backend-wasm/dist/tf-backend-wasm.min.js"]) {
    new Function(await (await fetch(new URL(script, HOME))).text())(); // both make a global, `tf`
  }
  tf.enableProdMode();
  tf.wasm.setWasmPaths(new URL("tfjs-backend-wasm/dist/", HOME).href);
  for (const backend of BACKENDS) if (!(await tf.setBackend(backend))) throw new Error(`tfjs has no backend ${backend}`);
}

async function trainer({ sizes, batch, rate, start, training, test }, backend) {
  await tf.setBackend(backend);
  const layers = [];
  let at = 0;
  const part = (...shape) => {
    const count = shape.reduce((all, one) => all * one);
    return tf.variable(tf.tensor(start.slice(at, (at += count)), shape));
  };
  for (let l = 1; l < sizes.length; l += 1) layers.push([part(sizes[l - 1], sizes[l]), part(sizes[l])]);
  const [X, y, unseen, targets] = [training, test].flatMap((set) => [tf.tensor2d(set.X), tf.tensor2d(set.y, [set.y.length, 1])]);
  const optimizer = tf.train.sgd(rate);
  const loss = (inputs, wanted) => {
    const y_hat = layers.reduce((a, [weights, biases]) => a.matMul(weights).add(biases).tanh(), inputs);
    return y_hat.sub(wanted).square().mean();
  };
  const epoch = (order) => tf.tidy(() => {
    const whole = batch >= order.length; // then there is no order
    const rows = whole ? null : tf.tensor1d(order, "int32");
    const [inputs, wanted] = whole ? [X, y] : [X.gather(rows), y.gather(rows)];
    let seen = 0;
    for (let first = 0; first < order.length; first += batch) {
      const size = Math.min(batch, order.length - first);
      const [a, b] = whole ? [inputs, wanted] : [inputs.slice(first, size), wanted.slice(first, size)];
      seen += size * optimizer.minimize(() => loss(a, b), true).dataSync()[0];
    }
    return [seen / order.length, loss(unseen, targets).dataSync()[0]];
  });

  return {
    async train(orders) {
      await tf.setBackend(backend);
      let losses;
      for (const order of orders) losses = epoch(order);
      return losses;
    },
    async parameters() {
      await tf.setBackend(backend);
      return layers.flatMap((layer) => layer.flatMap((part) => [...part.dataSync()]));
    },
  };
}

export async function trainers(task) {
  const made = [];
  for (const backend of BACKENDS) made.push([`tfjs ${backend}`, await trainer(task, backend)]); // only one can be set
  return made;
}

// What the benchmark asks of the book's own worker: it trains with nnlib, and with its rivals, in one thread.

import * as convnetjs from "./with_convnetjs.mjs";
import * as tfjs from "./with_tfjs.mjs";

// Of each row and task: {train(orders, epochs) → [training loss, test loss] of the last epoch, parameters()}.
const trainers = {};
let python;

/** Numbers 0 … count − 1 in a new order, as often as it is asked for. */
function* orders(count, epochs) {
  const order = Int32Array.from({ length: count }, (_, i) => i);
  for (let epoch = 0; epoch < epochs; epoch += 1) {
    for (let i = count - 1; i > 0; i -= 1) {
      const j = Math.floor(Math.random() * (i + 1));
      [order[i], order[j]] = [order[j], order[i]];
    }
    yield order;
  }
}

/** nnlib's trainer, which draws its own orders. */
function nnlib(task) {
  const given = pyodide.toPy(task);
  const trainer = python.get("Trainer")(given);
  given.destroy();
  const [train, parameters, way] = [trainer.train, trainer.parameters, trainer.way];
  return { train: (_, epochs) => train(epochs).toJs(), parameters: () => parameters().toJs(), way: () => way() };
}

const asks = {
  /** Load the libraries. */
  async load() {
    const program = await (await fetch(new URL("with_nnlib.py", import.meta.url))).text();
    pyodide.runPython(program, { globals: (python = pyodide.toPy({})) });
    await Promise.all([convnetjs.load(), tfjs.load()]);
  },

  /** Make a trainer of each library for a task, and keep them under its name. */
  async make(name, task) {
    trainers[`nnlib ${name}`] = nnlib(task);
    trainers[`convnetjs ${name}`] = convnetjs.trainer(task);
    for (const backend of tfjs.BACKENDS) trainers[`tfjs ${backend} ${name}`] = await tfjs.trainer(task, backend);
  },

  /** Train for so many epochs, each in a new order; resolve to the milliseconds on the wall. */
  async run(row, name, count, epochs) {
    const began = performance.now();
    await trainers[`${row} ${name}`].train(orders(count, epochs), epochs);
    return performance.now() - began;
  },

  /** Train in the given orders; resolve to the losses of the last epoch, and the parameters. */
  async check(row, name, given) {
    const trainer = trainers[`${row} ${name}`];
    const losses = await trainer.train(given.map((order) => Int32Array.from(order)), given.length);
    return { losses, parameters: await trainer.parameters() };
  },

  /** Which way the last training of nnlib took. */
  way: (name) => trainers[`nnlib ${name}`].way(),
};

/** The answer to a question, as a message. */
export async function answer({ ask, id, args }) {
  try {
    return { id, value: await asks[ask](...args) };
  } catch (error) {
    return { id, error: String(error.stack ?? error) };
  }
}

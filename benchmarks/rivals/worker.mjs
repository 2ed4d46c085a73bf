// What the benchmark asks of the book's own worker: it trains with nnlib, and with its rivals, in one thread.

import * as convnetjs from "./with_convnetjs.mjs";
import * as tfjs from "./with_tfjs.mjs";

// Of each row and task: {train(orders, epochs) → [training loss, test loss] of the last epoch, parameters()}.
const trainers = {};
const rivals = [convnetjs, tfjs];
const grids = {};
let python, libraries;

// `ways` is a module there, as it is here.
const SET_WAYS = `
import sys, types
module = sys.modules["ways"] = types.ModuleType("ways")
exec(source, module.__dict__)`;

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

/** What nnlib offers, a trainer for each way; it draws its own orders. */
function* nnlib(task) {
  const given = pyodide.toPy(task);
  const made = python.get("trainers")(given);
  for (const [row, trainer] of made.toJs({ depth: 1 })) {
    const { train, parameters, maps } = trainer;
    yield [row, { train: (_, epochs) => train(epochs).toJs(), parameters: () => parameters().toJs(), maps }];
  }
  made.destroy();
  given.destroy();
}

/** The text of a file beside this one. */
const beside = async (name) => (await fetch(new URL(name, import.meta.url))).text();

const asks = {
  /** Load nnlib's part alone, or the rivals as well. */
  async load(all) {
    pyodide.runPython(SET_WAYS, { locals: pyodide.toPy({ source: await beside("ways.py") }) });
    python = pyodide.toPy({});
    pyodide.runPython(await beside("with_nnlib.py"), { globals: python });
    if (all) await Promise.all(rivals.map((rival) => rival.load()));
    libraries = all ? rivals : [];
  },

  /** Make a trainer for each row of a task, keep them under its name, and tell the rows. */
  async make(name, task) {
    const made = [...nnlib(task)];
    for (const rival of libraries) made.push(...await rival.trainers(task));
    for (const [row, trainer] of made) trainers[`${row} ${name}`] = trainer;
    return made.map(([row]) => row);
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

  /** Let every neuron answer to a grid of side × side points, so many times; resolve to the milliseconds on the wall. */
  maps(row, name, side, times) {
    const at = (i) => -6 + (12 * i) / (side - 1);
    grids[side] ??= Array.from({ length: side * side }, (_, i) => [at(i % side), at(Math.floor(i / side))]);
    const began = performance.now();
    trainers[`${row} ${name}`].maps(grids[side], times);
    return performance.now() - began;
  },

  /** Which way nnlib's trainings took since this was asked last. */
  way: () => pyodide.runPython("import ways; ways.told()"),
};

/** The answer to a question, as a message. */
export async function answer({ ask, id, args }) {
  try {
    return { id, value: await asks[ask](...args) };
  } catch (error) {
    return { id, error: String(error.stack ?? error) };
  }
}

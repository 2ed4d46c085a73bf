// Jupyter as a host: the kernel answers, and the settings are the widget's traits.

import { Figure } from "./figure/figure.mjs";
import { asJson, pack, unpack } from "./figure/protocol.mjs";

const PATIENCE = 4_000; // milliseconds without an answer before the reader is told
const REST = 120; // milliseconds without a change, after which the hand rests
const BREATH = 5; // milliseconds in which the kernel may say more, before the view nods
const NODS = 4; // at most, for each question: one that is never answered must not keep the view and the kernel nodding

function render({ model, el }) {
  el.innerHTML = model.get("_markup");
  // The keys are for what has the focus, not for the notebook: JupyterLab asks the very element.
  el.addEventListener("focusin", ({ target }) => { target.dataset.lmSuppressShortcuts = "true"; });
  const element = el.querySelector(".nn-figure");
  const asked = new Map();
  const mine = Math.random().toString(36).slice(2); // a widget may be shown twice, and both hear every answer
  let count = 0;
  let gone = false;
  let writing = false;
  let resting = 0;
  let nodding = 0;
  let nods = 0;
  const save = () => {
    clearTimeout(resting);
    resting = 0;
    model.save_changes();
  };
  const same = (name, value) => JSON.stringify(model.get(name)) === JSON.stringify(asJson(value));

  const send = (...what) => {
    try {
      if (!gone) model.send(...what);
    } catch {
      gone = true; // there is no wire to send on any more
    }
    if (gone) stop();
  };
  // Before the kernel answers, it says that it is busy. Jupyter's server keeps a small message back until the browser's
  // system has acknowledged the one before, and the system puts that off by some 40 ms, unless there is something to
  // send. So while a question is out, the view nods at what the kernel says: it sends an empty message.
  const nod = () => {
    nodding = 0;
    if (!asked.size || nods === NODS) return;
    nods += 1;
    send({}, callbacks);
  };
  const callbacks = { iopub: { status: () => { nodding ||= setTimeout(nod, BREATH); } } };

  const figure = new Figure(element, {
    request(message) {
      const { text, buffers } = pack(message);
      const id = `${mine}-${(count += 1)}`;
      const silence = "The kernel does not answer yet: it may be busy with another cell.";
      const late = setTimeout(() => figure.engine("waking", silence), PATIENCE);
      return new Promise((resolve, reject) => {
        asked.set(id, { resolve, reject });
        nods = 0;
        send({ id, text }, callbacks, buffers);
      }).finally(() => clearTimeout(late));
    },
    wake: () => figure.refresh(),
    changed(settings) {
      const moved = Object.keys(settings).filter((name) => !same(name, settings[name]));
      writing = true; // the model tells of each at once, while the others are still the old ones
      moved.forEach((name) => model.set(name, asJson(settings[name])));
      writing = false;
      if (!moved.length) return;
      clearTimeout(resting); // each picture needs one question and one answer; the traits follow when the hand rests
      resting = setTimeout(save, REST);
    },
    link(name, changed, settings) {
      const all = Object.entries(settings).map(([setting, value]) => `, ${setting}=${JSON.stringify(value)}`);
      return `figure(${JSON.stringify(name)}${all.join("")})`; // the widget may have begun with settings of its own
    },
  });

  const hear = ({ id, text }, buffers) => {
    asked.get(id)?.resolve(unpack({ text, buffers }));
    asked.delete(id);
  };
  const stop = () => {
    const message = "The kernel of this figure has stopped or restarted: run its cell again.";
    figure.engine("failed", `${message} The picture stays as it is.`);
    asked.forEach(({ reject }) => reject(Object.assign(new Error(message), { name: "EngineError" })));
    asked.clear();
    gone = true; // a new kernel knows nothing of this widget
  };
  const follow = () => {
    if (writing) return;
    const moved = Object.keys(figure.settings).filter((name) => !same(name, figure.settings[name]));
    if (moved.length) figure.change(Object.fromEntries(moved.map((name) => [name, model.get(name)])), false);
  };
  const heard = { "msg:custom": hear, change: follow, comm_live_update: stop, "comm:close": stop };
  for (const [event, act] of Object.entries(heard)) model.on(event, act);
  follow(); // the markup is that of the widget's first moment, and cells may have set traits since
  figure.refresh();
  return () => {
    if (resting) save();
    for (const [event, act] of Object.entries(heard)) model.off(event, act);
    figure.close();
  };
}

export default { render };

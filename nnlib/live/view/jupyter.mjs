// Jupyter as a host: the kernel answers, and the settings are the widget's traits.

import { Figure } from "./figure/figure.mjs";
import { asJson, pack, unpack } from "./figure/protocol.mjs";

const PATIENCE = 4_000; // milliseconds without an answer before the reader is told
const REST = 120; // milliseconds without a change, after which the hand rests
const BREATH = 5; // milliseconds in which the kernel may say more, before the view nods
const NODS = 4; // at most, for each request: one without an answer must not keep the view and the kernel nodding

/** The kernel, asked over the widget's wire. */
class Kernel {
  #model;
  /** Tells how the kernel is: see Figure.engine. */
  #tell;
  /** @type {Map<string, {resolve: (reply: any) => void, reject: (error: Error) => void}>} */
  #asked = new Map();
  #mine = Math.random().toString(36).slice(2); // a widget may be shown twice, and both hear every answer
  #count = 0;
  #gone = false;
  #nods = 0;
  #nodding = false;
  #callbacks = { iopub: { status: () => this.#nodSoon() } };

  constructor(model, tell) {
    this.#model = model;
    this.#tell = tell;
  }

  request(message) {
    const { text, buffers } = pack(message);
    const id = `${this.#mine}-${(this.#count += 1)}`;
    const silence = "The kernel does not answer yet: it may be busy with another cell.";
    const late = setTimeout(() => this.#tell("waking", silence), PATIENCE);
    return new Promise((resolve, reject) => {
      this.#asked.set(id, { resolve, reject });
      this.#nods = 0;
      this.#send({ id, text }, this.#callbacks, buffers);
    }).finally(() => clearTimeout(late));
  }

  hear({ id, text }, buffers) {
    this.#asked.get(id)?.resolve(unpack({ text, buffers }));
    this.#asked.delete(id);
  }

  stop() {
    const message = "The kernel of this figure has stopped or restarted: run its cell again.";
    this.#tell("failed", `${message} The picture stays as it is.`);
    this.#asked.forEach(({ reject }) => reject(Object.assign(new Error(message), { name: "EngineError" })));
    this.#asked.clear();
    this.#gone = true; // a new kernel knows nothing of this widget
  }

  #send(...what) {
    try {
      if (!this.#gone) this.#model.send(...what);
    } catch {
      this.#gone = true; // there is no wire to send on any more
    }
    if (this.#gone) this.stop();
  }

  // Before the kernel answers, it says that it is busy. Jupyter's server keeps a small message back until the browser's
  // system has acknowledged the one before, and the system puts that off by some 40 ms, unless there is something to
  // send. So while a request is out, the view nods at what the kernel says: it sends an empty message.
  #nodSoon() {
    if (this.#nodding) return;
    this.#nodding = true;
    setTimeout(() => this.#nod(), BREATH);
  }

  #nod() {
    this.#nodding = false;
    if (!this.#asked.size || this.#nods === NODS) return;
    this.#nods += 1;
    this.#send({}, this.#callbacks);
  }
}

/** The settings, as the widget's traits: cells set them, and read what the reader has set. */
class Traits {
  #model;
  #writing = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #resting;

  constructor(model) {
    this.#model = model;
  }

  /** Let the traits be as these settings are. */
  write(settings) {
    const moved = this.#moved(settings);
    this.#writing = true; // the model tells of each at once, while the others are still the old ones
    moved.forEach((name) => this.#model.set(name, asJson(settings[name])));
    this.#writing = false;
    if (!moved.length) return;
    clearTimeout(this.#resting); // each picture needs one request and one answer; the traits follow when the hand rests
    this.#resting = setTimeout(() => this.#save(), REST);
  }

  /** Those traits that are not as these settings are. */
  read(settings) {
    const moved = this.#writing ? [] : this.#moved(settings);
    return Object.fromEntries(moved.map((name) => [name, this.#model.get(name)]));
  }

  close() {
    if (this.#resting !== undefined) this.#save();
  }

  #moved(settings) {
    const isSame = (name) => JSON.stringify(this.#model.get(name)) === JSON.stringify(asJson(settings[name]));
    return Object.keys(settings).filter((name) => !isSame(name));
  }

  #save() {
    clearTimeout(this.#resting);
    this.#resting = undefined;
    this.#model.save_changes();
  }
}

function render({ model, el }) {
  el.innerHTML = model.get("_markup");
  // The keys are for what has the focus, not for the notebook: JupyterLab asks the very element.
  el.addEventListener("focusin", ({ target }) => { target.dataset.lmSuppressShortcuts = "true"; });
  const kernel = new Kernel(model, (state, sentence) => figure.engine(state, sentence));
  const traits = new Traits(model);
  const figure = new Figure(el.querySelector(".nn-figure"), {
    request: (message) => kernel.request(message),
    wake: () => figure.refresh(),
    changed: (settings) => traits.write(settings),
    link(name, changed, settings, hidden) {
      const given = Object.entries(settings).filter(([, value]) => value !== null); // nothing is pinned
      const all = given.map(([setting, value]) => `, ${setting}=${JSON.stringify(value)}`);
      const hide = hidden.length ? `, hide=${JSON.stringify(hidden)}` : "";
      // All of them: the widget may have begun with settings of its own.
      return `figure(${JSON.stringify(name)}${all.join("")}${hide})`;
    },
  });
  const follow = () => {
    const changes = traits.read(figure.settings);
    if (Object.keys(changes).length) figure.change(changes, false);
  };
  const stop = () => kernel.stop();
  const heard = {
    "msg:custom": (content, buffers) => kernel.hear(content, buffers),
    change: follow,
    comm_live_update: stop,
    "comm:close": stop,
  };
  for (const [event, act] of Object.entries(heard)) model.on(event, act);
  follow(); // the markup is that of the widget's first moment, and cells may have set traits since
  figure.refresh();
  return () => {
    traits.close();
    for (const [event, act] of Object.entries(heard)) model.off(event, act);
    figure.close();
  };
}

export default { render };

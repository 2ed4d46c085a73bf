// Jupyter as a host: the kernel answers, and the settings are the widget's traits.

import { Figure } from "./figure.mjs";
import { pack, plain, unpack } from "./protocol.mjs";

const REST = 120; // milliseconds without a change, after which the hand rests

function render({ model, el }) {
  el.innerHTML = model.get("_markup");
  // The keys are for what has the focus, not for the notebook: JupyterLab asks the very element.
  el.addEventListener("focusin", ({ target }) => { target.dataset.lmSuppressShortcuts = "true"; });
  const element = el.querySelector(".nn-figure");
  const asked = new Map();
  const mine = Math.random().toString(36).slice(2); // a widget may be shown twice, and both hear every answer
  let count = 0;
  let resting = 0;
  const save = () => {
    clearTimeout(resting);
    resting = 0;
    model.save_changes();
  };
  const same = (name, value) => JSON.stringify(model.get(name)) === JSON.stringify(plain(value));

  const figure = new Figure(element, {
    request(message) {
      const { text, buffers } = pack(message);
      const id = `${mine}-${(count += 1)}`;
      return new Promise((resolve) => {
        asked.set(id, resolve);
        model.send({ id, text }, undefined, buffers);
      });
    },
    wake() {},
    changed(settings) {
      const moved = Object.keys(settings).filter((name) => !same(name, settings[name]));
      moved.forEach((name) => model.set(name, plain(settings[name])));
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
    asked.get(id)?.(unpack({ text, buffers }));
    asked.delete(id);
  };
  const follow = () => {
    const moved = Object.keys(figure.settings).filter((name) => !same(name, figure.settings[name]));
    if (moved.length) figure.change(Object.fromEntries(moved.map((name) => [name, model.get(name)])), false);
  };
  model.on("msg:custom", hear);
  model.on("change", follow);
  follow(); // the markup is that of the widget's first moment, and cells may have set traits since
  figure.refresh();
  return () => {
    if (resting) save();
    model.off("msg:custom", hear);
    model.off("change", follow);
  };
}

export default { render };

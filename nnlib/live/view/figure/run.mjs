// A run of training in a figure: it steps, plays, pauses, begins anew and rewinds.

import { onSlide } from "../controls/slide.mjs";
import { write } from "../dom.mjs";
import { History } from "./history.mjs";

export class Run {
  #figure;
  /** A token while it plays: a later run has another one. @type {object | null} */
  #playing = null;
  #button;
  #rewind;
  /** What the figure opened with. @type {Reply} */
  #opening;
  history;

  constructor(figure) {
    this.#figure = figure;
    this.#opening = figure.reply;
    this.history = new History(null, figure.settings);
    this.#open();
    const find = (name) => figure.element.querySelector(`[data-do="${name}"]`);
    this.#button = find("play");
    this.#rewind = find("rewind");
    if (this.#rewind) onSlide(this.#rewind, () => this.#goTo(Number(this.#rewind.value)));
    this.show();
  }

  step() {
    this.#figure.requests.want(1);
  }

  playOrPause() {
    if (this.#playing) this.stop();
    else this.#play();
  }

  stop() {
    this.#playing = null;
    this.#showPlaying();
  }

  restart() {
    if (!this.#button) return; // nothing trains: the state that it came with stays
    this.stop();
    this.history.restart(null, this.#figure.settings);
    this.#replace();
  }

  /** Go back to where the figure opened; what it can set is set back by its caller. */
  reopen() {
    if (!this.#button) return;
    this.stop();
    this.#open();
    this.#replace();
  }

  /** Take a reply's state, so many steps on, with these settings; `edited` is one that a hand has changed. */
  take(reply, { steps, settings, edited }) {
    const over = this.#figure.reply.finished && reply.finished;
    if (!steps) this.history.keep(reply.state, edited);
    else if (!over) this.history.add(reply.state, steps, settings);
  }

  show() {
    if (!this.#rewind) return;
    this.#rewind.max = this.history.last;
    this.#rewind.value = this.history.at;
    this.#rewind.setAttribute("aria-valuetext", `step ${this.history}`);
    write(this.#rewind.nextElementSibling, String(this.history));
  }

  #open() {
    const { before = [], state, settings } = this.#opening;
    const [first, ...later] = [...before, state];
    this.history.restart(first, settings);
    for (const next of later) this.history.add(next, 1, settings);
  }

  async #play() {
    const { element, requests } = this.#figure;
    const run = (this.#playing = {});
    this.#showPlaying();
    while (this.#playing === run) {
      const begun = performance.now();
      await requests.answer(1).catch(() => this.stop()); // the reader has been told
      if (this.#playing === run && (this.#figure.reply.finished || !element.isConnected)) this.stop();
      const rest = Number(element.dataset.pace) - (performance.now() - begun);
      await new Promise((done) => { setTimeout(() => requestAnimationFrame(done), Math.max(0, rest)); });
    }
  }

  #goTo(index) {
    this.stop();
    this.history.goTo(index);
    this.#replace();
  }

  /** Ask for a picture of a state that was put in the present one's place. */
  #replace() {
    this.#figure.requests.forgetSteps();
    this.#figure.refresh();
  }

  #showPlaying() {
    if (!this.#button) return;
    write(this.#button, this.#playing ? "Pause" : "Play");
    this.#button.classList.toggle("nn-on", Boolean(this.#playing));
    this.#figure.status.speak(!this.#playing); // playing is too fast to be heard
  }
}

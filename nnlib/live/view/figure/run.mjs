// A run of training in a figure: it steps, plays, pauses, begins anew and rewinds.

import { onSlide } from "../controls/slide.mjs";
import { write } from "../dom.mjs";
import { History } from "./history.mjs";
import { MOST_STEPS } from "./protocol.mjs";
import { Speed } from "./speed.mjs";

const A_FRAME = 16; // milliseconds

export class Run {
  #figure;
  /** A token while it plays: a later run has another one. @type {object | null} */
  #playing = null;
  #button;
  #rewind;
  /** Of a figure that has a slider for it. @type {Speed | null} */
  #speed;
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
    this.#speed = find("speed") && new Speed(find("speed"));
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

  /** A token while it plays, for each time another one; else null. */
  get playing() {
    return this.#playing;
  }

  stop() {
    this.#playing = null;
    this.#speed?.end();
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

  /** How many steps to ask for while this reply is drawn, which came of so many; 0 where it does not play on. */
  next(reply, steps) {
    if (!this.#speed) return 0;
    this.#speed.measure(this.#made(reply, steps), reply.took);
    return this.#playing && !reply.finished ? this.#speed.steps : 0;
  }

  /** Take a reply's state, so many steps on, with these settings; `edited` is one that a hand has changed. */
  take(reply, { steps, settings, edited }) {
    const { history } = this;
    const [before] = reply.span ?? [history.step];
    const made = this.#made(reply, steps);
    const isAnew = before !== history.step; // with these settings
    if (isAnew && (made || edited)) history.restart(before ? history.present : null, settings, before);
    if (made) history.add(reply.state, made, settings, edited);
    else history.keep(reply.state, edited);
    if (steps && !made) this.#figure.say(reply.over);
  }

  /**
   * Train again what leads to a step whose state is not kept, until the reader wants another one; resolve to the error
   * where that fails.
   */
  async catchUp() {
    const { history } = this;
    const { host, name } = this.#figure;
    const { age } = history;
    while (age === history.age && history.missing) {
      const { settings, steps } = history.missing;
      const some = Math.min(steps, MOST_STEPS);
      const asked = { kind: "state", explorable: name, settings, state: history.present, steps: some };
      const { state, error } = await host.request(asked);
      if (age !== history.age) return null;
      if (error) history.stay();
      if (error) return error;
      history.fill(state, some);
    }
    return null;
  }

  show() {
    if (!this.#rewind) return;
    const { history } = this;
    const [, at] = this.#figure.reply.span ?? [0, history.step];
    const isAnew = at !== history.step; // with the present settings; with those of before the run is there again
    const [min, max, value] = isAnew ? [at, at, at] : [history.first, history.last, at];
    Object.assign(this.#rewind, { min, max, value });
    const count = isAnew ? `${at} of ${at}` : String(history);
    this.#rewind.setAttribute("aria-valuetext", `step ${count}`);
    write(this.#rewind.nextElementSibling, count);
  }

  /** How many steps were made; none by a run that was over. */
  #made(reply, steps) {
    const [before, after] = reply.span ?? [0, steps];
    return this.#figure.reply.finished && reply.finished ? 0 : after - before;
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
    this.#speed?.begin();
    this.#showPlaying();
    while (this.#playing === run) {
      const begun = performance.now();
      await requests.answer(this.#speed?.steps ?? 1).catch(() => this.stop()); // the reader has been told
      if (this.#playing === run && (this.#figure.reply.finished || !element.isConnected)) this.stop();
      const took = performance.now() - begun;
      const rest = Number(element.dataset.pace) - took;
      // A picture that took a frame's time has been waited for; nobody sees one while the page is hidden.
      if (rest > 0) await new Promise((done) => { setTimeout(done, rest); });
      if (rest > 0 || took < A_FRAME || document.hidden) await new Promise(requestAnimationFrame);
    }
  }

  #goTo(step) {
    this.stop();
    this.history.goTo(step);
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

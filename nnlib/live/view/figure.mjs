// A figure: it keeps the settings and the states, asks its host for pictures, and shows them.

import { Bars, Equations, Image, Series } from "./charts.mjs";
import { Controls } from "./controls.mjs";
import { Network } from "./network.mjs";
import { Pad } from "./pad.mjs";
import { Plane } from "./plane.mjs";
import { plain, unpackBase64 } from "./protocol.mjs";

const KINDS = { plane: Plane, network: Network, bars: Bars, series: Series, image: Image, pad: Pad, equations: Equations };
const LONGEST_HISTORY = 5000;

/**
 * A host has `request(message)`, which resolves to the reply and rejects where there is no engine to ask; `wake()`;
 * `changed(settings)`, called after each change; and `link(name, changed)`, the text that brings these settings back.
 */
export class Figure {
  constructor(element, host) {
    Object.assign(this, { element, host, name: element.dataset.explorable });
    this.reply = unpackBase64(JSON.parse(element.querySelector(".nn-data").textContent));
    this.settings = { ...this.reply.settings };
    this.defaults = { ...this.reply.settings };
    this.states = [this.reply.state];
    this.at = 0;
    this.age = 0; // grows when the present state is replaced by hand: an answer to an older question is then void
    this.controls = new Controls(element, (changes) => this.change(changes));
    this.panels = new Map();
    for (const panel of this.reply.picture) this.#mountPanel(panel);
    this.#mountButtons();
    new ResizeObserver(() => this.redraw()).observe(element);
    Object.defineProperty(element, "picture", { get: () => this.reply.picture });
    element.set = (changes) => this.#asked(() => this.change(changes, false));
    element.advance = (steps) => this.#asked(() => this.#want(steps));
    this.redraw();
  }

  /** Change settings; `fit`, for what a hand set, moves each to its nearest legal value. */
  change(changes, fit = true) {
    for (const [name, value] of Object.entries(changes)) this.settings[name] = fit ? this.controls.fit(name, value) : value;
    this.controls.show(this.settings);
    this.host.changed(this.settings);
    if (this.said) this.say("");
    this.#want(0);
  }

  redraw() {
    for (const panel of this.reply.picture) this.panels.get(panel.name)?.draw(panel);
  }

  /** The engine's state, "still", "waking", "live" or "failed", and a sentence about it. */
  engine(state, sentence = "") {
    this.element.dataset.state = state;
    this.ofEngine = sentence;
    this.#showStatus();
    if (state === "failed") this.status.append(" ", this.#button("Try again", () => { this.host.wake(); this.#want(0); }));
  }

  /** Say something to the reader; it stands until the next change. */
  say(sentence) {
    this.said = sentence;
    this.#showStatus();
  }

  #showStatus() {
    const text = [this.ofEngine, this.said].filter(Boolean).join(" ");
    if (this.status.textContent !== text) this.status.textContent = text;
  }

  /** Ask for a fresh picture, whatever the reader did meanwhile included. */
  refresh() {
    return this.#want(0);
  }

  #asked(ask) {
    return new Promise((resolve, reject) => {
      this.wanted ??= { steps: 0, waiting: [] };
      this.wanted.waiting.push({ resolve, reject });
      ask();
    });
  }

  // At most one question is out, and one waits; newer wishes join the one that waits, so frames are dropped, not queued.
  #want(steps) {
    this.wanted ??= { steps: 0, waiting: [] };
    this.wanted.steps += steps;
    this.asking ??= this.#askAll();
    return this.asking;
  }

  async #askAll() {
    await null; // changes made in one breath are one question
    while (this.wanted) {
      const { steps, waiting } = this.wanted;
      this.wanted = null;
      const age = this.age;
      try {
        const message = { explorable: this.name, settings: { ...this.settings }, state: this.states[this.at], steps };
        const reply = await this.host.request(message);
        if (reply.error) throw Object.assign(new Error(reply.error.message), { name: reply.error.kind });
        if (age === this.age) this.#take(reply, steps);
        waiting.forEach(({ resolve }) => resolve(this.reply.picture));
      } catch (error) {
        this.#refused(error, waiting);
      }
    }
    this.asking = null;
  }

  #take(reply, steps) {
    this.reply = reply;
    if (steps) this.states.splice(this.at + 1, Infinity, reply.state);
    else this.states[this.at] = reply.state;
    if (this.states.length > LONGEST_HISTORY) this.states.splice(1, 1);
    this.at = steps ? this.states.length - 1 : this.at;
    if (this.element.dataset.state !== "live") this.engine("live");
    this.redraw();
    this.sentence.textContent = reply.sentence;
    this.#showChallenge(reply.challenge);
    this.#showHistory();
  }

  #refused(error, waiting) {
    this.stop();
    if (error.name !== "EngineError") {
      this.settings = { ...this.reply.settings }; // the last that made a picture
      this.controls.show(this.settings);
      this.engine("live");
      this.say(`${error.message} The figure keeps its last good settings.`);
    }
    waiting.forEach(({ reject }) => reject(error));
  }

  #mountPanel(panel) {
    const body = this.element.querySelector(`[data-panel="${panel.name}"] .nn-panel-body`);
    body.replaceChildren();
    this.panels.set(panel.name, new KINDS[panel.kind](body, this, panel));
  }

  #mountButtons() {
    const find = (name) => this.element.querySelector(name);
    const on = (name, act) => find(`[data-do="${name}"]`)?.addEventListener("click", act);
    [this.status, this.sentence, this.challengeLine] = [".nn-status", ".nn-sentence", ".nn-challenge"].map(find);
    this.playButton = find('[data-do="play"]');
    this.rewind = find('[data-do="rewind"]');
    on("step", () => this.#want(1));
    on("play", () => (this.playing ? this.stop() : this.#play()));
    on("restart", () => this.#restart());
    on("reset", () => { this.#restart(); this.change(this.defaults, false); });
    on("copy", () => this.#copyLink());
    this.rewind?.addEventListener("input", () => this.#goTo(Number(this.rewind.value)));
    for (const button of this.element.querySelectorAll("[data-preset]")) {
      button.addEventListener("click", () => { this.#restart(); this.change(JSON.parse(button.dataset.preset), false); });
    }
    this.#showChallenge(this.reply.challenge);
  }

  #button(text, act) {
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: text });
    button.addEventListener("click", act);
    return button;
  }

  async #play() {
    this.playing = true;
    this.#showPlaying();
    while (this.playing) {
      const [begun, before] = [performance.now(), this.states.length];
      await this.#want(1);
      if (this.reply.finished || this.states.length === before) this.stop();
      const rest = Number(this.element.dataset.pace) - (performance.now() - begun);
      await new Promise((done) => { setTimeout(() => requestAnimationFrame(done), Math.max(0, rest)); });
    }
  }

  stop() {
    this.playing = false;
    this.#showPlaying();
  }

  #showPlaying() {
    if (!this.playButton) return;
    this.playButton.textContent = this.playing ? "Pause" : "Play";
    this.playButton.setAttribute("aria-pressed", String(this.playing));
  }

  #restart() {
    this.stop();
    this.age += 1;
    this.states = [null]; // null asks for a start from the present settings
    this.at = 0;
    this.#want(0);
  }

  #goTo(index) {
    this.stop();
    this.age += 1;
    this.at = Math.min(index, this.states.length - 1);
    this.#want(0);
  }

  #showHistory() {
    if (!this.rewind) return;
    this.rewind.max = this.states.length - 1;
    this.rewind.value = this.at;
    this.rewind.nextElementSibling.textContent = `${this.at} of ${this.states.length - 1}`;
  }

  #showChallenge(challenge) {
    this.challengeLine.textContent = challenge ? `${challenge.done ? "✔" : "○"} ${challenge.task}` : "";
    this.challengeLine.classList.toggle("nn-done", Boolean(challenge?.done));
  }

  async #copyLink() {
    const same = (name) => JSON.stringify(plain(this.settings[name])) === JSON.stringify(plain(this.defaults[name]));
    const changed = Object.keys(this.settings).filter((name) => !same(name));
    const link = this.host.link(this.name, Object.fromEntries(changed.map((name) => [name, plain(this.settings[name])])));
    try {
      await navigator.clipboard.writeText(link);
      this.say("Copied: whoever opens it sees these settings.");
    } catch {
      this.say(`Copy this: ${link}`); // no clipboard here, say in an insecure context
    }
  }
}

// A figure: it keeps the settings and the states, asks its host for pictures, and shows them.

import { write } from "../dom.mjs";
import { Bars, Image } from "../panels/charts.mjs";
import { Network } from "../panels/network.mjs";
import { Equations, Matrices, Table } from "../panels/numbers.mjs";
import { Pad } from "../panels/pad.mjs";
import { palette } from "../panels/paint.mjs";
import { Plane } from "../panels/plane.mjs";
import { Controls } from "./controls.mjs";
import { offerFullScreen } from "./fullscreen.mjs";
import { Highlight } from "./highlight.mjs";
import { History } from "./history.mjs";
import { showProgram } from "./program.mjs";
import { asJson, crossed, unpackBase64 } from "./protocol.mjs";
import { RequestQueue } from "./requests.mjs";

const nothing = () => Object.create(null); // settings may come with any names, even those that every object has
const KINDS = {
  plane: Plane, series: Plane, network: Network, bars: Bars, image: Image, pad: Pad, table: Table, matrices: Matrices, equations: Equations,
};
const PAPER = "38rem"; // the text on A4 and on Letter is a little wider

/**
 * A host has `request(message)`, which resolves to the reply and rejects where there is no engine to ask; `wake()`;
 * `changed(settings)`, called after each change; and `link(name, changed, settings)`, the text that brings them back.
 */
export class Figure {
  constructor(element, host) {
    Object.assign(this, { element, host, name: element.dataset.explorable });
    this.reply = unpackBase64(JSON.parse(element.querySelector(".nn-data").textContent));
    this.settings = { ...this.reply.settings };
    this.defaults = { ...this.reply.settings };
    this.proposed = nothing();
    this.history = new History(this.reply.state, this.settings);
    this.requests = new RequestQueue((steps) => this.#ask(steps));
    this.controls = new Controls(element, (changes) => this.change(changes));
    this.highlight = new Highlight(element);
    this.panels = new Map();
    for (const panel of this.reply.picture) this.#mountPanel(panel);
    this.#mountButtons();
    const size = new ResizeObserver(() => this.redraw());
    size.observe(element);
    const theme = new MutationObserver(() => this.redraw());
    const paper = new AbortController(); // no observer is told of a printed page's width before the page is printed
    for (const [event, width] of Object.entries({ beforeprint: PAPER, afterprint: "" })) {
      addEventListener(event, () => { element.style.width = width; this.redraw(); }, { signal: paper.signal });
    }
    this.observers = [size, theme, { disconnect: () => paper.abort() }];
    theme.observe(document.documentElement, { attributeFilter: ["data-theme"] });
    theme.observe(document.body, { attributeFilter: ["data-jp-theme-light"] });
    Object.defineProperty(element, "picture", { get: () => this.reply.picture });
    element.set = async (changes) => {
      this.propose(changes);
      return this.requests.answer();
    };
    element.advance = (steps) => this.requests.answer(steps);
    this.redraw();
  }

  /** Change settings, to legal values; `fit`, for what a hand set, moves each to the nearest one. */
  change(changes, fit = true) {
    for (const [name, value] of Object.entries(changes)) {
      this.settings[name] = fit ? this.controls.fit(name, value) : value;
      delete this.proposed[name];
    }
    this.controls.show(this.settings);
    this.host.changed(this.settings);
    if (this.said) this.say("");
    this.refresh();
  }

  /** Propose settings of any kind, from a link or a program: the figure's own are changed when Python has taken them. */
  propose(changes) {
    if (changes === null || typeof changes !== "object" || Array.isArray(changes)) {
      throw new TypeError("Settings are an object: names, and a value for each.");
    }
    Object.assign(this.proposed, crossed(changes));
    if (this.said) this.say("");
    this.refresh();
  }

  /** Change parts of the state by hand, by the names that the picture gives them. */
  edit(changes) {
    this.stop();
    this.edits = { ...this.edits, ...changes };
    this.refresh();
  }

  /** Ask for a fresh picture of the present settings. */
  refresh() {
    this.requests.want();
  }

  redraw(picture = this.reply.picture) {
    if (picture.length !== this.panels.size) throw new RangeError(`it has ${picture.length} panels, not ${this.panels.size}`);
    // All is measured first: between two changes the browser would have to lay out the page for each.
    const colors = palette(this.element);
    const panels = picture.map((panel) => {
      const { body, ...rest } = this.panels.get(panel.name);
      return { panel, ...rest, place: { width: body.clientWidth, height: body.clientHeight, colors } };
    });
    for (const { panel, title, drawn, place } of panels) {
      write(title, panel.label); // it may count something
      drawn.draw(panel, place);
    }
    this.highlight.show(picture);
  }

  /** The engine's state, "still", "waking", "live" or "failed", a sentence about it, and how far it is, 0 to 1. */
  engine(state, sentence = "", share = null) {
    this.element.dataset.state = state;
    write(this.progress, share === null ? "" : `${Math.round(100 * share)} %`);
    this.retry.hidden = state !== "failed";
    this.ofEngine = sentence;
    this.#showStatus();
  }

  /** Say something to the reader; it stands until the next change. */
  say(sentence) {
    this.said = sentence;
    this.#showStatus();
  }

  /** Let go of the page, which may live on without this figure. */
  close() {
    this.stop();
    this.observers.forEach((observer) => observer.disconnect());
  }

  stop() {
    this.playing = null;
    this.#showPlaying();
  }

  async #ask(steps) {
    const { age } = this.history;
    const { edits = null } = this;
    const [settings, proposed] = [{ ...this.settings }, Object.assign(nothing(), this.proposed)];
    const all = Object.assign(nothing(), settings, proposed);
    this.edits = null;
    let reply;
    try {
      reply = await this.host.request({ explorable: this.name, settings: all, state: this.history.present, edits, steps });
    } catch (error) {
      this.stop();
      throw error;
    }
    if (reply.error) throw this.#rollBack(reply.error, settings, proposed);
    if (age !== this.history.age) return this.reply.picture;
    const before = { ...this.settings };
    const taken = this.#takeBackJudged(proposed);
    for (const name of taken) settings[name] = this.settings[name] = reply.settings[name];
    try {
      this.redraw(reply.picture);
    } catch (error) {
      Object.assign(this.settings, before);
      throw this.#rollBack({ kind: error.name, message: `This picture can't be drawn: ${error.message}.` }, settings, proposed);
    }
    if (taken.length) {
      this.controls.show(this.settings);
      this.host.changed(this.settings);
    }
    this.#accept(reply, { steps, settings, edited: Boolean(edits) });
    return reply.picture;
  }

  #accept(reply, { steps, settings, edited }) {
    if (steps && this.said) this.say("");
    if (!steps) this.history.keep(reply.state, edited);
    else if (!(this.reply.finished && reply.finished)) this.history.add(reply.state, steps, settings);
    this.reply = reply;
    if (this.element.dataset.state !== "live") this.engine("live");
    write(this.sentence, reply.sentence);
    this.#showChallenge();
    this.#showHistory();
  }

  // What was proposed is dropped, and the rest asked again without it. Where nothing was, a setting by hand met a fault: each
  // goes back to the last one that made a picture, unless the reader has changed it since; so does a state that can't start.
  #rollBack({ kind, message }, refused, proposed) {
    this.stop();
    if (this.#takeBackJudged(proposed).length) this.refresh();
    else {
      for (const [name, value] of Object.entries(refused)) {
        if (this.settings[name] === value) this.settings[name] = this.reply.settings[name];
      }
      if (this.history.present === null) this.history.restart(this.reply.state, this.settings);
      this.controls.show(this.settings);
      this.host.changed(this.settings);
    }
    this.engine("live");
    this.redraw();
    this.say(`${message} The figure stays as it was.`);
    return Object.assign(new Error(message), { name: kind, told: true });
  }

  // Take back what was proposed and has been judged, unless it was replaced meanwhile; return its names.
  #takeBackJudged(proposed) {
    const judged = Object.keys(proposed).filter((name) => this.proposed[name] === proposed[name]);
    judged.forEach((name) => delete this.proposed[name]);
    return judged;
  }

  #mountPanel(panel) {
    const [title, body] = ["title", "body"].map((part) => this.element.querySelector(`[data-panel="${panel.name}"] .nn-panel-${part}`));
    body.replaceChildren();
    this.panels.set(panel.name, { title, body, drawn: new KINDS[panel.kind](body, this, panel) });
  }

  #mountButtons() {
    const find = (name) => this.element.querySelector(name);
    const on = (name, act) => find(`[data-do="${name}"]`)?.addEventListener("click", act);
    [this.status, this.progress, this.sentence, this.challengeLine] = [".nn-status", ".nn-progress", ".nn-sentence", ".nn-challenge"].map(find);
    [this.retry, this.playButton, this.rewind] = ["retry", "play", "rewind"].map((name) => find(`[data-do="${name}"]`));
    on("retry", () => this.host.wake());
    on("step", () => this.requests.want(1));
    on("play", () => (this.playing ? this.stop() : this.#play()));
    on("restart", () => this.#restart());
    on("reset", () => { this.#restart(); this.change(this.defaults, false); });
    on("copy", () => this.#copyLink());
    on("code", () => this.#export());
    offerFullScreen(this.element, find('[data-do="full"]'));
    this.rewind?.addEventListener("input", () => this.#goTo(Number(this.rewind.value)));
    for (const button of this.element.querySelectorAll("[data-preset]")) {
      button.addEventListener("click", () => { this.#restart(); this.change(JSON.parse(button.dataset.preset), false); });
    }
    this.#showChallenge();
  }

  async #play() {
    const run = (this.playing = {}); // a token: a later run is another one
    this.#showPlaying();
    while (this.playing === run) {
      const begun = performance.now();
      await this.requests.answer(1).catch(() => this.stop()); // the reader has been told
      if (this.playing === run && (this.reply.finished || !this.element.isConnected)) this.stop();
      const rest = Number(this.element.dataset.pace) - (performance.now() - begun);
      await new Promise((done) => { setTimeout(() => requestAnimationFrame(done), Math.max(0, rest)); });
    }
  }

  #restart() {
    if (!this.playButton) return; // nothing trains: the state that it came with stays
    this.stop();
    this.history.restart(null, this.settings);
    this.requests.forgetSteps();
    this.refresh();
  }

  #goTo(index) {
    this.stop();
    this.history.goTo(index);
    this.requests.forgetSteps();
    this.refresh();
  }

  #showStatus() {
    write(this.status, [this.ofEngine, this.said].filter(Boolean).join(" "));
  }

  #showPlaying() {
    if (!this.playButton) return;
    write(this.playButton, this.playing ? "Pause" : "Play");
    this.playButton.classList.toggle("nn-on", Boolean(this.playing));
    this.sentence.setAttribute("aria-live", this.playing ? "off" : "polite"); // too fast to be heard
  }

  #showHistory() {
    if (!this.rewind) return;
    this.rewind.max = this.history.last;
    this.rewind.value = this.history.at;
    this.rewind.setAttribute("aria-valuetext", `step ${this.history}`);
    write(this.rewind.nextElementSibling, String(this.history));
  }

  #showChallenge() {
    const { challenge } = this.reply;
    write(this.challengeLine, challenge ? `${challenge.done ? "✔ Done:" : "○ To do:"} ${challenge.task}` : "");
    this.challengeLine.classList.toggle("nn-done", Boolean(challenge?.done));
  }

  async #export() {
    const steady = this.history.isOf(this.settings);
    const request = { kind: "code", explorable: this.name, settings: { ...this.settings }, steps: this.history.step };
    const reply = await this.host.request(request).catch(() => null); // the reader has been told
    if (!reply) return;
    if (reply.error) this.say(reply.error.message);
    else if (reply.code === null) this.say("There is nothing to run yet.");
    else {
      const note = steady ? "It prints the numbers of this figure." : "Settings or weights were changed during this run; the program makes it with the present settings all along.";
      showProgram(this.element, this.name, reply.code, note);
    }
  }

  async #copyLink() {
    const settings = Object.entries(this.settings).map(([name, value]) => [name, asJson(value)]);
    const changed = settings.filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(asJson(this.defaults[name])));
    const link = this.host.link(this.name, Object.fromEntries(changed), Object.fromEntries(settings));
    try {
      await navigator.clipboard.writeText(link);
      this.say("Copied: whoever opens it sees these settings.");
    } catch {
      this.say(`Copy this: ${link}`); // no clipboard here, say in an insecure context
    }
  }
}

// A figure: it keeps the settings and the states, asks its host for pictures, and shows them.

import { Controls } from "../controls/controls.mjs";
import { Ahead } from "./ahead.mjs";
import { mountButtons } from "./buttons.mjs";
import { Edits } from "./edits.mjs";
import { Hiding } from "./hiding.mjs";
import { Highlight } from "./highlight.mjs";
import { onNewLooks } from "./new_looks.mjs";
import { Panels } from "./panels.mjs";
import { crossed, unpackBase64 } from "./protocol.mjs";
import { RequestQueue } from "./requests.mjs";
import { Run } from "./run.mjs";
import { Status } from "./status.mjs";

const nothing = () => Object.create(null); // settings may come with any names, even those that every object has

export class Figure {
  element;
  /** @type {Host} */
  host;
  name;
  /** What the picture on the page came with. @type {Reply} */
  reply;
  /** @type {Settings} */
  settings;
  /** @type {Settings} */
  defaults;
  /** Settings from a link or a program, until Python has judged them. @type {Settings} */
  proposed = nothing();
  edits = new Edits();
  status;
  run;
  requests;
  controls;
  hiding;
  highlight;
  panels;
  /** @type {() => void} */
  #lookAway;
  #ahead;

  constructor(element, host) {
    this.element = element;
    this.host = host;
    this.name = element.dataset.explorable;
    this.reply = unpackBase64(JSON.parse(element.querySelector(".nn-data").textContent));
    this.settings = { ...this.reply.settings };
    this.defaults = { ...this.reply.settings };
    this.status = new Status(element);
    this.run = new Run(this);
    this.#ahead = new Ahead((message) => host.request(message));
    this.requests = new RequestQueue((steps) => this.#ask(steps));
    this.controls = new Controls(this);
    this.controls.show(this.settings);
    this.hiding = new Hiding(element);
    this.highlight = new Highlight(element);
    this.panels = new Panels(this, this.reply.picture);
    mountButtons(this);
    this.status.challenge(this.reply.challenge);
    this.#lookAway = onNewLooks(element, () => this.redraw());
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
    this.#tellOfSettings();
    this.status.hush();
    this.refresh();
  }

  /** Propose settings of any kind, from a link or a program: the figure's own change when Python has taken them. */
  propose(changes) {
    if (changes === null || typeof changes !== "object" || Array.isArray(changes)) {
      throw new TypeError("Settings are an object: names, and a value for each.");
    }
    Object.assign(this.proposed, crossed(changes));
    this.status.hush();
    this.refresh();
  }

  /** Change parts of the state by hand, by the names that the picture gives them. */
  edit(changes) {
    this.run.stop();
    this.edits.add(changes);
    this.refresh();
  }

  /** Ask for a fresh picture of the present settings. */
  refresh() {
    this.requests.want();
  }

  redraw(picture = this.reply.picture) {
    this.panels.draw(picture);
    this.highlight.show(picture);
  }

  /** Say how the engine is: see Status. */
  engine(state, sentence = "", share = null, slow = false) {
    this.status.engine(state, sentence, share, slow);
  }

  /** Say something to the reader; it stands until the next change. */
  say(sentence) {
    this.status.say(sentence);
  }

  /** Let go of the page, which may live on without this figure. */
  close() {
    this.run.stop();
    this.status.close();
    this.#lookAway();
  }

  async #ask(steps) {
    const { history, history: { age } } = this.run;
    const refused = await this.run.catchUp();
    if (refused) throw this.#rollBack(refused, {}, nothing());
    if (age !== history.age) return this.reply.picture;
    const settings = { ...this.settings };
    const proposed = Object.assign(nothing(), this.proposed);
    const all = Object.assign(nothing(), settings, proposed);
    const edits = this.edits.send();
    const message = { explorable: this.name, settings: all, state: history.present, edits, steps };
    let reply;
    try {
      reply = await this.#ahead.request(message);
    } catch (error) {
      this.run.stop();
      throw error;
    } finally {
      this.edits.answered();
    }
    if (reply.error) throw this.#rollBack(reply.error, settings, proposed);
    if (age !== history.age) return this.reply.picture;
    const next = this.run.next(reply, steps);
    if (next) {
      this.#ahead.send({ ...message, state: reply.state, edits: null, steps: next });
      await null; // it is posted before the page draws
    }
    const before = { ...this.settings };
    const isStill = (name) =>
      this.settings[name] === settings[name] && isBroughtIn(settings[name], reply.settings[name]);
    const taken = [...this.#takeBackJudged(proposed), ...Object.keys(settings).filter(isStill)];
    for (const name of taken) settings[name] = this.settings[name] = reply.settings[name];
    try {
      this.redraw(reply.picture);
    } catch (error) {
      Object.assign(this.settings, before);
      const fault = { kind: error.name, message: `This picture can't be drawn: ${error.message}.` };
      throw this.#rollBack(fault, settings, proposed);
    }
    if (taken.length) this.#tellOfSettings();
    this.#accept(reply, { steps, settings, edited: Boolean(edits) });
    return reply.picture;
  }

  #accept(reply, how) {
    if (how.steps) this.status.hush();
    this.run.take(reply, how);
    this.reply = reply;
    if (this.element.dataset.state !== "live") this.engine("live");
    this.status.describe(reply.sentence);
    this.status.challenge(reply.challenge);
    this.run.show();
    if (reply.more) this.refresh();
  }

  // What was proposed is dropped, and the rest asked again without it. Where nothing was, a setting by hand met a
  // fault: each goes back to the last one that made a picture, unless the reader has changed it since; so does a state
  // that can't start.
  #rollBack({ kind, message, about = null }, refused, proposed) {
    this.run.stop();
    if (this.#takeBackJudged(proposed).length) this.refresh();
    else {
      for (const [name, value] of Object.entries(refused)) {
        if (this.settings[name] === value) this.settings[name] = this.reply.settings[name];
      }
      const { history } = this.run;
      if (history.present === null) history.restart(this.reply.state, this.settings);
      this.#tellOfSettings();
    }
    this.engine("live");
    this.redraw();
    this.say(`${message} The figure stays as it was.`);
    return Object.assign(new Error(message), { name: kind, told: true, about });
  }

  // Take back what was proposed and has been judged, unless it was replaced meanwhile; return its names.
  #takeBackJudged(proposed) {
    const judged = Object.keys(proposed).filter((name) => this.proposed[name] === proposed[name]);
    judged.forEach((name) => delete this.proposed[name]);
    return judged;
  }

  #tellOfSettings() {
    this.controls.show(this.settings);
    this.host.changed(this.settings);
  }
}

/** Whether Python has brought a number, or a list, into what the other settings allow: the number of a layer. */
function isBroughtIn(value, taken) {
  if (Array.isArray(value) && Array.isArray(taken)) return value.join() !== taken.join();
  return typeof value === "number" && value !== taken;
}

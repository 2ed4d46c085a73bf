// What a figure says in words: how its engine is, what the reader should know, the picture in a sentence, and the
// challenge.

import { write } from "../dom.mjs";

export class Status {
  #element;
  #line;
  #progress;
  #sentence;
  #challenge;
  #retry;
  /** The sentence about the engine. */
  #ofEngine = "";
  /** What the reader was told; it stands until the next change. */
  #said = "";

  constructor(element) {
    this.#element = element;
    const names = [".nn-status", ".nn-progress", ".nn-sentence", ".nn-challenge", '[data-do="retry"]'];
    const parts = names.map((name) => element.querySelector(name));
    [this.#line, this.#progress, this.#sentence, this.#challenge, this.#retry] = parts;
  }

  /** The engine's state, "still", "waking", "live" or "failed", a sentence about it, and how far it is, 0 to 1. */
  engine(state, sentence = "", share = null) {
    this.#element.dataset.state = state;
    write(this.#progress, share === null ? "" : `${Math.round(100 * share)} %`);
    this.#retry.hidden = state !== "failed";
    this.#ofEngine = sentence;
    this.#show();
  }

  say(sentence) {
    this.#said = sentence;
    this.#show();
  }

  /** Take back what was said. */
  hush() {
    if (this.#said) this.say("");
  }

  describe(sentence) {
    write(this.#sentence, sentence);
  }

  /** Let the picture's sentence be spoken as it changes, or not. */
  speak(aloud) {
    this.#sentence.setAttribute("aria-live", aloud ? "polite" : "off");
  }

  challenge(challenge) {
    write(this.#challenge, challenge ? `${challenge.done ? "✔ Done:" : "○ To do:"} ${challenge.task}` : "");
    this.#challenge.classList.toggle("nn-done", Boolean(challenge?.done));
  }

  #show() {
    write(this.#line, [this.#ofEngine, this.#said].filter(Boolean).join(" "));
  }
}

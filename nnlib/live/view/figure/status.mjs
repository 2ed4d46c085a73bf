// What a figure says in words: how its engine is, what the reader should know, the picture in a sentence, and the
// challenge.

import { write } from "../dom.mjs";

const SILENCE = 700; // ms: while a key is held or a slider dragged, the next change comes sooner

export class Status {
  #element;
  #line;
  #progress;
  #sentence;
  #challenge;
  #retry;
  #spoken;
  /** What a screen reader has heard, or was on the page from the start. */
  #heard = ["", ""];
  /** Whether changes are spoken. */
  #isAloud = true;
  #rest = 0;
  #wait;
  /** The sentence about the engine. */
  #ofEngine = "";
  /** What the reader was told; it stands until the next change. */
  #said = "";

  constructor(element) {
    this.#element = element;
    const find = (name) => element.querySelector(name);
    const names = [".nn-status", ".nn-progress", ".nn-sentence", ".nn-challenge", ".nn-spoken"];
    [this.#line, this.#progress, this.#sentence, this.#challenge, this.#spoken] = names.map(find);
    [this.#retry, this.#wait] = ["retry", "wait"].map((name) => find(`[data-do="${name}"]`));
    this.#heard = this.#written();
  }

  /**
   * The engine's state, "still", "waking", "live" or "failed", a sentence about it, how far it is, 0 to 1, and whether
   * it may still come.
   */
  engine(state, sentence = "", share = null, slow = false) {
    this.#element.dataset.state = state;
    write(this.#progress, share === null ? "" : `${Math.round(100 * share)}%`);
    this.#retry.hidden = state !== "failed";
    this.#wait.hidden = !slow;
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
    this.#speakAtRest();
  }

  /** Let changes be spoken, or not. */
  speak(isAloud) {
    this.#isAloud = isAloud;
    this.#speakAtRest();
  }

  challenge(challenge) {
    write(this.#challenge, challenge ? `${challenge.done ? "✔ Done:" : "○ To do:"} ${challenge.task}` : "");
    this.#challenge.classList.toggle("nn-done", Boolean(challenge?.done));
    this.#speakAtRest();
  }

  /** Say no more. */
  close() {
    clearTimeout(this.#rest);
  }

  #written() {
    return [this.#sentence.textContent, this.#challenge.textContent];
  }

  // What has changed is spoken once, when nothing changes any more.
  #speakAtRest() {
    clearTimeout(this.#rest);
    if (!this.#isAloud) return;
    this.#rest = setTimeout(() => {
      const written = this.#written();
      const news = written.filter((text, index) => text !== this.#heard[index]);
      this.#heard = written;
      if (news.length) write(this.#spoken, news.join(" "));
    }, SILENCE);
  }

  #show() {
    write(this.#line, [this.#ofEngine, this.#said].filter(Boolean).join(" "));
  }
}

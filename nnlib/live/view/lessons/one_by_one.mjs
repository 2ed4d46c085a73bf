// The questions of a quiz, one at a time: dots say which it is and how the others went. What is put by can still be
// found on the page by its words, and is led to by its name; on paper, and without JavaScript, all stand there.

import { button, html } from "../dom.mjs";
import { follow, kept } from "../page/store.mjs";

// What is merely hidden, no search of the page finds.
const PUT_BY = "onbeforematch" in HTMLElement.prototype ? "until-found" : "";
const SAID_OF = { right: "answered right", wrong: "answered, not yet right", open: "not answered" };

/**
 * Show the questions that follow each other without anything between, one at a time.
 * @param {NodeListOf<HTMLElement>} questions
 */
export function oneByOne(questions) {
  /** @type {HTMLElement[][]} */
  const rows = [];
  for (const question of questions) {
    const row = rows.at(-1);
    if (row?.at(-1) === question.previousElementSibling) row?.push(question);
    else rows.push([question]);
  }
  for (const row of rows) if (row.length > 1) new Row(row);
}

class Row {
  questions;
  count = html("span", { className: "nn-which-step" });
  dots;
  before = button("Previous", () => this.#show(this.shown - 1));
  next = button("Next", () => this.#show(this.shown + 1));
  shown = 0;

  /** @param {HTMLElement[]} questions */
  constructor(questions) {
    this.questions = questions;
    this.count.setAttribute("aria-live", "polite");
    this.dots = questions.map((_, number) => button("", () => this.#show(number), { className: "nn-step-dot" }));
    const dots = html("span", { className: "nn-all-steps" }, ...this.dots);
    const all = html("div", { className: "nn-steps" }, this.count, dots, this.before, this.next);
    all.setAttribute("role", "group");
    all.ariaLabel = "The questions of this quiz";
    questions[0].before(all);
    questions.forEach((question, number) => question.addEventListener("beforematch", () => this.#show(number)));
    const led = () => this.#show(this.#named());
    addEventListener("hashchange", () => this.#named() >= 0 && led());
    const first = questions.findIndex((question) => this.#state(question) !== "right");
    this.#show(this.#named() >= 0 ? this.#named() : Math.max(0, first));
    if (this.#named() >= 0) questions[this.shown].scrollIntoView();
    follow(() => this.#tell());
  }

  /** Which question the address names, or -1. */
  #named() {
    return this.questions.findIndex(({ id }) => location.hash === `#${id}`);
  }

  #state({ dataset }) {
    const answer = kept().questions[dataset.question];
    return answer?.right ? "right" : answer ? "wrong" : "open";
  }

  #show(number) {
    this.shown = number;
    this.questions.forEach((question, each) => {
      if (each === number) question.removeAttribute("hidden");
      else question.setAttribute("hidden", PUT_BY);
    });
    this.count.textContent = `Question ${number + 1} of ${this.questions.length}`;
    this.before.disabled = number === 0;
    this.next.disabled = number === this.questions.length - 1;
    this.#tell();
  }

  #tell() {
    this.dots.forEach((dot, number) => {
      const state = this.#state(this.questions[number]);
      dot.dataset.state = state;
      dot.ariaLabel = `Question ${number + 1}, ${SAID_OF[state]}`;
      dot.ariaCurrent = number === this.shown ? "true" : null;
    });
  }
}

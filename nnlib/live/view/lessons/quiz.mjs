// A question with options. The reader chooses, then checks; the answer to the choice is said and stays.

import { html } from "../dom.mjs";
import { keepChecked, kept } from "../page/store.mjs";

export class Quiz {
  element;
  label;
  options;
  note = html("p", { hidden: true });

  constructor(element) {
    this.element = element;
    this.label = element.dataset.question;
    const several = element.dataset.kind === "checkbox";
    const form = html("form", { className: "nn-form" });
    const legend = html("legend", {}, ...element.querySelector(".nn-asked").childNodes);
    if (several) legend.append(html("span", { className: "nn-all-right", textContent: " Choose all that are right." }));
    this.options = [...element.querySelectorAll(".nn-options > li")].map((item) => this.#option(item));
    const check = html("button", { type: "submit", textContent: "Check", className: "nn-main" });
    const status = html("div", { className: "nn-feedback" }, this.note, ...this.options.map(({ told }) => told));
    status.setAttribute("aria-live", "polite");
    const buttons = html("div", { className: "nn-buttons" }, check);
    form.append(html("fieldset", {}, legend, ...this.options.map(({ row }) => row)), buttons, status);
    form.addEventListener("submit", (event) => { event.preventDefault(); this.#answer(); });
    form.addEventListener("change", () => this.#forget());
    element.addEventListener("nnlib-reveal", ({ detail }) => this.#reveal(detail));
    element.replaceChildren(form);
    this.#reveal("own");
  }

  #option(item) {
    const input = html("input", { type: this.element.dataset.kind, name: this.label });
    const text = html("span", {}, ...item.querySelector(".nn-option").childNodes);
    const right = item.dataset.right === "true";
    const why = [...item.querySelector("details").childNodes].slice(1); // without its summary
    // It stays in the page, hidden, so that its formulas are set with all the others.
    const verdict = html("strong", { textContent: right ? "✓ Right." : "✗ Not this one." });
    const told = html("div", { className: "nn-judged", hidden: true }, verdict, " ", ...why);
    return { input, right, told, row: html("label", { className: "nn-choice" }, input, text) };
  }

  #answer() {
    const chosen = this.options.flatMap(({ input }, i) => (input.checked ? [i] : []));
    if (!chosen.length) return this.#say("Choose an answer first.");
    const right = this.options.every(({ input, right }) => input.checked === right);
    keepChecked("questions", this.label, { chosen, right });
    this.#show(chosen);
  }

  #show(chosen) {
    this.options.forEach(({ input }, i) => { input.checked = chosen.includes(i); });
    this.#judge(chosen);
    const found = chosen.every((i) => this.options[i].right);
    const missed = this.options.some(({ input, right }) => right && !input.checked);
    this.#say(found && missed ? "There is more that is right." : "");
  }

  /** Say of some options whether they are right. */
  #judge(judged) {
    this.options.forEach(({ right, told, row }, i) => {
      told.hidden = !judged.includes(i);
      row.dataset.verdict = told.hidden ? "" : right ? "right" : "wrong";
    });
  }

  #forget() {
    this.#judge([]);
    this.#say("");
  }

  /** Before a class: what is right, and of some options why not, or "nothing"; for the reader alone their "own". */
  #reveal(what) {
    const own = what === "own" && kept().questions[this.label];
    if (own) {
      this.#show(own.chosen);
      return;
    }
    this.#forget();
    if (!Array.isArray(what)) return;
    this.#judge(this.options.flatMap(({ right }, i) => (right || what.includes(i) ? [i] : [])));
  }

  #say(sentence) {
    this.note.textContent = sentence;
    this.note.hidden = !sentence;
  }
}

// A question with options. The reader chooses, then checks; the answer to the choice is said and stays.

import { html } from "./looks.mjs";
import { keep, kept } from "./store.mjs";

export class Quiz {
  constructor(element) {
    this.element = element;
    this.label = element.dataset.question;
    const several = element.dataset.kind === "checkbox";
    const form = html("form", { className: "nn-form" });
    const legend = html("legend", {}, ...element.querySelector(".nn-asked").childNodes);
    if (several) legend.append(html("span", { className: "nn-several", textContent: " Choose all that are right." }));
    this.options = [...element.querySelectorAll(".nn-options > li")].map((item) => this.#option(item));
    this.button = html("button", { type: "submit", textContent: "Check", className: "nn-main" });
    this.status = html("div", { className: "nn-feedback" });
    this.status.setAttribute("aria-live", "polite");
    form.append(html("fieldset", {}, legend, ...this.options.map(({ row }) => row)), html("div", { className: "nn-buttons" }, this.button), this.status);
    form.addEventListener("submit", (event) => { event.preventDefault(); this.#answer(); });
    form.addEventListener("change", () => this.#forget());
    element.replaceChildren(form);
    const before = kept().questions[this.label];
    if (before) this.#show(before.chosen);
  }

  #option(item) {
    const input = html("input", { type: this.element.dataset.kind, name: this.label });
    const text = html("span", {}, ...item.querySelector(".nn-option").childNodes);
    const why = html("div", { className: "nn-why" }, ...[...item.querySelector("details").childNodes].slice(1)); // without its summary
    return { input, text, why, right: item.dataset.right === "true", row: html("label", { className: "nn-choice" }, input, text) };
  }

  #answer() {
    const chosen = this.options.flatMap(({ input }, i) => (input.checked ? [i] : []));
    if (!chosen.length) {
      this.status.replaceChildren(html("p", { textContent: "Choose an answer first." }));
      return;
    }
    const right = this.options.every(({ input, right }) => input.checked === right);
    keep("questions", this.label, { chosen, right: right || (kept().questions[this.label]?.right ?? false) });
    this.#show(chosen);
  }

  #show(chosen) {
    const told = this.options.filter((_, i) => chosen.includes(i));
    this.options.forEach((option, i) => {
      option.input.checked = chosen.includes(i);
      option.row.dataset.verdict = chosen.includes(i) ? (option.right ? "right" : "wrong") : "";
    });
    const missed = this.options.filter(({ right }, i) => right && !chosen.includes(i)).length;
    const parts = told.map(({ right, why }) => html("div", { className: "nn-told" }, html("strong", { textContent: right ? "✓ Right." : "✗ Not this one." }), why.cloneNode(true)));
    if (missed && told.every(({ right }) => right)) parts.push(html("p", { textContent: "And there is more that is right." }));
    this.status.replaceChildren(...parts);
  }

  #forget() {
    this.options.forEach(({ row }) => { row.dataset.verdict = ""; });
    this.status.replaceChildren();
  }
}

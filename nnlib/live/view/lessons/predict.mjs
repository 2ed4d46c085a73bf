// A prediction: the answer opens once the reader has committed to one, which then stands beside it.

import { button, html } from "../dom.mjs";
import { keep, kept } from "../page/store.mjs";

export class Prediction {
  element;
  label;
  answer;
  form = html("form", { className: "nn-form" });
  fields;
  skip = button("Show the answer without one", () => this.#open());
  status = html("p", { className: "nn-feedback" });
  said = html("p", { className: "nn-said" });

  constructor(element) {
    this.element = element;
    this.label = element.dataset.predict;
    this.answer = document.querySelector(`[data-answers="${CSS.escape(this.label)}"]`);
    const legend = html("legend", {}, ...element.querySelector(".nn-asked").childNodes);
    this.fields = this.#fields();
    const commit = html("button", { type: "submit", textContent: "This is my prediction", className: "nn-main" });
    this.status.setAttribute("aria-live", "polite");
    const buttons = html("div", { className: "nn-buttons" }, commit, this.skip);
    this.form.append(html("fieldset", {}, legend, ...this.fields), buttons, this.status);
    this.form.addEventListener("submit", (event) => { event.preventDefault(); this.#commit(); });
    element.addEventListener("nnlib-reveal", ({ detail }) => Array.isArray(detail) && this.#open()); // before a class
    element.querySelector(".nn-asked").remove();
    element.querySelector(":scope > ul")?.remove();
    element.append(this.form);
    this.answer.querySelector("summary").after(this.said);
    this.answer.classList.add("nn-closed");
    const before = kept().predictions[this.label];
    if (before !== undefined) this.#show(before);
  }

  #fields() {
    if (this.element.dataset.kind === "choice") {
      return [...this.element.querySelectorAll(":scope > ul > li")].map((item) => {
        const words = [...item.childNodes].flatMap((node) => (node.nodeName === "P" ? [...node.childNodes] : [node]));
        const text = html("span", {}, ...words);
        const value = text.textContent.trim();
        const radio = html("input", { type: "radio", name: this.label, value });
        return html("label", { className: "nn-choice" }, radio, text);
      });
    }
    const number = this.element.dataset.kind === "number";
    const looks = number ? { inputMode: "decimal", className: "nn-short" } : { inputMode: "text" };
    const input = html("input", { type: "text", name: this.label, autocomplete: "off", ...looks });
    input.ariaLabel = number ? "your prediction, a number" : "your prediction, in a sentence";
    return [input];
  }

  #commit() {
    const value = String(new FormData(this.form).get(this.label) ?? "").trim();
    const number = this.element.dataset.kind === "number";
    if (!value || (number && !Number.isFinite(Number(value.replace("−", "-").replace("%", ""))))) {
      this.status.textContent = number
        ? "Write a number first. A wrong one will do."
        : "Commit to something first. A wrong guess will do.";
      return;
    }
    keep("predictions", this.label, value);
    this.#show(value);
  }

  #show(value) {
    this.said.replaceChildren("You predicted: ", html("strong", { textContent: value }));
    for (const input of this.form.querySelectorAll("input")) {
      if (input.type === "radio") input.checked = input.value === value;
      else input.value = value;
    }
    this.#open();
  }

  #open() {
    this.answer.open = true;
    this.answer.classList.remove("nn-closed");
    this.answer.querySelector("summary").textContent = "The answer";
    this.skip.remove();
    this.status.textContent = "The answer is open below.";
  }
}

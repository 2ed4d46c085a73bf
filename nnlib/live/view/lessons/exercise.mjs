// An exercise in the page: the reader's program, what it does, and the judge's word about it.

import { button, html, write } from "../dom.mjs";
import { follow, keep, keepChecked, kept } from "../page/store.mjs";
import { Editor } from "./editor.mjs";
import { BUSY, exercisePython } from "./exercise_python.mjs";

export class Exercise {
  element;
  name;
  /** The program that the reader finds. @type {string} */
  starter;
  editor;
  status = html("span", { className: "nn-status" });
  output = html("div", { className: "nn-output", hidden: true });
  verdict = html("p", { className: "nn-verdict", hidden: true });
  badge = html("span", { className: "nn-badge" });
  buttons = this.#makeButtons();
  solution;
  /** What was wanted of Python, "run", "check" or "hint". @type {string} */
  wanted = "";
  /** What a reset has replaced. @type {string | undefined} */
  before;

  constructor(element) {
    this.element = element;
    this.name = element.dataset.exercise;
    const { starter, asks, examples } = JSON.parse(element.querySelector(".nn-data").textContent);
    this.starter = starter;
    const acts = { changed: () => this.#changed(), run: () => this.#do("run") };
    this.editor = new Editor(`Your program for the exercise: ${asks}`, acts);
    this.solution = element.querySelector(".nn-solution");
    this.#mount(examples);
    this.editor.text = starter;
    follow(() => this.#follow());
    const wake = () => exercisePython.wake().catch(() => {}); // the first run will say so
    this.editor.area.addEventListener("focus", wake, { once: true });
    element.dataset.state = "ready";
  }

  #mount(examples) {
    this.element.querySelector(".nn-hints").hidden = true; // the button gives them one by one
    this.element.querySelector(".nn-starter").hidden = true;
    this.status.setAttribute("role", "status");
    const live = html("div", {}, this.output, this.verdict);
    live.setAttribute("aria-live", "polite");
    // What is asked stands in a box above, whose title then says how far the reader is.
    const box = this.element.previousElementSibling;
    const title = box?.matches(".exercise") ? box.querySelector(":scope > .admonition-title") : null;
    if (title) title.append(this.badge);
    const turn = html("span", { textContent: "Your turn" });
    const head = title ? [] : [html("p", { className: "nn-cell-head" }, turn, this.badge)];
    const told = "Ctrl+Enter runs. Tab indents; press Escape first, and Tab leaves the editor.";
    const keys = html("p", { className: "nn-keys", textContent: told });
    const all = [...Object.values(this.buttons), ...(examples ? this.#makeLoader(examples) : []), this.status];
    const buttons = html("div", { className: "nn-buttons" }, ...all);
    this.element.prepend(...head, this.editor.element, keys, buttons, live);
  }

  #makeButtons() {
    return {
      run: button("Run", () => this.#do("run"), { title: "Ctrl+Enter" }),
      check: button("Check", () => this.#do("check"), { className: "nn-main" }),
      stop: button("Stop", () => exercisePython.stop(), { hidden: true }),
      restart: button("Restart Python", () => this.#restart(), { hidden: true }),
      wait: button("Keep waiting", () => this.#do(this.wanted, true), { hidden: true }),
      hint: button("Hint", () => this.#do("hint")),
      reset: button("Reset", () => this.#reset()),
      solution: button("Show solution", () => this.#toggleSolution(), { ariaExpanded: "false" }),
    };
  }

  /** What puts one of some programs in the place of the present one: a list of their names, and a button. */
  #makeLoader(examples) {
    const options = Object.keys(examples).map((name) => html("option", { textContent: name }));
    const list = html("select", { ariaLabel: "A program to load" }, ...options);
    return [list, button("Load", () => this.#replace(examples[list.value], this.editor.text))];
  }

  async #do(what, patient = false) {
    if (exercisePython.busy) return this.#say(BUSY);
    this.wanted = what;
    this.#busy(true);
    this.#say("Waking Python …");
    let slow;
    const tell = (share, sentence = "Waking Python …") => {
      const told = sentence.endsWith("…") ? `${sentence} ${Math.round(100 * share)}%` : sentence;
      this.#say(share < 1 ? told : "Running …");
      if (share === 1) slow = setTimeout(() => this.#say("Still running. Stop ends it, and your program stays."), 4000);
    };
    try {
      const request = { do: what, exercise: this.name, source: this.editor.text };
      const reply = await exercisePython.ask(request, tell, patient);
      this.#say(reply.fresh ?? "");
      if (reply.fresh) exercisePython.stop();
      if (what !== "hint") this.#showOutput(reply);
      this.#showVerdict(reply.verdict, what);
    } catch (error) {
      this.#say(error.message);
      this.output.hidden = this.verdict.hidden = true; // they are of a program before this one
      this.buttons.wait.hidden = !error.slow;
    } finally {
      clearTimeout(slow);
      this.#busy(false);
    }
  }

  #busy(busy) {
    this.element.dataset.state = busy ? "running" : "ready";
    const had = this.buttons.stop === document.activeElement;
    this.buttons.stop.hidden = !busy;
    this.buttons.restart.hidden = busy;
    if (busy) this.buttons.wait.hidden = true;
    for (const name of ["run", "check", "hint"]) this.buttons[name].disabled = busy;
    if (had) this.editor.area.focus({ preventScroll: true });
  }

  #restart() {
    if (exercisePython.busy) return this.#say(BUSY);
    exercisePython.stop();
    this.#say("Python begins afresh. Your program is as you wrote it.");
  }

  #say(sentence) {
    write(this.status, sentence);
  }

  #showOutput({ printed, value, error }) {
    this.editor.mark(error?.line ?? null);
    const parts = [];
    if (printed) parts.push(html("pre", { className: "nn-printed", textContent: printed.replace(/\n$/, "") }));
    if (value !== null) parts.push(html("pre", { className: "nn-value", textContent: value }));
    if (error) {
      const where = error.line ? `Line ${error.line}: ` : "";
      parts.push(html("p", { className: "nn-error" }, html("strong", { textContent: where }), error.sentence));
      if (error.trace) parts.push(html("pre", { className: "nn-trace", textContent: error.trace }));
    }
    if (!parts.length) parts.push(html("p", { className: "nn-silent", textContent: "It ran, and printed nothing." }));
    this.output.replaceChildren(...parts);
    this.output.hidden = false;
  }

  #showVerdict(verdict, what) {
    this.verdict.hidden = !verdict;
    if (!verdict) return;
    const { passed, sentence, stage, stages } = verdict;
    if (what === "check") this.output.hidden ||= this.output.querySelector(".nn-silent") !== null;
    const head = passed ? "✓ Solved: " : stage ? `Hint ${stage} of ${stages}: ` : "Not yet: ";
    this.verdict.dataset.passed = passed;
    this.verdict.replaceChildren(html("strong", { textContent: head }), ...prose(sentence));
    if (what === "check") keepChecked("exercises", this.name, { source: this.editor.text, solved: passed });
  }

  /** Show what is kept, which another tab may have changed. */
  #follow() {
    const { source, solved } = kept().exercises[this.name] ?? { source: this.editor.text, solved: false };
    if (source !== this.editor.text) this.editor.text = source;
    this.#showSolved(solved);
  }

  #changed() {
    this.before = undefined;
    this.buttons.reset.textContent = "Reset";
    this.#keep();
  }

  #keep() {
    keep("exercises", this.name, { source: this.editor.text, solved: this.#wasSolved() }); // which follows
  }

  #wasSolved() {
    return kept().exercises[this.name]?.solved ?? false;
  }

  // A reset, and a program that was loaded, can be taken back until the next change.
  #reset() {
    this.#replace(this.before ?? this.starter, this.before === undefined ? this.editor.text : undefined);
  }

  #replace(text, before) {
    this.editor.text = text;
    this.output.hidden = this.verdict.hidden = true;
    this.#say("");
    this.before = before;
    this.buttons.reset.textContent = before === undefined ? "Reset" : "Undo reset";
    this.#keep();
  }

  #toggleSolution() {
    this.solution.open = !this.solution.open;
    this.buttons.solution.textContent = this.solution.open ? "Hide solution" : "Show solution";
    this.buttons.solution.ariaExpanded = String(this.solution.open);
  }

  #showSolved(solved) {
    const begun = this.editor.text !== this.starter;
    this.badge.textContent = solved ? "✓ solved" : begun ? "begun" : "";
    this.badge.dataset.solved = String(solved);
  }
}

/** A sentence as nodes: what stands between backticks is code. */
function prose(text) {
  return text.split("`").map((part, i) => (i % 2 ? html("code", { textContent: part }) : part));
}

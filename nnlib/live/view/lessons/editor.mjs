// A plain editor: a text area with line numbers, in which Tab indents. Escape gives Tab back to the page.

import { html } from "../dom.mjs";

const INDENT = "    ";

export class Editor {
  element;
  area;
  numbers;
  /** Whether Tab leaves the editor. */
  released = false;

  /** `words` name it for a screen reader; `changed()` is called after each change, `run()` on Ctrl+Enter. */
  constructor(words, { changed, run }) {
    this.numbers = html("div", { className: "nn-numbers", ariaHidden: "true" });
    const plain = { spellcheck: false, autocomplete: "off", autocapitalize: "off", wrap: "off" };
    this.area = html("textarea", { ...plain, ariaLabel: words });
    this.element = html("div", { className: "nn-editor" }, this.numbers, this.area);
    this.area.addEventListener("input", () => { this.mark(null); this.#measure(); changed(); });
    this.area.addEventListener("blur", () => { this.released = false; });
    this.area.addEventListener("scroll", () => { this.numbers.scrollTop = this.area.scrollTop; });
    this.area.addEventListener("keydown", (event) => this.#press(event, run));
  }

  get text() {
    return this.area.value;
  }

  set text(text) {
    this.area.value = text;
    this.mark(null);
    this.#measure();
  }

  /** Mark a line as the one with the error. */
  mark(line) {
    this.numbers.querySelector(".nn-marked-line")?.classList.remove("nn-marked-line");
    this.numbers.children[line - 1]?.classList.add("nn-marked-line");
  }

  #measure() {
    const count = this.text.split("\n").length;
    if (count === this.numbers.childElementCount) return;
    this.numbers.replaceChildren(...Array.from({ length: count }, (_, i) => html("div", { textContent: i + 1 })));
    this.area.rows = Math.max(3, count);
  }

  #press(event, run) {
    if (event.isComposing || event.keyCode === 229) return; // of an input method; Safari sends 229 after its end
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      run();
    } else if (event.key === "Escape") {
      this.released = true;
    } else if (event.key === "Tab" && !this.released && !event.ctrlKey && !event.altKey) {
      event.preventDefault();
      this.#indent(event.shiftKey);
    } else if (event.key === "Enter") {
      event.preventDefault();
      this.#insert(`\n${this.#newIndent()}`);
    }
  }

  #newIndent() {
    const before = this.text.slice(0, this.area.selectionStart);
    const line = before.slice(before.lastIndexOf("\n") + 1);
    return line.slice(0, line.search(/[^ ]|$/)) + (line.trimEnd().endsWith(":") ? INDENT : "");
  }

  // The selected lines move by one step; without a selection, Tab writes spaces where the cursor is.
  #indent(back) {
    const { selectionStart: start, selectionEnd: end } = this.area;
    if (!back && start === end) return this.#insert(INDENT);
    const first = this.text.lastIndexOf("\n", start - 1) + 1;
    const lines = this.text.slice(first, end).split("\n");
    const moved = lines.map((line) => (back ? line.replace(/^ {1,4}/, "") : INDENT + line));
    this.area.setSelectionRange(first, end);
    this.#insert(moved.join("\n"));
    const from = Math.max(first, start + moved[0].length - lines[0].length);
    this.area.setSelectionRange(from, start === end ? from : first + moved.join("\n").length);
  }

  // Old, and the only way by which the browser's own undo knows of the change.
  #insert(text) {
    const done = text ? document.execCommand("insertText", false, text) : document.execCommand("delete");
    if (!done) this.area.setRangeText(text, this.area.selectionStart, this.area.selectionEnd, "end");
    this.area.dispatchEvent(new Event("input"));
  }
}

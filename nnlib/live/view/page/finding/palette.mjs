// The palette: one field, and below it what answers as one types. It is a combobox with a list (WAI-ARIA Practices):
// the focus stays in the field, the arrows move through the list, Enter goes to what is marked. All text in it is text.

import { change, html } from "../../dom.mjs";
import { Finder } from "./find.mjs";

const CALLED = {
  chapter: "Chapter",
  section: "Section",
  term: "Term",
  figure: "Figure",
  exercise: "Exercise",
  function: "nnlib",
};

/** A link to what was found, with all that the list says of it. `root` is the address of the book. */
export function linkTo({ kind, title, text, chapter, page, anchor }, root) {
  const link = html("a", { href: new URL(`${page}.html${anchor && `#${anchor}`}`, root).href, className: "nn-found" });
  const more = kind === "term" || kind === "function" ? text : chapter;
  link.append(
    html("span", { className: "nn-found-kind" }, CALLED[kind]),
    " ",
    html("span", { className: `nn-found-title nn-found-${kind}` }, title),
    " ",
    html("span", { className: "nn-found-more" }, more),
  );
  return link;
}

/** The list of what can be found, asked for once. */
export async function finderOf(root) {
  return new Finder(await (await fetch(new URL("live/finding.json", root))).json());
}

export class Palette {
  #root;
  #field = html("input", { type: "text", placeholder: "A word, a figure, a function …" });
  #list = html("div", { id: "nn-find-list", className: "nn-find-list" });
  #told = html("div", { className: "nn-find-told" });
  #dialog = html("dialog", { className: "nn-find" });
  /** @type {Finder | null} */
  #finder = null;
  #asked = false;
  #marked = 0;

  /** @param {URL} root the address of the book */
  constructor(root) {
    this.#root = root;
    change(this.#field, {
      "role": "combobox", "aria-label": "Find in this book", "aria-autocomplete": "list", "aria-expanded": "true",
      "aria-controls": this.#list.id, "autocomplete": "off", "autocapitalize": "off", "autocorrect": "off",
      "spellcheck": "false", "enterkeyhint": "go",
    });
    change(this.#list, { role: "listbox", "aria-label": "What was found" });
    change(this.#told, { role: "status" });
    change(this.#dialog, { "aria-label": "Find" });
    const close = html("button", { type: "button", className: "nn-find-close" }, "Close");
    close.addEventListener("click", () => this.#dialog.close());
    this.#dialog.append(html("div", { className: "nn-find-head" }, this.#field, close), this.#list, this.#told);
    this.#field.addEventListener("input", () => this.#answer());
    this.#field.addEventListener("keydown", (event) => this.#press(event));
    this.#list.addEventListener("click", (event) => this.#choose(event));
    this.#dialog.addEventListener("click", (event) => { // beside it
      if (event.target === this.#dialog) this.#dialog.close();
    });
    document.body.append(this.#dialog);
  }

  get isOpen() {
    return this.#dialog.open;
  }

  /** Show it, with a query if one is given, or close it. */
  toggle(query) {
    if (this.isOpen) return this.#dialog.close();
    if (query !== undefined) this.#field.value = query;
    this.#dialog.showModal();
    this.#field.select();
    this.#answer();
    return this.#load();
  }

  async #load() {
    if (this.#asked) return;
    this.#asked = true;
    try {
      this.#finder = await finderOf(this.#root);
    } catch {
      this.#asked = false; // the next time it is opened
      this.#told.textContent = "The list of what can be found can't be loaded. Enter searches the text of all pages.";
    }
    this.#answer();
  }

  /** Show what answers what stands in the field: without a word the chapters. */
  #answer() {
    const query = this.#field.value.trim();
    const found = query ? this.#finder?.find(query) : this.#finder?.chapters();
    const options = (found ?? []).map((each) => linkTo(each, this.#root));
    const more = new URL(query ? "search.html" : "genindex.html", this.#root);
    if (query) more.searchParams.set("q", query);
    const says = query ? `All pages with “${query}”` : "Index of words and functions";
    const last = html("span", { className: "nn-found-title" }, says);
    options.push(html("a", { className: "nn-found", href: more.href }, last));
    options.forEach((option, place) => change(option, { id: `nn-found-${place}`, role: "option", tabindex: -1 }));
    this.#list.replaceChildren(...options);
    this.#mark(0);
    if (!found) return;
    const told = found.length === 1 ? "1 answer" : `${found.length} answers`;
    this.#told.textContent = !query ? "" : found.length ? told : "Nothing in the book is called so.";
  }

  #mark(place) {
    const options = this.#list.children;
    this.#marked = (place + options.length) % (options.length || 1);
    Array.from(options).forEach((option, at) => change(option, { "aria-selected": String(at === this.#marked) }));
    const marked = options[this.#marked];
    change(this.#field, { "aria-activedescendant": marked?.id });
    marked?.scrollIntoView({ block: "nearest" });
  }

  /** @param {KeyboardEvent} event */
  #press(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) this.#mark(this.#marked + step);
    else if (event.key === "Enter" && !event.isComposing) {
      const { ctrlKey, metaKey, shiftKey } = event; // in a tab of its own, as with any link
      this.#list.children[this.#marked]?.dispatchEvent(
        new MouseEvent("click", { bubbles: true, cancelable: true, ctrlKey, metaKey, shiftKey }),
      );
    } else return;
    event.preventDefault();
  }

  /** A link within the page leads out of the palette. @param {MouseEvent} event */
  #choose(event) {
    const apart = event.ctrlKey || event.metaKey || event.shiftKey;
    if (!apart && event.target instanceof Element && event.target.closest("a")) this.#dialog.close();
  }
}

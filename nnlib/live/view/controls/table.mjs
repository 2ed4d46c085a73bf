// The control for a table of data: read here, from a file or as it is pasted, and understood or refused in Python.

import { html, match, write } from "../dom.mjs";

const MOST_BYTES = 4_000_001; // what is longer is too long for Python, which says so
const FIELDS = "input, textarea, select";

export class TableControl {
  static isJudged = true;
  static isTooLong = true;

  label;
  said;
  /** What was refused, here as well: the figure says it far above. */
  refused;
  /** What chooses the columns of a text, a list for each part; there is none where all are taken. */
  lists;
  columns;
  /** Whether rows with missing values are left out. */
  gaps;
  /** @type {(value: any) => Promise<any>} */
  set;
  /** What Python has not taken yet. @type {{ text: string, take: number[] | null } | null} */
  tried = null;
  /** The columns of a text that was refused for one of those that were taken. @type {any} */
  offered = null;
  /** The text that the table on show was read from, where it is here. */
  text = "";
  value;
  /** The names of the columns in the text. */
  found = [];

  constructor(row, set) {
    this.label = row.firstElementChild.textContent;
    const [file, text, button] = ["input", "textarea", "button"].map((tag) => row.querySelector(tag));
    this.said = row.querySelector("output");
    this.refused = row.querySelector(".nn-refused");
    this.gaps = row.querySelector("[type=checkbox]");
    this.columns = row.querySelector(".nn-columns");
    this.lists = [...row.querySelectorAll("select")];
    this.set = set;
    file.addEventListener("click", () => { file.value = ""; }); // the same file can be taken again, when it is mended
    file.addEventListener("change", () => this.#open(file.files[0]));
    button.addEventListener("click", () => this.#use(text.value));
    this.gaps?.addEventListener("change", () => this.#useAgain());
    this.columns?.addEventListener("change", () => {
      this.#use((this.offered && this.tried?.text) ?? this.text, this.lists.map((list) => Number(list.value)));
    });
    this.#takeWhatIsDropped(row.closest(".nn-figure"));
  }

  /** @param {string} text @param {number[] | null} take the columns that are chosen */
  async #use(text, take = null) {
    const tried = { text, take };
    if (text !== this.tried?.text) this.offered = null;
    this.tried = tried;
    write(this.refused, "");
    const refused = await this.set(this.gaps ? { text, take, leave_out: this.gaps.checked } : text);
    if (this.tried !== tried || !refused) return; // something else has been tried, or taken, since
    write(this.refused, refused.message);
    if (text !== this.text) this.offered = refused.about ?? this.offered;
    this.#list();
  }

  #useAgain() {
    if (this.tried) this.#use(this.tried.text, this.tried.take);
    else if (this.#isKnown()) this.#use(this.text, this.value.taken);
  }

  async #open(file) {
    const bytes = await file.slice(0, MOST_BYTES).arrayBuffer().catch(() => new ArrayBuffer(0)); // of a folder, say
    this.#use(decoded(new Uint8Array(bytes)));
  }

  #takeWhatIsDropped(figure) {
    const isOver = (is) => figure.classList.toggle("nn-dropping", is);
    figure.addEventListener("dragover", (event) => {
      if (!event.dataTransfer.types.includes("Files")) return;
      event.preventDefault(); // it may be dropped here
      isOver(true);
    });
    figure.addEventListener("dragleave", (event) => figure.contains(event.relatedTarget) || isOver(false));
    figure.addEventListener("drop", (event) => {
      isOver(false);
      const [file] = event.dataTransfer.files;
      if (!file) return;
      event.preventDefault(); // the browser would go to it
      this.#open(file);
    });
    figure.addEventListener("paste", (event) => {
      if (event.target.closest(FIELDS)) return; // it has its own use for it
      const text = event.clipboardData.getData("text/plain");
      if (text.includes("\n")) this.#use(text);
    });
  }

  /** Whether the text is here that the table has been read from. */
  #isKnown() {
    return this.text !== "" && this.found.join() === this.value.found.join();
  }

  show(value) {
    const { columns, rows, said, found = [], left_out: leftOut } = value;
    const [height, width] = rows.shape ?? [rows.length, rows[0].length];
    write(this.said, said ?? `rows: ${height}, columns: ${width}${columns.length ? `: ${columns.join(", ")}` : ""}`);
    if (value !== this.value && this.tried) {
      this.text = this.tried.text;
      this.found = found;
      this.tried = null;
    }
    if (value !== this.value) {
      write(this.refused, "");
      this.offered = null;
    }
    this.value = value;
    if (!this.columns) return;
    if (leftOut) this.gaps.checked = true;
    this.#list();
  }

  /** Show what columns there are to choose from, in the text that was refused for one, or in that of the table. */
  #list() {
    if (!this.columns) return;
    const { found = [], taken = [] } = this.offered ?? this.value;
    this.columns.hidden = found.length <= taken.length || !(this.offered || this.#isKnown());
    this.lists.forEach((list, part) => {
      match(list, found, () => html("option"), write);
      [...list.options].forEach((option, place) => { option.value = String(place); });
      list.value = String(taken[part]);
    });
  }
}

/** The text of a file, in what spreadsheets write: UTF-8, UTF-16 with its mark, or else the old letters of Windows. */
function decoded(bytes) {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

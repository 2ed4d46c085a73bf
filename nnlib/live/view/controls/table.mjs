// The control for a table of data: read here, from a file or as it is pasted, and understood or refused in Python.

import { write } from "../dom.mjs";

const MOST_BYTES = 4_000_001; // what is longer is too long for Python, which says so

export class TableControl {
  static isJudged = true;
  static isTooLong = true;

  label;
  size;

  constructor(row, set) {
    this.label = row.firstElementChild.textContent;
    const [file, text, button] = ["input", "textarea", "button"].map((tag) => row.querySelector(tag));
    this.size = row.querySelector("output");
    file.addEventListener("click", () => { file.value = ""; }); // the same file can be taken again, when it is mended
    file.addEventListener("change", async () => set(await file.files[0].slice(0, MOST_BYTES).text()));
    button.addEventListener("click", () => set(text.value));
  }

  show({ columns, rows }) {
    const [height, width] = rows.shape ?? [rows.length, rows[0].length];
    write(this.size, `rows: ${height}, columns: ${width}${columns.length ? `: ${columns.join(", ")}` : ""}`);
  }
}

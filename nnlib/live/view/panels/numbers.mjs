// Panels that are text: a table, matrices in a row, lines of mathematics or code.

import { change, html, match, write } from "../dom.mjs";
import { asText } from "./format.mjs";

const SIGNS = { right: "✔\u00a0", wrong: "✘\u00a0", now: "▸\u00a0" };

export class Equations {
  body;

  constructor(body, figure, { code }) {
    this.body = body;
    body.classList.toggle("nn-code", code);
  }

  draw({ lines, keys }) {
    const tag = (index) => (keys[index] ? "button" : "div");
    const old = [...this.body.children];
    if (old.length !== lines.length || old.some((element, index) => element.localName !== tag(index))) {
      this.body.replaceChildren(...lines.map((_, index) => html(tag(index), { className: "nn-equation" })));
    }
    lines.forEach((line, index) => {
      const element = this.body.children[index];
      change(element, { "data-key": keys[index], type: keys[index] && "button" });
      write(element, line);
    });
  }
}

export class Table {
  head;
  rows;

  constructor(body, figure, { label, prose }) {
    this.head = html("tr");
    this.rows = html("tbody");
    const className = prose ? "nn-table nn-prose" : "nn-table";
    const table = html("table", { className }, html("thead", {}, this.head), this.rows);
    change(table, { "aria-label": label });
    body.append(table);
  }

  draw({ columns, rows }) {
    match(this.head, columns, () => html("th", { scope: "col" }), write);
    match(this.rows, rows, () => html("tr"), (element, { cells, role, key }) => {
      change(element, { class: role ? `nn-row-${role}` : null, "data-key": key });
      const named = cells.map((cell, index) => (index ? cell : `${SIGNS[role] ?? ""}${cell}`));
      match(element, named, () => (element.children.length ? html("td") : html("th", { scope: "row" })), write);
    });
  }
}

export class Matrices {
  row;
  /** What it has elements for. */
  #shapes = "";
  /** @type {any[]} */
  #parts = [];

  constructor(body, figure) {
    this.row = body.appendChild(html("div", { className: "nn-matrices" }));
    this.row.addEventListener("click", ({ target }) => {
      const changes = this.#setBy(target.closest(".nn-entry"));
      if (changes) figure.change(changes);
    });
  }

  /** The settings that follow where an entry is pressed: see `block` in nnlib/explorables/panels/text.py. */
  #setBy(entry) {
    const index = entry ? [...this.row.children].indexOf(entry.closest(".nn-block")) : -1;
    const { sets, values } = this.#parts[index] ?? {};
    if (!sets) return null;
    const place = [...this.row.children[index].querySelectorAll(".nn-entry")].indexOf(entry);
    const at = [Math.floor(place / values.shape[1]), place % values.shape[1]];
    const lines = sets.flatMap((line, way) => Object.entries(line).map(([name, each]) => [name, each[at[way]]]));
    return Object.fromEntries(lines);
  }

  draw({ parts, scale, digits }) {
    this.#parts = parts;
    const shapeOf = ({ sign, values, rows, columns }) => sign ?? [values.shape, !rows, !columns];
    const shapes = JSON.stringify(parts.map(shapeOf));
    if (shapes !== this.#shapes) {
      this.row.replaceChildren(...parts.map((part) => ("sign" in part ? newSign(part) : newBlock(part))));
      this.#shapes = shapes;
    }
    parts.forEach((part, index) => part.values && drawBlock(this.row.children[index], part, scale, digits));
  }
}

function newSign({ sign }) {
  return html("span", { className: "nn-sign", textContent: sign });
}

function newBlock({ values, rows, columns }) {
  const [height, width] = values.shape;
  const many = (count, create) => Array.from({ length: count }, create);
  const line = (first, rest) => html("tr", {}, ...(rows ? [first] : []), ...many(width, rest));
  const head = () => line(html("td"), () => html("th", { scope: "col" }));
  const entries = () => line(html("th", { scope: "row" }), () => html("td", { className: "nn-entry" }));
  const thead = html("thead", {}, ...(columns ? [head()] : []));
  const table = html("table", {}, thead, html("tbody", {}, ...many(height, entries)));
  const title = html("div", { className: "nn-block-title" }, html("b"), " ", html("span"));
  return html("div", { className: "nn-block" }, title, table);
}

function drawBlock(element, block, scale, digits) {
  const { symbol, shape, values, rows, columns, row_keys: rowKeys, column_keys: columnKeys, key, chosen, sets } = block;
  const [title, table] = element.children;
  change(element, { "data-key": key });
  element.classList.toggle("nn-choices", Boolean(sets));
  const texts = Array.from(values.data, (value) => asText(value, digits));
  element.style.setProperty("--columns", values.shape[1] + Boolean(rows));
  element.style.setProperty("--letters", Math.max(...texts.map((text) => text.length)));
  write(title.children[0], symbol);
  write(title.children[1], shape);
  change(table, { "aria-label": `${symbol}, ${shape}` });
  table.querySelectorAll("thead th").forEach((cell, index) => write(cell, columns[index]));
  table.querySelectorAll("tbody th").forEach((cell, index) => write(cell, rows[index]));
  table.querySelectorAll(".nn-entry").forEach((cell, index) => {
    const value = values.data[index];
    const [row, column] = [Math.floor(index / values.shape[1]), index % values.shape[1]];
    const keys = [rowKeys?.[row], columnKeys?.[column]].filter(Boolean).join(" ");
    const marked = chosen?.[0] === row && chosen[1] === column;
    const looks = `nn-entry ${value < 0 ? "nn-negative" : "nn-positive"}`;
    change(cell, { class: looks, "data-key": keys || null, "aria-current": marked ? "true" : null });
    cell.style.setProperty("--share", Math.min(1, Math.abs(value) / scale).toFixed(3));
    write(cell, texts[index]);
  });
}

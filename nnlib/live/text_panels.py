"""The panels that are text, as HTML: a table, matrices, lines of mathematics. `view/panels/numbers.mjs` writes the same.

Text needs no still picture: it can be read, searched, printed and heard as it is.
"""

from html import escape

from nnlib.explorables.writing import text

SIGNS = {"right": "✔\u00a0", "wrong": "✘\u00a0", "now": "▸\u00a0"}


def words_html(panel) -> str | None:
    """Return the HTML of a panel that is text, or None for one that is a picture."""
    write = {"equations": _equations, "table": _table, "matrices": _matrices}.get(panel["kind"])
    return write and write(panel)


def _key(key) -> str:
    return f' data-key="{escape(key)}"' if key else ""


def _equations(panel) -> str:
    def tag(key):
        return ("button", f' type="button" aria-pressed="false"{_key(key)}') if key else ("div", "")

    lines = ((*tag(key), escape(line)) for line, key in zip(panel["lines"], panel["keys"], strict=True))
    return "".join(f'<{name} class="nn-equation"{attributes}>{line}</{name}>' for name, attributes, line in lines)


def _table(panel) -> str:
    head = "".join(f'<th scope="col">{escape(column)}</th>' for column in panel["columns"])
    body = ""
    for row in panel["rows"]:
        name, *cells = map(escape, row["cells"])
        role = row["role"] and f' class="nn-row-{row["role"]}"'
        data = "".join(f"<td>{cell}</td>" for cell in cells)
        body += f'<tr{role}{_key(row["key"])}><th scope="row">{SIGNS.get(row["role"], "")}{name}</th>{data}</tr>'
    label = escape(panel["label"])
    return f'<table class="nn-table" aria-label="{label}"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'


def _matrices(panel) -> str:
    parts = (
        f'<span class="nn-sign">{escape(part["sign"])}</span>' if "sign" in part else _block(part, panel)
        for part in panel["parts"]
    )
    return f'<div class="nn-matrices">{"".join(parts)}</div>'


def _block(block, panel) -> str:
    texts = [text(value, panel["digits"]) for value in block["values"].flat]
    rows, columns, label = block["rows"], block["columns"], escape(f"{block['symbol']}, {block['shape']}")
    size = f"--columns:{block['values'].shape[1] + bool(rows)};--letters:{max(map(len, texts))}"
    head = "".join(f'<th scope="col">{escape(column)}</th>' for column in columns or ())
    head = head and f"<tr>{'<td></td>' if rows else ''}{head}</tr>"
    body = ""
    for i, values in enumerate(block["values"]):
        name = f'<th scope="row">{escape(rows[i])}</th>' if rows else ""
        body += f"<tr>{name}{''.join(_cell(value, _keys(block, i, j), panel) for j, value in enumerate(values))}</tr>"
    return (
        f'<div class="nn-block"{_key(block["key"])} style="{size}">'
        f'<div class="nn-block-title"><b>{escape(block["symbol"])}</b> <span>{block["shape"]}</span></div>'
        f'<table aria-label="{label}"><thead>{head}</thead><tbody>{body}</tbody></table></div>'
    )


def _keys(block, i, j) -> str:
    keys = (block["row_keys"] and block["row_keys"][i], block["column_keys"] and block["column_keys"][j])
    return " ".join(key for key in keys if key)


def _cell(value, keys, panel) -> str:
    sign = "negative" if value < 0 else "positive"
    share = min(1, abs(value) / panel["scale"])
    return f'<td class="nn-entry nn-{sign}"{_key(keys)} style="--share:{share:.3f}">{text(value, panel["digits"])}</td>'

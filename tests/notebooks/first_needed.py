"""Where each section of the refresher is first needed: the table at its end, made from the chapters as they stand.

python -m notebooks.first_needed (in tests/) writes the table into chapters/mathematics.ipynb.
"""

import re
from pathlib import Path

import nbformat
import yaml

ROOT = Path(__file__).parents[2]
CELL = "mathematics-where"
# What of a section shows in a chapter's text or code. Each is looked for in the chapters, in their order.
SIGNS = {
    "loops": r"^\s*for \w+",
    "numpy": r"\bnp\.\w+",
    "signs": r"\$y z\b|\by \* z\b|np\.sign\(",
    "sums": r"\\sum\b|\.mean\(|np\.mean\(|\bmean\b",
    "powers": r"\be\^|np\.exp\(|math\.exp\(",
    "logarithms": r"\\ln\b|np\.log\(|math\.log\(",
    "vectors": r"w \\cdot x|\bweights @|\bw @|\{term\}`dot product|\{term\}`vector",
    "lines": r"w_1 x_1 \+ w_2 x_2 \+ b = 0|\{term\}`decision boundary",
    "matrices": r"\bX @ W|X W\b|\{term\}`matrix|\{term\}`weight matrix",
    "slopes": r"dV/dt|\{term\}`derivative|\bslope\b",
    "chain-rule": r"\{term\}`(?:[^`<]*<)?chain rule|\bchain rule\b|\\varphi'\(z_1\) \\cdot",
    "gradients": r"\\partial|\{term\}`(?:[^`<]*<)?gradient>?`",
    "curvature": r"\{term\}`(?:[^`<]*<)?(?:curvature|Hessian|eigenvector)|\\lambda\b",
    "probability": r"\brng\.\w+\(|\bprobabilit(?:y|ies)\b",
    "odds": r"\\hat\{?y\}? / \(1 - \\hat\{?y\}?\)|y_hat / \(1 - y_hat\)|\blog-odds\b",
}


def chapters():
    """Return {name: text and code} of the chapters before the appendix, in their order."""
    toc = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))
    files = [chapter["file"] for part in toc["parts"] if part["caption"] != "Appendix" for chapter in part["chapters"]]
    notebooks = {Path(file).name: nbformat.read(ROOT / f"{file}.ipynb", as_version=4) for file in files}
    return {name: "\n\n".join(cell.source for cell in notebook.cells) for name, notebook in notebooks.items()}


def first_needed(texts):
    """Return {section: the first of the chapters whose text or code has its sign}."""
    return {
        section: next(name for name, text in texts.items() if re.search(sign, text, re.MULTILINE))
        for section, sign in SIGNS.items()
    }


def titles(source):
    """Return {section: its heading} of the refresher."""
    return dict(re.findall(r"^\(mathematics-([\w-]+)\)=\n## (.+)$", source, re.MULTILINE))


def table(notebook, texts):
    """Return the table of the refresher as it should be, in Markdown."""
    heading = titles("\n\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown"))
    needed = first_needed(texts)
    rows = [f"| {{ref}}`{heading[section]} <mathematics-{section}>` | {{doc}}`{needed[section]}` |" for section in heading]
    return "\n".join(["| section | first needed in |", "|---|---|", *rows])


def with_table(source, new):
    """Return the text of the last cell with another table."""
    return re.sub(r"^\| section \|.*?(?=\n\n)", lambda _: new, source, flags=re.MULTILINE | re.DOTALL)


if __name__ == "__main__":
    path = ROOT / "chapters" / "mathematics.ipynb"
    refresher = nbformat.read(path, as_version=4)
    [cell] = [cell for cell in refresher.cells if cell.id == CELL]
    cell.source = with_table(cell.source, table(refresher, chapters()))
    nbformat.write(refresher, path)

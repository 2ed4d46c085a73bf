"""The book's text in plain Markdown, which every notebook shows: boxes, questions, references and terms."""

import ast
import re
from dataclasses import dataclass, field
from pathlib import Path
from textwrap import dedent

from pybtex.database import parse_file

BOX = re.compile(r"^(:{3,}|`{3,})\{([\w:-]+)\} *(.*)\n((?:.*\n)*?)\1 *$", re.MULTILINE)
SETTING = re.compile(r"\s*^:([\w-]+): *(.*)\n?", re.MULTILINE)
ROLE = re.compile(r"\{([\w:-]+)\}`([^`]+)`")
TITLED = re.compile(r"(.+?) *<([^>]+)>", re.DOTALL)
CHOICE = re.compile(r"^- \[([ x])\] (.+?)(?=^- \[|\Z)", re.MULTILINE | re.DOTALL)
TARGET = re.compile(r"^\([\w-]+\)=\n", re.MULTILINE)
LABEL = re.compile(r"^:{3,}\{[\w:-]+\} *(.+)\n(?::[\w-]+:.*\n)*?:label: *(\S+)", re.MULTILINE)
PLACE = re.compile(r"^\(([\w-]+)\)=\n+#+ *(.+)$", re.MULTILINE)


@dataclass
class Book:
    """What the text refers to: the folder, the titles of its pages and its labeled places, and its sources."""

    root: Path
    pages: dict = field(default_factory=dict)  # by name, as in neuron
    notebooks: list = field(default_factory=list)  # the names of those pages that are notebooks
    labels: dict = field(default_factory=dict)
    sources: dict = field(default_factory=dict)

    def add(self, name, text, is_notebook):
        """Note the title and the labels of a page."""
        self.pages[name] = re.search(r"^# (.+)$", text, re.MULTILINE)[1]
        self.notebooks += [name] if is_notebook else []
        self.labels |= {label: title for title, label in LABEL.findall(text)} | dict(PLACE.findall(text))

    def read_sources(self):
        """Read the references: authors and year, as the text names them."""
        for key, entry in parse_file(self.root / "references.bib").entries.items():
            people = entry.persons.get("author") or entry.persons["editor"]
            names = [" ".join([*person.prelast_names, *person.last_names]) for person in people]
            authors = " and ".join(names) if len(names) < 3 else f"{names[0]} et al."
            self.sources[key] = (re.sub("[{}]", "", authors), entry.fields["year"])

    def plain(self, text):
        """Return a text of the book in plain Markdown; raise KeyError for a page or a source that is not there."""
        text = BOX.sub(lambda found: self._box(found[2], found[3], found[4]), TARGET.sub("", text))
        return ROLE.sub(lambda found: self._role(found[1], found[2]), text)

    def _box(self, name, title, body):
        settings = {}
        while found := SETTING.match(body):
            settings[found[1]] = found[2]
            body = body[found.end() :]
        body = self.plain(body.strip())
        match name:
            case "literalinclude":
                return f"```python\n{_source_of(self.root / 'chapters' / title, settings.get('pyobject'))}\n```"
            case "tableofcontents":
                return "\n".join(f"- [{self.pages[page]}]({page}.ipynb)" for page in self.notebooks[1:])
            case "container":
                return body
            case "math":
                return f"$$\n{body}\n$$"
            case "question":
                return _framed("Question", title, _choices(body))
            case "solution":
                return _folded("Solution", body)
            case "admonition":
                return _folded(title, body) if "dropdown" in settings.get("class", "") else _framed("", title, body)
            case "note" | "tip" | "hint" | "important" | "warning" | "caution" | "seealso":
                return _framed(name.capitalize(), "", f"{self.plain(title)}\n{body}".strip())
        return _framed(name.rpartition(":")[2].capitalize(), title, body)

    def _role(self, role, text):
        titled = TITLED.fullmatch(text)
        words, target = titled.groups() if titled else (None, text)
        match role:
            case "doc":
                page = target.rpartition("/")[2]
                return f"[{words or self.pages[page]}]({page}.ipynb)" if page in self.notebooks else words or self.pages[page]
            case "ref" | "numref" | "prf:ref" | "eq":
                return words or f"“{self.labels.get(target, target)}”"
            case "cite:t" | "cite:p":
                named = [self.sources[key.strip()] for key in text.split(",")]
                textual = "; ".join(f"{authors} ({year})" for authors, year in named)
                return textual if role == "cite:t" else f"({'; '.join(f'{authors}, {year}' for authors, year in named)})"
            case "term":
                return words or target
        name = target.rpartition(".")[2] if target.startswith("~") else target  # as Sphinx does
        return f"`{words or name}`"


def _framed(kind, title, body):
    head = ": ".join(part for part in (kind, title) if part)
    return f"<blockquote>\n\n**{head}**\n\n{body}\n\n</blockquote>"  # with ">" a formula would not be one


def _folded(title, body):
    return f"<details><summary>{title}</summary>\n\n{body}\n\n</details>"


def _choices(body):
    """Return the options of a question, and behind a fold what the book says to each."""
    options, answers = [], []
    for right, text in CHOICE.findall(body):
        option, _, why = text.partition("\n\n")
        options.append(f"- {option.strip()}")
        answers.append(f"- {'✓' if right == 'x' else '✗'} *{option.strip()}* {' '.join(dedent(why).split())}")
    return "\n".join(options) + "\n\n" + _folded("Answers", "\n".join(answers))


def _source_of(path, name):
    """Return the source of the function, class or method `name` of a file, or all of the file."""
    text = path.resolve().read_text(encoding="utf-8")
    if name is None:
        return text.strip()
    body = ast.parse(text).body
    for part in name.split("."):
        node = next(node for node in body if getattr(node, "name", None) == part)
        body = node.body
    first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
    return dedent("\n".join(text.splitlines()[first - 1 : node.end_lineno]))

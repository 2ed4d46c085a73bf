"""The joined stylesheets without what no page can use: of the theme's and its extensions' rules nine tenths are for others.

A selector is left out where it asks for a class or an id that stands in no page, and in no text of a script that may put it
there. A name that a script puts together, as `nn-curve-` and a number, is known by its beginning. A variable is left out where
nothing reads it.
"""

import re

from pygments.lexers import JavascriptLexer
from pygments.token import Token

TOKEN = re.compile(
    r"""(?P<comment>/\*.*?\*/)|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|\burl\([^)"']*\)|(?P<mark>[{};])""", re.DOTALL
)
ASKED = re.compile(r"[.#]((?:[\w-]|\\.)+)")
CHOICE = re.compile(r"\[[^\]]*\]|:[\w-]+\((?:[^()]|\([^()]*\))*\)")  # what may be otherwise, or in several ways
NAMED = re.compile(r"""\s(?:class|id)=(?:"([^"]*)"|'([^']*)')""")
WORD = re.compile(r"[A-Za-z_][\w-]*")
VARIABLE = re.compile(r"--[\w-]+")
READ = re.compile(r"\bvar\(\s*(--[\w-]+)")
SET = re.compile(r"""(--[\w-]+)\s*:(?:[^;{}"'()]|"[^"]*"|'[^']*'|\((?:[^()]|\([^()]*\))*\))*;?""")
EMPTY = re.compile(r"(?:(?<=[{};])|(?<=\*/)|^)[^{};/]*\{\s*\}\n?")
FILES = re.compile(r"""\burl\(["']?([^"')?#]+)""")
LINES = re.compile(r"\s*\n\s*")
NESTING = ("@media", "@supports", "@container", "@layer")


def words_of(pages, scripts):
    """Return the names in the texts of pages and of scripts, and the beginnings of those that scripts put together."""
    names = {name for text in pages for pair in NAMED.findall(text) for name in " ".join(pair).split()}
    tokens = (token for script in scripts for token in JavascriptLexer().get_tokens(script))
    names |= {word for kind, text in tokens if kind in Token.Literal.String for word in WORD.findall(text)}
    return names, tuple(name for name in names if name.endswith("-") and len(name) > 2)


def used(css, words, there):
    """Return a stylesheet with what these words may use, and the typefaces whose files are there: `there(address)` says it."""
    kept = []
    for prelude, body in _rules(TOKEN.sub(lambda found: _notice(found) if found["comment"] else found[0], css)):
        if body is None:
            kept.append(f"{prelude};")
        elif prelude.startswith(NESTING):
            inner = used(body, words, there)
            kept += [f"{prelude}{{\n{inner}\n}}"] if inner else []
        elif prelude.startswith("@"):
            files = FILES.findall(body) if prelude == "@font-face" else []
            kept += [_rule(prelude, body)] if all(map(there, files)) else []
        else:
            notice, selectors = re.fullmatch(r"((?:/\*.*?\*/\s*)*)(.*)", prelude, re.DOTALL).groups()
            asked = [each.strip() for each in _listed(selectors) if _is_known(each, *words)]
            kept += [_rule(f"{notice}{','.join(asked)}", body)] if asked else [notice.strip()] if notice else []
    return "\n".join(kept)


def without_unread(css, others):
    """Return a stylesheet without the variables that neither it reads nor one of the other texts names."""
    named = {name for text in others for name in VARIABLE.findall(text)}
    read = named | set(READ.findall(css))
    left = EMPTY.sub("", SET.sub(lambda found: found[0] if found[1] in read else "", css))
    return css if left == css else without_unread(left, others)


def _notice(found):
    """Return a comment that licenses ask to keep, as its mark says, or nothing."""
    return found[0] if found[0].startswith("/*!") else ""


def _rules(css):
    """Yield the rules of a stylesheet: what stands before the braces, and what in them, or None where there are none."""
    depth = start = inner = 0
    for found in TOKEN.finditer(css):
        match found["mark"]:
            case "{":
                depth += 1
                inner = found.end() if depth == 1 else inner
            case "}":
                depth -= 1
                if depth == 0:
                    yield css[start : inner - 1].strip(), css[inner : found.start()]
                    start = found.end()
            case ";" if depth == 0:
                yield css[start : found.start()].strip(), None
                start = found.end()


def _rule(prelude, body):
    return f"{prelude}{{{LINES.sub(' ', body.strip())}}}"


def _listed(selectors):
    """Return the selectors of a list, which has commas within brackets as well."""
    return re.findall(r"(?:\([^()]*(?:\([^()]*(?:\([^()]*\)[^()]*)*\)[^()]*)*\)|\[[^\]]*\]|[^,(\[])+", selectors)


def _is_known(selector, names, beginnings):
    asked = (name.replace("\\", "") for name in ASKED.findall(CHOICE.sub("", selector)))
    return all(name in names or name.startswith(beginnings) for name in asked)

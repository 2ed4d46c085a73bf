"""Which pages are built again: Sphinx takes those whose sources have changed, and here is what it does not see.

- A build that was interrupted, or that warned, is nothing to build upon: the next one begins anew, and warns again.
- Every page depends on the code that builds it: on this package and on nnlib, with the packages that are locked.
- What pages know of each other, their titles, labels, numbers, citations, is in all of them.
- The search index loses the index entries of pages that are not built again, and keeps words that no page has any more.
"""

import hashlib
from pathlib import Path

from docutils import nodes
from sphinx.util.index_entries import split_index_msg

from book.hooks import is_website, when_built

ROOT = Path(__file__).parent.parent
CODE = ("book", "nnlib", "requirements.lock")
DOMAINS = {"std": ("objects", "labels", "anonlabels"), "py": ("objects",), "math": ("objects",)}
KNOWN = ("titles", "longtitles", "toctree_includes", "toc_secnumbers", "toc_fignumbers", "proof_list", "nnlib_shown")


def setup_stale(app):
    """See to it that every page is built again that is stale."""
    app.add_config_value("nnlib_code", "", "env")
    app.connect("config-inited", begin)
    app.connect("env-get-updated", all_if_they_know_more, priority=900)  # when all is numbered
    app.connect("html-collect-pages", tidy_index)  # when all pages are in the index, and it is not yet written
    when_built(app, end, priority=999)


def begin(app, config):
    """Forget what an unfinished build has left, and tell Sphinx the state of the code."""
    config.nnlib_code = hash_of(ROOT, CODE)
    app.nnlib_known = _mark(app).read_text(encoding="utf-8") if _mark(app).is_file() else ""
    if not app.nnlib_known:
        Path(app.doctreedir, "environment.pickle").unlink(missing_ok=True)
    _mark(app).unlink(missing_ok=True)


def all_if_they_know_more(app, env):
    """Return all pages, if what pages know of each other is not what it was when they were built, or else none."""
    if not is_website(app):
        return []
    before, app.nnlib_known = app.nnlib_known, hashlib.sha256(known(env).encode()).hexdigest()
    return [] if app.nnlib_known == before else [*env.found_docs]


def tidy_index(app):
    """Make the search index what it is when all pages are built; return that there are no pages to add."""
    index = app.builder.indexer if is_website(app) else None
    if index:
        for page, entries in sorted(app.env.domaindata["index"]["entries"].items()):
            words = {(word, at or "", main) for kind, text, at, main, _ in entries for word in split_index_msg(kind, text)}
            index._index_entries.pop(page, None)  # so that it goes to its place in the order
            index._index_entries[page] = sorted(words)
        for words in (index._mapping, index._title_mapping):
            for word in [word for word, pages in words.items() if not pages]:
                del words[word]
    return []


def end(app):
    """Note that this build can be built upon."""
    if not app._warncount:
        _mark(app).write_text(app.nnlib_known, encoding="utf-8")


def known(env):
    """Return what the pages know of each other, as a text."""
    told = {name: getattr(env, name, {}) for name in KNOWN}
    told |= {name: {kind: env.domaindata[name][kind] for kind in kinds} for name, kinds in DOMAINS.items()}
    boxes = getattr(env, "sphinx_exercise_registry", {})
    told["exercises"] = {label: (box["docname"], box["node"][0]) for label, box in boxes.items()}
    cited = env.domaindata.get("cite", {"citation_refs": [], "citations": []})
    told["citing"] = sorted((each.docname, repr(each.targets)) for each in cited["citation_refs"])
    told["cited"] = [(each.citation_id, each.key, each.formatted_entry.label, each.entry) for each in cited["citations"]]
    told["words"] = [env.get_doctree(name).astext() for name in sorted(_glossaries(env))]  # the margins say them
    told["leads"] = getattr(env, "nnlib_leads", {})
    told["formulas"] = getattr(env, "nnlib_formulas_sheet", "")
    return repr(_plain(told))


def _glossaries(env):
    return {where[0] for (kind, _), where in env.domaindata["std"]["objects"].items() if kind == "term"}


def _plain(value):
    """Return a value of dictionaries, lists and nodes in one form, whatever the order in which it came together."""
    if isinstance(value, dict):
        return sorted((repr(key), _plain(each)) for key, each in value.items())
    if isinstance(value, nodes.Node):
        return value.pformat()
    return [_plain(each) for each in value] if isinstance(value, list | tuple) else repr(value)


def hash_of(root, names):
    """Return the hash of the files and folders `names` below `root`."""
    paths = sorted(path for name in names for path in (root / name, *(root / name).rglob("*")) if path.is_file())
    own = [path for path in paths if "__pycache__" not in path.parts]
    told = hashlib.sha256()
    for path in own:
        told.update(f"{path.relative_to(root).as_posix()}\0{path.stat().st_size}\0".encode() + path.read_bytes())
    return told.hexdigest()


def _mark(app):
    return Path(app.doctreedir, f"{Path(app.outdir).name}.done")

"""Write the mutants of modules, a small fault each, as Cosmic Ray makes them: a line of JSON a module, for `trial.py`.

It runs in .cache/mutation, where Cosmic Ray is. Left out, and counted by the reason, are faults that say nothing of the tests:

- texts: what stands in a `raise` or in a formatted string only changes the words of a message;
- annotations: Python does not run them;
- signs: a sign that numbers do not have, such as << for +, ends every test at once; +x is x; and whether == is "is"
  where the numbers are small is Python's own affair.
"""

import difflib
import json
import sys
from collections import Counter
from pathlib import Path

from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.operators.provider import OperatorProvider

ARITHMETIC = "Add Sub Mul Div FloorDiv Mod Pow".split()
LOGIC = "BitOr BitAnd BitXor".split()
NEED_A_NAME = "VariableReplacer", "VariableInserter"  # these put in any variable, by chance
TEXTS = "raise_stmt", "fstring"
ANNOTATIONS = "tfpdef", "annassign"


def written(source):
    """Return (mutants of a program, how many were left out for which reason)."""
    mutants, left_out, known = [], Counter(), {source}
    provider = OperatorProvider()
    operators = {name: provider[name]() for name in sorted(set(provider) - {*NEED_A_NAME})}
    before = ""
    for part in get_ast(source).children:  # one statement, function or class at a time, as parsing takes long
        text = part.get_code()
        after = source[len(before) + len(text) :]
        nodes = [*ast_nodes(get_ast(text))]
        for name, operator in operators.items():
            places = [(node, place) for node in nodes for place in operator.mutation_positions(node)]
            for occurrence, (node, (begin, _)) in enumerate(places):
                reason = unfit(name, node, begin)
                if reason:
                    left_out[reason] += 1
                    continue
                code = before + mutate_code(text, operator, occurrence) + after
                if code not in known:  # else another operator has made the same one
                    known.add(code)
                    line = begin[0] + before.count("\n")
                    mutants.append({"line": line, **told(text, code[len(before) : len(code) - len(after)]), "source": code})
        before += text
    return sorted(mutants, key=lambda mutant: (mutant["line"], mutant["becomes"])), left_out


def unfit(name, node, begin):
    """Return why a place is left out, or None."""
    kind, _, signs = name.partition("_")
    pair = signs.split("_")
    if kind == "ReplaceBinaryOperator" and not any({*pair} <= {*group} for group in (ARITHMETIC, LOGIC)):
        return "signs"
    if kind == "ReplaceComparisonOperator" and len({*pair} & {"Is", "IsNot"}) == 1:
        return "signs"
    if kind == "ReplaceUnaryOperator" and pair[0] != "Delete":
        return "signs"
    leaf = node.get_leaf_for_position(begin) if hasattr(node, "get_leaf_for_position") else node
    child, parent = leaf, leaf.parent
    while parent is not None:
        if parent.type in TEXTS:
            return "texts"
        if parent.type in ANNOTATIONS and child is parent.children[parent.type == "annassign" or -1]:
            return "annotations"
        if parent.type == "funcdef" and child is parent.annotation:
            return "annotations"
        child, parent = parent, parent.parent
    return None


def told(source, code):
    """Return the lines that a mutant changes, and what becomes of them."""
    lines = [*difflib.ndiff(source.splitlines(), code.splitlines())]
    was, becomes = (" ".join(line[2:].strip() for line in lines if line.startswith(sign)) for sign in "-+")
    return {"was": was, "becomes": becomes}


if __name__ == "__main__":
    for module in sys.argv[1:]:
        mutants, left_out = written(Path(module).read_text(encoding="utf-8"))
        print(json.dumps({"module": module, "mutants": mutants, "left_out": left_out}), flush=True)

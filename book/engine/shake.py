"""Shake a script: take out of it the declarations that nothing reaches."""

import itertools
import re
from collections import defaultdict

WORD = re.compile(r"[\w$]+")
# To make these does nothing else, so what is made is missed only where its name is used.
QUIET = {"arrow_function", "function_expression", "object", "array", "string", "number", "true", "false", "null", "identifier"}


def words(*texts):
    """Return all words in `texts`, those in strings, too: a name may be put together of no other."""
    return {word for text in texts for word in WORD.findall(text)}


def shaken(script, landmark, others):
    """Return `script` with those declarations only that its other statements reach, or the texts `others`.

    Only the block is shaken that begins a statement with the text `landmark`.
    """
    import tree_sitter_javascript
    from tree_sitter import Language, Parser

    source = script.encode()
    root = Parser(Language(tree_sitter_javascript.language())).parse(source).root_node
    if root.has_error:
        raise ValueError("This script can't be read, so nothing can be taken out of it.")
    at = source.index(landmark.encode())
    block = root.descendant_for_byte_range(at, at + len(landmark))
    while block.type not in ("program", "statement_block"):
        block = block.parent
    declared = {_declared(statement) for statement in block.named_children} - {None}
    waiting, reached = defaultdict(list), list(words(*others))
    for statement in block.named_children:
        name = _declared(statement) or _completed(statement)
        if name in declared:
            waiting[name].append(statement)
        else:
            reached += words(statement.text.decode())
    while reached:
        for statement in waiting.pop(reached.pop(), ()):
            reached += words(statement.text.decode())
    parts, end = [], 0
    for statement in sorted(itertools.chain(*waiting.values()), key=lambda left: left.start_byte):
        parts.append(source[end : statement.start_byte])
        end = statement.end_byte
    return b"".join([*parts, source[end:]]).decode()


def _declared(statement):
    """Return the name that a statement declares, and does nothing else, or None."""
    if statement.type == "function_declaration":
        return _name(statement.child_by_field_name("name"))
    if statement.type in ("variable_declaration", "lexical_declaration") and statement.named_child_count == 1:
        declarator = statement.named_children[0]
        value = declarator.child_by_field_name("value")
        return _name(declarator.child_by_field_name("name")) if value and _is_quiet(value) else None
    return None


def _completed(statement):
    """Return the name to which a statement adds a part, `f.sig = "vi"`, or which it offers, `Module["f"] = f`; or None."""
    assignment = statement.named_children[0] if statement.type == "expression_statement" else statement
    if assignment.type != "assignment_expression":
        return None
    place, value = (assignment.child_by_field_name(side) for side in ("left", "right"))
    if value.type not in QUIET or place.type not in ("member_expression", "subscript_expression"):
        return None
    owner = _name(place.child_by_field_name("object"))
    if owner != "Module":
        return owner
    return _name(value) if place.text.decode() == f'Module["{_name(value)}"]' else None


def _is_quiet(value):
    """Say so also of a function that is offered as a part of the module: `Module["f"] = …`."""
    if value.type == "assignment_expression":
        return value.child_by_field_name("left").type == "subscript_expression" and _is_quiet(
            value.child_by_field_name("right")
        )
    return value.type in QUIET


def _name(node):
    return node.text.decode() if node is not None and node.type == "identifier" else None

"""Exercises, questions and predictions, as a book on paper has them.

Solutions and answers stand at the end of the chapter, with links there and back, so that nobody sees them too soon. A
prediction's answer stands right after it: the text goes on from there.
"""

from string import ascii_uppercase

from book.epub.nodes import Node, as_id


def exercise(page, node, within):
    """Return an exercise, and remember its title."""
    [box] = page.plain(node, within)
    page.titles[node["id"]] = box.first(".title").text()
    return [box]


def attempt(page, node, within):
    """Return the program that an exercise begins with; its hints and its solution go to the end."""
    name = node["data-exercise"]
    starter, hints, solution = (node.first(f".nn-{part}") for part in ("starter", "hints", "solution"))
    _answer(page, name, _title(page, name), [*_titled(page, "Hints", hints), *_titled(page, "Solution", solution)])
    return [*(page.all([starter], within) if starter else []), _onward(name, "Hints and solution" if hints else "Solution")]


def _titled(page, title, node):
    return [Node("p", {"class": "title"}, title), *page.all(node.without("summary"))] if node else []


def _title(page, name):
    if name not in page.titles:
        page.faults.append(f"{page.name}: the solution of {name} has no exercise before it")
    return page.titles.get(name, name)


def solution(page, node, within):
    """Return a link to a solution, which goes to the end."""
    title = node.first(".admonition-title")
    name = title.first("a")["href"].removeprefix("#")
    body = page.all([child for child in node.children if child is not title], within)
    _answer(page, name, _title(page, name), [Node("div", {"id": as_id(node["id"])}, *body)])
    return [_onward(name, "Solution")]


def question(page, node, within):
    """Return a question with its options, which have letters; what is right, and why, goes to the end."""
    page.questions += 1
    title, options = f"Question {page.questions}", node.first(".nn-options").parts
    told = [each for letter, option in zip(ascii_uppercase, options, strict=False) for each in _verdict(page, letter, option)]
    _answer(page, node["id"], title, told)
    several = [Node("p", {"class": "more"}, "Several may be right.")] if node["data-kind"] == "checkbox" else []
    shown = [Node("li", {}, *page.all(option.first(".nn-option").children, within)) for option in options]
    asked = Node("p", {}, *page.all(node.first(".nn-asked").children, within))
    parts = [Node("p", {"class": "title"}, title), asked, *several, Node("ol", {"class": "options"}, *shown)]
    return [Node("div", {"class": "box", "id": as_id(node["id"])}, *parts, _onward(node["id"], "Answer"))]


def _verdict(page, letter, option):
    words = Node("b", {}, f"{letter} is {'right' if option['data-right'] == 'true' else 'wrong'}. ")
    why = page.all(child for child in option.first(".nn-why").without("summary") if isinstance(child, Node))
    if why and why[0].tag == "p":
        why[0].children.insert(0, words)
        return why
    return [Node("p", {}, words), *why]


def prediction(page, node, within):
    """Return what a reader is asked to predict."""
    [box] = page.plain(node, within)
    box.children.insert(0, Node("p", {"class": "title"}, "Predict, then read on"))
    return [box]


def predicted(page, node, within):
    """Return what a reader has predicted."""
    return [Node("div", {"class": "open"}, Node("p", {"class": "title"}, "The answer"), *page.all(node.without("summary")))]


def _answer(page, name, title, told):
    back = Node("a", {"href": f"#{as_id(name)}", "role": "doc-backlink"}, title)
    page.answers.append(Node("section", {"id": f"answer-{as_id(name)}"}, Node("h3", {}, back), *told))


def _onward(name, words):
    return Node("p", {"class": "onward"}, Node("a", {"href": f"#answer-{as_id(name)}"}, f"{words} →"))


WAYS = {
    "nn-cell": attempt,
    "exercise": exercise,
    "solution": solution,
    "nn-question": question,
    "nn-predict": prediction,
    "nn-predicted": predicted,
}

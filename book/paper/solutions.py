"""The appendix of solutions: what answers an exercise or a question stands there, and where it is asked the page of it.

A prediction keeps its answer below it, since the chapter goes on from there.
"""

from html import escape
from string import ascii_lowercase

from book.paper.links import AT
from book.paper.pages import Heading, Page, id_of, made

NAME, TITLE, PART = "solutions", "Hints, solutions and answers", "Appendix"
LEAD = """<p>Try first: whoever has fought with an exercise for a while remembers its solution. For each program there are
hints, from what to begin with to what to write, and one worked solution. Of each question every answer is discussed, the wrong
ones as well: they tempt for a reason.</p>"""


def collect(pages):
    """Take the solutions out of the pages, and return them as a page of their own."""
    article = made(f'<article class="bd-article" id="{NAME}"><section><h1>{TITLE}</h1>{LEAD}</section></article>')
    page = Page(NAME, PART, "", article, [Heading(1, NAME, TITLE, TITLE)])
    for source in pages:
        exercises, questions = source.article.find_all("div", class_="exercise"), source.article.find_all(class_="nn-question")
        if not exercises and not questions:
            continue
        ident = id_of(NAME, source.name)
        title = f"Chapter {source.number}: {source.title}" if source.number else source.title
        section = made(f'<section id="{ident}"><h2>{escape(title)}</h2></section>')
        page.headings.append(Heading(2, ident, title, escape(title)))
        for exercise in exercises:
            section.append(_solution(source, exercise))
        for number, question in enumerate(questions, 1):
            section.append(_answers(source, question, number))
        article.section.append(section)
    return page


def _solution(page, exercise):
    """Move the solution of an exercise, and return it in its place in the appendix."""
    title = " ".join(exercise.find(class_="admonition-title").get_text().split())
    parts = made('<div class="paper-answer"></div>')
    cell = exercise.find_next_sibling(class_="nn-cell")
    solution = exercise.find_next_sibling(class_="solution")
    nearest = exercise.find_next_sibling(class_=("nn-cell", "solution", "exercise"))
    if nearest is not None and nearest is cell:
        hints, program = cell.find(class_="nn-hints").ol, cell.find(class_="nn-solution")
        parts.append(hints.extract())
        parts.append(program.find("div").extract())
        for emptied in cell.find_all("details"):
            emptied.decompose()
        after, words = cell, "Hints and solution"
    elif nearest is not None and nearest is solution:
        parts.extend(list(solution.section.children))
        solution.extract()
        after, words = exercise, "Solution"
    else:
        raise ValueError(f"The exercise {exercise['id']} has no solution.")
    return _put(page, exercise["id"], title, parts, after, words)


def _answers(page, question, number):
    """Move what a question says of its options, and return it in its place in the appendix."""
    asked = question.find(class_="nn-asked")
    options = question.find(class_="nn-options")
    options.name, options["type"] = "ol", "a"
    asked.insert(0, made(f'<b class="paper-count">Question {number}. </b>'))
    right = []
    parts = made('<ol class="paper-reasons" type="a"></ol>')
    for letter, option in zip(ascii_lowercase, options.find_all("li", recursive=False), strict=False):
        good = option["data-right"] == "true"
        right += [letter] * good
        reason = option.find(class_="nn-why").extract()
        reason.summary.decompose()
        item = made('<li class="paper-right"></li>' if good else "<li></li>")
        item.extend(list(reason.children))
        parts.append(item)
        del option["data-right"]
    whole = made('<div class="paper-answer"></div>')
    whole.append(parts)
    return _put(page, question["id"], f"Question {number}: {' and '.join(right)}", whole, question.contents[-1], "Answers")


def _put(page, asked, title, parts, after, words):
    """Lead from the question to the answer and back; return the answer."""
    ident = id_of(NAME, asked)
    parts["id"] = ident
    back = f'<a href="{page.name}.html#{asked.removeprefix(f"{page.name}--")}">{escape(title)}</a>'
    parts.insert(0, made(f'<p class="paper-answer-title"><b>{back}</b> {AT.format(asked)}</p>'))
    after.insert_after(made(f'<p class="paper-turn-to"><a href="{NAME}.html#{asked}">{words}</a> {AT.format(ident)}</p>'))
    return parts

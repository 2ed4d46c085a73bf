"""The test: its questions without answers for the room, and the marking scheme for the teacher.

`questions.py` has them.
"""

from docutils import nodes

from book.teaching.lessons import Taught, lines
from book.teaching.questions import QUESTIONS

POINTS = "{points} point{s}"


class Exam(Taught):
    """The test, as `questions` or as `marking`."""

    def run(self):
        """Return one box for each question."""
        kinds = {"questions": self.asked, "marking": self.marked}
        show = self.chosen(self.arguments[0].strip(), kinds, "a part of the test")
        return [box for number, question in enumerate(QUESTIONS, 1) for box in show(number, question)]

    def headed(self, number, question):
        """Return a box that begins with the number and the points of a question."""
        points = POINTS.format(points=question.points, s="s" * (question.points > 1))
        box = nodes.container(classes=["nn-exam"])
        self.parsed(f"**{number}.** {question.asks} *({points})*", box)
        return box

    def asked(self, number, question):
        """Return a question with room to write."""
        box = self.headed(number, question)
        box += lines(question.lines)
        return [box]

    def marked(self, number, question):
        """Return a question with its answer, and what each point is for."""
        box = self.headed(number, question)
        self.parsed(f"**Answer.** {question.filled(question.answer)}", box)
        self.parsed("\n".join(f"- {points}: {question.filled(what)}" for points, what in question.marks), box)
        return [box]

"""The key of answers: every exercise of the book with its solution, out of what the judge runs and what the chapters solve."""

from docutils import nodes

from book.teaching.lessons import Taught
from nnlib.exercises import EXERCISES


class Answers(Taught):
    """All exercises of a chapter, by the name of its file, with their solutions."""

    def run(self):
        """Return for each exercise its name, its solution, and the mistakes that the judge knows."""
        chapters, name = self.chapters(), self.arguments[0].strip()
        page = self.chosen(name, {page.rpartition("/")[2]: page for page in chapters.pages}, "a chapter")
        told = [exercise for exercise in chapters.exercises.values() if exercise.page == page]
        return [node for exercise in told for node in self.answer(exercise, chapters.solutions)]

    def answer(self, asked, solutions):
        """Return the solution of one exercise, below its name."""
        box = nodes.container(classes=["nn-answer"])
        self.parsed(f"**{asked.title}** ({{ref}}`{asked.label}`)", box)
        if asked.label in EXERCISES:
            exercise = EXERCISES[asked.label]
            program = exercise.solution.strip()
            box += nodes.literal_block(program, program, language="python")
            known = "; ".join(wrong.name for wrong in exercise.wrong)
            box += nodes.paragraph("", f"The judge knows: {known}.", classes=["nn-known"])
        elif asked.label in solutions:
            self.parsed(solutions[asked.label].text, box)
        else:
            raise self.error(f"The exercise {asked.label} has no solution: neither a program nor a solution block.")
        return [box]

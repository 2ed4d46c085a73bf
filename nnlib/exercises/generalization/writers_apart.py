"""Exercise: a split for each writer, who is then on one side alone."""

import numpy as np

from nnlib.exercises.exercise import Exercise, Wrong


def some_writers(rng):
    """Return who wrote each of some samples: numbers with gaps between them, not in order."""
    names = rng.permutation(np.arange(0, 12))[: int(rng.integers(2, 5))]
    return (rng.permutation(np.concatenate([names, rng.choice(names, int(rng.integers(2, 9)))])),)


EXERCISE = Exercise(
    name="generalization-writers-apart",
    asks="one_writer_out(writers)",
    solution="""
import numpy as np


def one_writer_out(writers):
    pairs = []
    for writer in np.unique(writers):
        train = np.flatnonzero(writers != writer)
        test = np.flatnonzero(writers == writer)
        pairs.append((train, test))
    return pairs
""",
    hints=(
        "Begin with the writers that there are, each once and in order: `np.unique(writers)`. Loop over them.",
        "`writers == writer` is True for the rows of one of them; `np.flatnonzero` turns that into the numbers of the rows.",
        "Append `(np.flatnonzero(writers != writer), np.flatnonzero(writers == writer))` for each, and return the list.",
    ),
    inputs=(
        (np.array([0, 0, 1, 1, 1, 2]),),
        (np.array([5, 3, 5, 9, 3]),),
        (np.array([2, 1, 2, 1]),),
    ),
    random=some_writers,
    wrong=(
        Wrong(
            "training and test have changed places",
            "In each pair training and test have changed places.",
            "How many writers should there be among the test rows?",
            "Put the rows of all the others first: `writers != writer`.",
            change={"(train, test)": "(test, train)"},
        ),
        Wrong(
            "the writer is trained on as well",
            "The test rows are among the training rows as well.",
            "Whose rows should be on one side alone?",
            "Train on `writers != writer`.",
            change={"np.flatnonzero(writers != writer)": "np.arange(len(writers))"},
        ),
        Wrong(
            "true and false in place of numbers of rows",
            "You return True or False for each row, but the question asks for the numbers of the rows.",
            "What does `np.flatnonzero` do with True and False?",
            "Write `np.flatnonzero(writers == writer)`, and the same for the others.",
            change={
                "np.flatnonzero(writers != writer)": "writers != writer",
                "np.flatnonzero(writers == writer)": "writers == writer",
            },
        ),
        Wrong(
            "one sample is left out at a time",
            "You leave out one *sample* at a time, and its writer stays in the training.",
            "How many pairs do you return, and how many writers are there?",
            "Loop over the writers, each once: `np.unique(writers)`.",
            change={
                "for writer in np.unique(writers)": "for row in range(len(writers))",
                "np.flatnonzero(writers != writer)": "np.delete(np.arange(len(writers)), row)",
                "np.flatnonzero(writers == writer)": "np.array([row])",
            },
        ),
        Wrong(
            "a pair for each sample",
            "A writer with several samples gets several pairs, all alike.",
            "Your loop goes over all the samples. How often does it meet the same writer?",
            "Loop over each writer once: `np.unique(writers)`.",
            change={"np.unique(writers)": "writers"},
        ),
        Wrong(
            "in the order of appearance",
            "The pairs are right, but not in increasing order of the writers.",
            "Whose rows are tested in your first pair?",
            "`np.unique(writers)` gives each writer once, in order.",
            change={"np.unique(writers)": "dict.fromkeys(writers.tolist())"},
        ),
        Wrong(
            "the writers are counted from 0",
            "You expect writers to be numbered 0, 1, 2 …, and their numbers may have gaps.",
            "What do your pairs hold for a number that nobody has?",
            "Loop over the numbers that occur: `np.unique(writers)`.",
            change={"np.unique(writers)": "range(len(np.unique(writers)))"},
            others=({"np.unique(writers)": "range(writers.max() + 1)"}, {"np.unique(writers)": "range(writers.max())"}),
        ),
        Wrong(
            "writers in place of rows",
            "You return *who* wrote the rows, and not *which* rows they are.",
            "Your arrays hold the numbers of writers. In which rows of the data are their samples?",
            "`np.flatnonzero(writers == writer)` gives the places.",
            change={
                "np.flatnonzero(writers != writer)": "writers[writers != writer]",
                "np.flatnonzero(writers == writer)": "writers[writers == writer]",
            },
        ),
        Wrong(
            "only the first writer",
            "You return after the first writer.",
            "How far is your `return` indented?",
            "The `return` belongs after the loop.",
            change={"    return pairs": "        return pairs"},
            others=({"    return pairs": "        return train, test"},),
        ),
        Wrong(
            "only the last writer",
            "You return the pair of the last writer only.",
            "Your loop makes a pair for each. Where do the others go?",
            "Collect them in a list with `append`.",
            change={"return pairs": "return train, test"},
            others=({"return pairs": "return [(train, test)]"}, {"return pairs": "return [train, test]"}),
        ),
        Wrong(
            "only the test rows",
            "You return the test rows of each writer, and not the training rows.",
            "What will the network learn from?",
            "Append both, as a pair: `(train, test)`.",
            change={"pairs.append((train, test))": "pairs.append(test)"},
            others=({"pairs.append((train, test))": "pairs.append(train)"},),
        ),
        Wrong(
            "one list in place of pairs",
            "You append training and test rows one by one, in place of pairs.",
            "How many things should your list hold for three writers?",
            "Append one pair for each: two parentheses, `pairs.append((train, test))`.",
            change={"pairs.append((train, test))": "pairs += [train, test]"},
        ),
        Wrong(
            "one part is one row",
            "You test on the first row of each writer only.",
            "The test rows are *all* the rows of a writer.",
            "Take them all: `np.flatnonzero(writers == writer)`.",
            change={"np.flatnonzero(writers == writer)": "np.flatnonzero(writers == writer)[:1]"},
        ),
        Wrong(
            "a writer is left out of the training twice",
            "Your training rows are those *after* the writer, or of larger numbers, and not all the others.",
            "Do the writers with smaller numbers take part in the training?",
            "Train on all rows where `writers != writer`.",
            change={"writers != writer": "writers > writer"},
            others=({"writers != writer": "writers < writer"},),
        ),
    ),
)

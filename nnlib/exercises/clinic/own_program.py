"""Exercise: the reader's own program, with every check of the clinic in order."""

from nnlib.exercises.clinic.tutorials import TUTORIALS
from nnlib.exercises.exercise import Exercise, Wrong

#: What is said of a program whose first fault is this one: what is wrong, where to look, how to fix it.
FIRST = {
    "runs": (
        "Your program stops with an error, or answers with what is no number.",
        "Press Run: the first lines say which error, and when it came.",
        "Read the error's sentence, print what its line computes with, and mend that line before all others.",
    ),
    "shapes": (
        "The shapes of your answers, your targets and your parameters do not go together.",
        "Press Run: the check *shapes* prints those that it saw.",
        "Let the answers have a row a sample, and give the targets the same shape; sum the biases' steps over the rows.",
    ),
    "asked row by row": (
        "Your program does not answer what it is asked.",
        "Where does the way forward get its X from? And does an axis of a sum run over the samples?",
        "Use the argument X, and keep no data in the network.",
    ),
    "awake at the start": (
        "Your network begins where all its slopes are zero.",
        "How large are the inputs, and the first weights?",
        "Scale the inputs to about −1 to 1, and draw smaller weights.",
    ),
    "targets in reach": (
        "There are targets that your program cannot answer.",
        "Which values can come out of its last activation, and which are in y?",
        "Use one pair of labels for the answers, the rule and the data.",
    ),
    "taught by its targets": (
        "Your training does not read the targets that it is given.",
        "Which y does the line of the error use: the argument, or one from outside?",
        "Use the argument, and keep no targets in the network.",
    ),
    "every label teaches": (
        "There is a label whose wrong answers correct nothing.",
        "Go through one such sample by hand. What is the correction multiplied by?",
        "Turn the labels into signs, or correct by y − ŷ.",
    ),
    "every parameter moves": (
        "Some of your parameters never move.",
        "Press Run: the check names them. Is there an update for each, and does a slope arrive?",
        "Give each parameter its step; and look for zeros on the way back, such as a cache that was never filled.",
    ),
    "hidden neurons differ": (
        "Your hidden neurons are copies of each other.",
        "What do the first weights look like?",
        "Draw them at random, small, and each for itself.",
    ),
    "one step, downhill": (
        "A step of your training does not go along the slopes of its answers.",
        "Press Run: the check says which parameters are at odds with the others.",
        "Go through the way back from the output, and compare each line with the chapter on backpropagation.",
    ),
    "more than one line": (
        "Your program has one straight boundary, and these samples need more.",
        "Is there a hidden layer, and has it an activation?",
        "Put a layer of a few neurons in between, with a sigmoid, a tanh or a ReLU.",
    ),
    "biases": (
        "Your program has no biases, and these samples need them.",
        "What does it answer where all inputs are 0, whatever its weights of the first layer are?",
        "Add a bias to each weighted sum, and let it learn.",
    ),
    "overfits twenty": (
        "Your program does not learn twenty samples by heart.",
        "Does the error grow, or stay where it is? The check shows the curve.",
        "Try a tenth and ten times the learning rate, then more hidden neurons, then more rounds.",
    ),
    "other labels": (
        "Your program knows labels that it was not given.",
        "Where does the way back take its y from?",
        "Use the argument, and keep no data in the network or outside.",
    ),
}


def _mended(tutorial):
    """Return the whole program of a tutorial with its fault mended in place, without its print."""
    text = tutorial.text.replace("print(report)\n", "").replace(
        "        hidden = sigmoid(X @", "        self.hidden = sigmoid(X @"
    )
    return text.replace("return sigmoid(hidden @", "return sigmoid(self.hidden @")


EXERCISE = Exercise(
    name="clinic-own-program",
    asks="report",
    solution=_mended(TUTORIALS["an attribute that is never set"]),
    hints=(
        "Hand your program over in three pieces: how a new one is made, how it is asked, and how it is trained for one step.",
        "`examine` wants five things: your class; a function that asks a network, such as `lambda net, X: net.forward(X)`; "
        "one that trains it for one step, such as `lambda net, X, y: net.train(X, y, 1)`; then `X` and `y`.",
        "Keep what it returns as `report`, and mend the first fault that `print(report)` names; then run it again.",
    ),
    wrong=tuple(
        Wrong(f"{name}: not yet", *hints, when=lambda answer, results, name=name: answer.faults[:1] == [name])
        for name, hints in FIRST.items()
    ),
    use=lambda report: bool(report.passed),
    examples={one.name: one.text for one in TUTORIALS.values()},
)

"""Exercise: a kernel that slides by several cells at once, as in the layers that make pictures smaller."""

import numpy as np

from nnlib.exercises.exercise import Exercise, Wrong

WINDOW = "image[top : top + rows, left : left + columns]"


def some_image(rng):
    """Return an image, a kernel that fits into it, and a step."""
    kernel = rng.integers(-3, 4, tuple(rng.integers(1, 4, 2))).astype(float)
    image = rng.integers(0, 9, tuple(np.array(kernel.shape) + rng.integers(1, 6, 2))).astype(float)
    return image, kernel, int(rng.integers(1, 4))


EXERCISE = Exercise(
    name="frameworks-stride",
    asks="slide(image, kernel, step)",
    solution=f"""
import numpy as np


def slide(image, kernel, step):
    rows, columns = kernel.shape
    down = (image.shape[0] - rows) // step + 1
    across = (image.shape[1] - columns) // step + 1
    answers = np.zeros((down, across))
    for i in range(down):
        for j in range(across):
            top, left = i * step, j * step
            answers[i, j] = np.sum({WINDOW} * kernel)
    return answers
""",
    hints=(
        "Begin with the size of the map: in how many places can a kernel of 3 rows stand on 8 rows, if it moves by 2?",
        "It first stands at the top, and each step moves it by `step`: (rows of the image − rows of the kernel) // step + 1 "
        "places. Then two loops over the places.",
        f"At the place (i, j) the window begins in row `i * step` and column `j * step`: sum up `{WINDOW} * kernel`.",
    ),
    inputs=(
        (np.arange(16.0).reshape(4, 4), np.array([[1.0, 0.0], [0.0, -2.0]]), 2),
        (np.arange(35.0).reshape(5, 7) ** 2, np.array([[1.0, 2.0, 3.0]]), 1),
        (np.arange(56.0).reshape(7, 8) % 5, np.array([[1.0, 0.0], [2.0, -1.0], [0.0, 3.0]]), 3),
    ),
    random=some_image,
    wrong=(
        Wrong(
            "it moves by one cell",
            "Your map has the right size, but the kernel moves by one cell at a time.",
            "In which row of the image does the window of the second place begin, if the step is 2?",
            "The window begins in row `i * step` and column `j * step`.",
            change={"top, left = i * step, j * step": "top, left = i, j"},
        ),
        Wrong(
            "it moves by the kernel's size",
            "Your kernel moves by its own size, and never looks at a cell twice.",
            "By how much should it move? It is handed over.",
            "The window begins in row `i * step` and column `j * step`.",
            change={"top, left = i * step, j * step": "top, left = i * rows, j * columns"},
        ),
        Wrong(
            "the kernel is turned around",
            "Your kernel is turned around by half a turn. In mathematics that is the convolution; networks leave it out.",
            "Which weight meets the upper left cell of the window?",
            "Multiply by `kernel` as it is.",
            change={"* kernel)": "* kernel[::-1, ::-1])"},
        ),
        Wrong(
            "the last place is missing",
            "Your map lacks its last row and its last column.",
            "If the kernel is as large as the image, in how many places can it stand?",
            "Add 1: the first place needs no step.",
            change={"// step + 1": "// step"},
        ),
        Wrong(
            "the mean in place of the sum",
            "Your answers are too small by the number of cells in the kernel.",
            "A neuron adds up its weighted inputs. Does it divide by how many there are?",
            "Take `np.sum`.",
            change={"np.sum": "np.mean"},
        ),
        Wrong(
            "the largest in place of the sum",
            "You take the largest of the products. With a kernel of ones that is *max pooling*, another useful layer.",
            "How does a neuron put its weighted inputs together?",
            "Take `np.sum`.",
            change={"np.sum": "np.max"},
        ),
        Wrong(
            "rows and columns have changed places",
            "Your map is right, and lies on its side.",
            "Does i count the places down, or those across?",
            "The window begins in row `i * step` and column `j * step`.",
            change={"np.zeros((down, across))": "np.zeros((across, down))", "answers[i, j]": "answers[j, i]"},
        ),
        Wrong(
            "there is paper around the image",
            "Your map is too large: you have put a margin around the image.",
            "A margin keeps the map as large as the image. Is that asked for here?",
            "Let only whole windows count: take the image as it is.",
            change={"    rows, columns = kernel.shape\n": "    rows, columns = kernel.shape\n    image = np.pad(image, 1)\n"},
        ),
        Wrong(
            "negative answers are cut off",
            "Your negative answers have become 0: that is a ReLU, which comes after the convolution.",
            "Can the sum of products be negative here?",
            "Return the sums as they are.",
            change={f"np.sum({WINDOW} * kernel)": f"max(0, np.sum({WINDOW} * kernel))"},
        ),
        Wrong(
            "the kernel is added",
            "You add the kernel to the window, and should multiply.",
            "What does a weight do with its input?",
            "Multiply the window by the kernel, number by number, then sum up.",
            change={"] * kernel": "] + kernel"},
        ),
        Wrong(
            "the step is ignored",
            "Your map is that of step 1.",
            "Where does your program use `step`?",
            "It belongs into the size of the map, and into the places where the windows begin.",
            change={
                "(image.shape[0] - rows) // step": "(image.shape[0] - rows)",
                "(image.shape[1] - columns) // step": "(image.shape[1] - columns)",
                "i * step, j * step": "i, j",
            },
        ),
    ),
)

"""Exercise: gradient descent on a quadratic, step by step."""

import numpy as np

from nnlib.exercises.exercise import Exercise, Wrong

BEFORE = "    gradient = curvatures * w\n    for _ in range(steps):"  # the slope is computed once, ahead of the loop


def a_bowl(rng):
    """Return curvatures, a starting point, a learning rate and a number of steps, at random."""
    return rng.uniform(0.2, 3, 2), rng.normal(size=2), float(rng.uniform(0.05, 0.6)), int(rng.integers(2, 8))


EXERCISE = Exercise(
    name="gradient_descent-walk",
    asks="descend(curvatures, w, learning_rate, steps)",
    solution="""
def descend(curvatures, w, learning_rate, steps):
    for _ in range(steps):
        gradient = curvatures * w
        w = w - learning_rate * gradient
    return w
""",
    hints=(
        "Begin with the gradient at w: the derivative of ½ λ₁ w₁² with respect to w₁ is λ₁ w₁, and likewise for w₂.",
        "A loop of `steps` rounds; in each, compute the gradient anew where w is by then, and step against it.",
        "In the loop write `w = w - learning_rate * curvatures * w`, and return w after it.",
    ),
    inputs=(
        (np.array([1.0, 10.0]), np.array([2.0, 1.0]), 0.1, 1),
        (np.array([1.0, 10.0]), np.array([2.0, 1.0]), 0.15, 3),
        (np.array([2.0, 2.0]), np.array([1.0, -1.0]), 0.25, 0),
    ),
    random=a_bowl,
    wrong=(
        Wrong(
            "it climbs",
            "Each of your steps goes uphill, and the numbers grow.",
            "Look at the sign in front of the learning rate: the gradient points to where the loss rises.",
            "Subtract: `w = w - learning_rate * gradient`.",
            change={"w - learning_rate": "w + learning_rate"},
        ),
        Wrong(
            "one step only",
            "The first step is right, and it is also the last.",
            "Look at how far your `return` is indented.",
            "The `return` belongs after the loop, not in it.",
            change={"    return w": "        return w\n    return w"},
            others=({"    return w": "        return w"},),
        ),
        Wrong(
            "the gradient of the start, again and again",
            "The first step is right, and all others repeat it.",
            "Where do you compute the gradient: before the loop, or in it?",
            "After a step the slope is another one: compute `curvatures * w` inside the loop.",
            change={"    for _ in range(steps):\n": "", "        gradient = curvatures * w": BEFORE},
        ),
        Wrong(
            "the loss in place of its gradient",
            "You step by the height of the landscape, where its slope is wanted.",
            "What is the derivative of ½ λ w² with respect to w?",
            "It is λ w: neither a half nor a square is left.",
            change={"curvatures * w": "curvatures * w**2 / 2"},
        ),
        Wrong(
            "a factor of two",
            "Your steps are twice too long.",
            "The landscape is *half* the sum of λ w². What does the half do to the derivative?",
            "It cancels the 2 that the square brings down: the gradient is `curvatures * w`.",
            change={"curvatures * w": "2 * curvatures * w"},
        ),
        Wrong(
            "the learning rate is left out",
            "The direction of your steps is right, and their length is not.",
            "Which of the parameters have you not used yet?",
            "Multiply the gradient by the learning rate before you subtract it.",
            change={"learning_rate * gradient": "gradient"},
        ),
        Wrong(
            "one step too many",
            "You take one step too many.",
            "With `steps` = 0 nothing should move. How many rounds does your loop make?",
            "Loop over `range(steps)`.",
            change={"range(steps)": "range(steps + 1)"},
        ),
        Wrong(
            "one step too few",
            "You take one step too few.",
            "`range(1, steps)` has steps − 1 numbers in it.",
            "Loop over `range(steps)`.",
            change={"range(steps)": "range(steps - 1)"},
        ),
        Wrong(
            "every place is returned",
            "You return the whole way, and the question asks for where it ends.",
            "Which of the places in your list is the last?",
            "Return w after the loop.",
            change={
                "    for _ in range(steps):\n": "    way = [w]\n    for _ in range(steps):\n",
                "gradient\n    return w": "gradient\n        way.append(w)\n    return way",
            },
        ),
        Wrong(
            "the curvature is left out",
            "Both directions shrink alike, and they are of different curvature.",
            "What is the derivative of ½ λ w² with respect to w?",
            "The gradient is `curvatures * w`.",
            change={"curvatures * w": "w"},
        ),
        Wrong(
            "half of the slope",
            "Your steps are half as long as they should be.",
            "The landscape has a ½ in front, and a square brings down a 2. What is left of the two?",
            "They cancel: the gradient is `curvatures * w`.",
            change={"curvatures * w": "curvatures * w / 2"},
        ),
        Wrong(
            "one curvature for both weights",
            "Both weights shrink by the same factor, although their curvatures differ.",
            "The array `curvatures` has two numbers in it. Which of them belongs to w₂?",
            "Multiply element by element: `curvatures * w`.",
            change={"curvatures * w": "curvatures[0] * w"},
            others=(
                {"curvatures * w": "curvatures[1] * w"},
                {"curvatures * w": "curvatures.mean() * w"},
            ),
        ),
        Wrong(
            "the slopes are added up",
            "You step by the sum of the two slopes, so both weights move by the same amount.",
            "`curvatures @ w` is one number. How many numbers does a gradient in two weights have?",
            "Multiply element by element: `curvatures * w`.",
            change={"curvatures * w": "curvatures @ w"},
            others=({"curvatures * w": "curvatures.dot(w)"},),
        ),
        Wrong(
            "the slope does not depend on the place",
            "All of your steps are equally long, wherever you are.",
            "What is the derivative of ½ λ w² with respect to w? Is there a w in it?",
            "The gradient is `curvatures * w`: far from the bottom it is large.",
            change={"curvatures * w": "curvatures"},
        ),
        Wrong(
            "the loss is returned",
            "You return how high the walk ends, and the question asks for where it ends.",
            "Which of your names holds the weights?",
            "Return w after the loop.",
            change={"return w": "return (curvatures * w**2).sum() / 2"},
        ),
    ),
)

"""Exercise: binary cross-entropy from the weighted sum, without an overflow and without a log of 0."""

from nnlib.exercises.exercise import Exercise, Wrong


def _stands_still(answer, results):
    """Say whether the losses are right where they are small, and a badly wrong answer costs too little."""
    _, *small, wrong = results[: len(SMALL) + 2]
    return all(abs(loss - right) < 1e-3 for loss, right in zip(small, SMALL, strict=True)) and max(wrong, 0) < 999


def _is_infinite(answer, results):
    """Say whether a badly wrong answer costs infinitely much."""
    return any(loss == float("inf") for loss in results)


SMALL = (0.6931, 0.1269, 2.1269, 0.0486)  # of the inputs behind the first, at which what goes through e⁻ᶻ overflows

EXERCISE = Exercise(
    name="loss-safe",
    asks="safe_loss(z, y)",
    solution="""
import math


def safe_loss(z, y):
    m = -z if y == 1 else z  # how much the sum favors the wrong answer
    return max(m, 0) + math.log1p(math.exp(-abs(m)))
""",
    hints=(
        "Begin with the target 0: the loss is −ln(1 − σ(z)) = ln(1 + eᶻ). With the target 1, z takes the other sign.",
        "Where the exponent is large, take it out: ln(1 + eᵐ) = m + ln(1 + e⁻ᵐ).",
        "With m = z for the target 0 and m = −z for 1, return `max(m, 0) + math.log1p(math.exp(-abs(m)))`.",
    ),
    inputs=((-1000.0, 1), (0.0, 1), (2.0, 1), (2.0, 0), (-3.0, 0), (1000.0, 0), (1000.0, 1), (40.0, 0)),
    random=lambda rng: (float(rng.normal(scale=8)), int(rng.integers(0, 2))),
    wrong=(
        Wrong(
            "the target does not count",
            "You are right for the target 0. For the target 1 you charge for the right answer.",
            "Try z = 2 with both targets: a sum that says yes should cost little where yes is right.",
            "For the target 1 turn the sign of z first.",
            change={"-z if y == 1 else z": "z"},
        ),
        Wrong(
            "the targets have changed places",
            "Your loss is large where the answer is right, and small where it is wrong.",
            "Try z = 2 and the target 1: the neuron says yes, yes is right, and the loss should be small.",
            "The exponent is z for the target 0, and −z for the target 1.",
            change={"y == 1": "y == 0"},
        ),
        Wrong(
            "the probability has a floor",
            "All is well until the answer is badly wrong: from there on your loss stops growing.",
            "Try z = 1000 with the target 0: the loss is 1000. A floor under the probability hides that, and its slope is 0.",
            "Do without the probability: start from z, with ln(1 + eᵐ) = max(m, 0) + ln(1 + e⁻|ᵐ|).",
            when=_stands_still,
        ),
        Wrong(
            "the large part is lost",
            "Nothing overflows, and right answers come out right; a wrong answer costs no more than ln 2.",
            "You compute ln(1 + e⁻|ᵐ|), which is the small part. What was taken out of the logarithm must be added.",
            "Add `max(m, 0)`.",
            change={"max(m, 0) + ": ""},
        ),
        Wrong(
            "the small part is lost",
            "Far from 0 your loss is right; near 0 it is too small.",
            "At z = 0 the loss is ln 2, whatever the target. Which part gives it?",
            "Add the small part as well: `math.log1p(math.exp(-abs(m)))`.",
            change={" + math.log1p(math.exp(-abs(m)))": ""},
        ),
        Wrong(
            "it overflows",
            "For a z far from 0, `math.exp` overflows.",
            "An exponent may be as far below 0 as you like, but not far above. For which z is yours far above 0?",
            "Take the large part out of the logarithm: ln(1 + eᵐ) = max(m, 0) + ln(1 + e⁻|ᵐ|).",
            change={"max(m, 0) + math.log1p(math.exp(-abs(m)))": "math.log(1 + math.exp(m))"},
            others=(
                {"max(m, 0) + math.log1p(math.exp(-abs(m)))": "-math.log(1 / (1 + math.exp(m)))"},
                {"max(m, 0) + math.log1p(math.exp(-abs(m)))": "m + math.log(1 + math.exp(-m))"},
                {"max(m, 0) + math.log1p(math.exp(-abs(m)))": "math.log(1 + math.exp(z)) - y * z"},
            ),
        ),
        Wrong(
            "the logarithm meets a 0",
            "Where the answer is badly wrong, the probability is rounded to 0 or to 1, and you take the logarithm of 0.",
            "Print σ(1000) and 1 − σ(1000): what is left of the digits?",
            "Do without the probability: ln(1 + eᵐ) = max(m, 0) + ln(1 + e⁻|ᵐ|), straight from z.",
            change={
                "    return max(m, 0) + math.log1p(math.exp(-abs(m)))": "    from nnlib.activations import sigmoid\n"
                "    p = float(sigmoid(z))\n    return -math.log(p) if y == 1 else -math.log(1 - p)"
            },
            others=(
                {
                    "    return max(m, 0) + math.log1p(math.exp(-abs(m)))": "    from nnlib.activations import sigmoid\n"
                    "    p = float(sigmoid(z))\n    return -(y * math.log(p) + (1 - y) * math.log(1 - p))"
                },
            ),
        ),
        Wrong(
            "the loss is negative",
            "Your loss has the wrong sign.",
            "A loss is 0 at best, and it grows as the answer gets worse.",
            "Return it without the minus: max(m, 0) + ln(1 + e⁻|ᵐ|).",
            change={"return max(m, 0) + math": "return -max(m, 0) - math"},
        ),
        Wrong(
            "infinity in place of a large loss",
            "Where the exponential overflows your loss is infinite, and it should be about as large as z.",
            "Try z = 1000 with the target 0: the loss is 1000, a number that the computer can hold.",
            "Take the large part out before the exponential: ln(1 + eᵐ) = max(m, 0) + ln(1 + e⁻|ᵐ|).",
            when=_is_infinite,
        ),
        Wrong(
            "the target has the wrong sign",
            "You are right for the target 0. For the target 1 your loss grows with z, and z says yes.",
            "Try z = 2 and the target 1. In ln(1 + eᶻ) − y z, what does the second term do?",
            "Subtract y z.",
            change={
                "    m = -z if y == 1 else z": "    if y == 1:\n"
                "        return max(z, 0) + math.log1p(math.exp(-abs(z))) + z\n"
                "    m = z"
            },
        ),
        Wrong(
            "this is squared error",
            "This is the squared error of the probability, but the question asks for the cross-entropy.",
            "How much does your loss cost at most? Cross-entropy has no such ceiling.",
            "With m = z for the target 0 and m = −z for 1, the loss is ln(1 + eᵐ).",
            change={
                "    return max(m, 0) + math.log1p(math.exp(-abs(m)))": "    from nnlib.activations import sigmoid\n"
                "    return float(sigmoid(m)) ** 2"
            },
        ),
        Wrong(
            "this is the slope",
            "You return σ(z) − y, the slope of the loss, but the question asks for the loss itself.",
            "What does it cost to be badly wrong, z = 1000 with the target 0?",
            "With m = z for the target 0 and m = −z for 1, the loss is ln(1 + eᵐ).",
            change={
                "    return max(m, 0) + math.log1p(math.exp(-abs(m)))": "    from nnlib.activations import sigmoid\n"
                "    return float(sigmoid(z)) - y"
            },
        ),
    ),
)

"""Exercise: early stopping, from the list of the validation losses."""

from nnlib.exercises.exercise import Exercise, Wrong


def some_losses(rng):
    """Return losses that fall, rise and jitter, some of them equal, and a patience."""
    n = int(rng.integers(4, 16))
    losses = [round(float(abs(i - n / 2) / n + 0.3 * rng.random()), 1) for i in range(n)]
    return losses, int(rng.integers(1, 5))


EXERCISE = Exercise(
    name="generalization-stopping",
    asks="stop(losses, patience)",
    solution="""
def stop(losses, patience):
    lowest, best = float("inf"), 0
    for epoch, loss in enumerate(losses, start=1):
        if loss < lowest:
            lowest, best = loss, epoch
        if epoch - best >= patience:
            break
    return epoch, best
""",
    hints=(
        "Begin with a loop over the losses that remembers the lowest so far, and the epoch in which it was found.",
        "How many epochs have passed since the lowest? When that is `patience`, leave the loop.",
        "In the loop: `if loss < lowest:` remember both; then `if epoch - best >= patience: break`. Return `epoch, best`.",
    ),
    inputs=(
        ([0.9, 0.5, 0.6, 0.7, 0.1], 2),
        ([0.9, 0.5, 0.6, 0.4, 0.7, 0.8, 0.3], 2),
        ([0.9, 0.8, 0.7], 2),
        ([0.5, 0.5, 0.5, 0.5], 3),
        ([0.9, 0.5, 0.7, 0.6, 0.55, 0.2], 3),
        ([0.4, 0.5, 0.3, 0.5, 0.2, 0.6], 1),
    ),
    random=some_losses,
    wrong=(
        Wrong(
            "counted from 0",
            "Both epochs are one too small.",
            "What does `enumerate` begin with? The question counts epochs from 1.",
            "Write `enumerate(losses, start=1)`, or add 1 to both.",
            change={"return epoch, best": "return epoch - 1, best - 1"},
        ),
        Wrong(
            "one of the two is counted from 0",
            "One of your epochs is right, and the other is one too small.",
            "An index counts from 0. Which of the two is an index?",
            "Count both from 1.",
            change={"return epoch, best": "return epoch - 1, best"},
            others=({"return epoch, best": "return epoch, best - 1"},),
        ),
        Wrong(
            "it looks into the future",
            "The second epoch is that of the lowest loss of *all*, even of epochs that training never reaches.",
            "With a patience of 2, do the losses 0.9, 0.5, 0.6, 0.7, 0.1 ever get to the last?",
            "Remember the lowest *as you go*, and return that.",
            change={"return epoch, best": "return epoch, losses.index(min(losses)) + 1"},
            others=({"        if epoch - best >= patience:\n            break\n": ""},),
        ),
        Wrong(
            "the last epoch's weights are given back",
            "You give back the weights of the epoch at which training stops.",
            "The validation loss has risen for `patience` epochs by then. Where was it lowest?",
            "Return the epoch of the lowest loss as the second.",
            change={"return epoch, best": "return epoch, epoch"},
        ),
        Wrong(
            "it compares with the epoch before",
            "You compare each loss with the one before it, and the lowest so far is what counts.",
            "With 0.5, 0.7, 0.6, 0.55 each is lower than the one before, but none is a new lowest after 0.5.",
            "Keep the lowest: change it only where `loss < lowest`.",
            change={
                "            lowest, best = loss, epoch\n": "            best = epoch\n        lowest = loss\n",
            },
        ),
        Wrong(
            "an equal loss counts as a new lowest",
            "A loss that only equals the lowest starts the count anew.",
            "With losses that never change, training would never stop.",
            "Ask for `loss < lowest`, not `<=`.",
            change={"loss < lowest": "loss <= lowest"},
        ),
        Wrong(
            "one epoch too late",
            "Training stops one epoch too late.",
            "With a patience of 1, a single epoch without a new lowest is enough.",
            "Stop as soon as the count *reaches* the patience: `epoch - best >= patience`.",
            change={"epoch - best >= patience": "epoch - best > patience"},
        ),
        Wrong(
            "one epoch too early",
            "Training stops one epoch too early.",
            "With a patience of 2, how many epochs without a new lowest may there be before it stops?",
            "Stop where `epoch - best >= patience`.",
            change={"epoch - best >= patience": "epoch - best >= patience - 1"},
        ),
        Wrong(
            "the waiting is never forgotten",
            "You count *all* epochs without a new lowest, also those before the last one.",
            "The question says: in a row. What should happen to the count where a new lowest is found?",
            "Set the count back to 0 at each new lowest, or compare epochs: `epoch - best`.",
            change={
                'lowest, best = float("inf"), 0': 'lowest, best, waited = float("inf"), 0, 0',
                "lowest, best = loss, epoch\n": "lowest, best = loss, epoch\n        else:\n            waited += 1\n",
                "epoch - best >= patience": "waited >= patience",
            },
        ),
        Wrong(
            "the two have changed places",
            "Both epochs are right, but they have changed places.",
            "Which one can be the larger?",
            "Return the epoch at which training stops first: `return epoch, best`.",
            change={"return epoch, best": "return best, epoch"},
        ),
        Wrong(
            "the loss in place of its epoch",
            "You return the lowest loss, and the question asks for its epoch.",
            "Which of your two results is a whole number that counts epochs?",
            "Remember the epoch beside the lowest loss, and return it.",
            change={"return epoch, best": "return epoch, lowest"},
        ),
        Wrong(
            "only one epoch",
            "You return one number, and the question asks for two.",
            "When does it stop, and whose weights are given back?",
            "Return both: `return epoch, best`.",
            change={"return epoch, best": "return epoch"},
            others=({"return epoch, best": "return best"},),
        ),
        Wrong(
            "the highest in place of the lowest",
            "You look for the largest loss.",
            "Is a loss better when it is large?",
            'Begin with `lowest = float("inf")`, and take over what is less.',
            change={'float("inf")': '-float("inf")', "loss < lowest": "loss > lowest"},
        ),
        Wrong(
            "the end is forgotten",
            "Where the losses fall to the end, you return nothing.",
            "What happens after the loop, if it was never left?",
            "Put the `return` after the loop, and leave the loop with `break`.",
            change={"            break\n    return epoch, best": "            return epoch, best"},
        ),
        Wrong(
            "the loop ends in its first round",
            "You return in the first round of the loop.",
            "How far is your `return` indented?",
            "The `return` belongs after the loop.",
            change={"    return epoch, best": "        return epoch, best"},
        ),
    ),
)

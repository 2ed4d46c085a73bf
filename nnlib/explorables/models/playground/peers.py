"""What the programs for other libraries share: from the same first weights and in the same order, the same numbers.

The data, the first weights, the order of the samples and what dropout silences are all drawn by NumPy's generators, as nnlib
draws them. Where a library has another formula than nnlib, the program has nnlib's, and says so.
"""

from nnlib.explorables.models.playground.programs import when
from nnlib.explorables.models.playground.run import SMALL

WEIGHTS = {
    SMALL: "weights = rng.uniform(-0.5, 0.5, (inputs, outputs))",
    "xavier": "most = np.sqrt(6 / (inputs + outputs))\n    weights = rng.uniform(-most, most, (inputs, outputs))",
    "he": "weights = rng.normal(0, np.sqrt(2 / inputs), (inputs, outputs))",
    "zeros": "weights = np.zeros((inputs, outputs))",
}
PATIENCE = """\
    if (test := losses()[1]) < best:
        best, best_epoch, best_weights = test, epoch, {weights}
    elif epoch - best_epoch >= {patience}:
        break
"""


def bias_of(settings):
    """Return the first bias of each neuron, in Python."""
    return "0.1" if settings["weights"] == SMALL else "0.0"


def indented(lines):
    """Return lines four spaces farther in."""
    return "".join(f"    {line}\n" for line in lines.splitlines())


def loop(settings, epochs, epoch, best):
    """Return the loop over the epochs, given the lines of one, and how weights are kept and given back."""
    if not epochs:
        return ""
    patience, (kept, given_back) = round(settings["patience"]), best
    shown = "\n".join(when(epochs, "epoch")) + "\n"
    shown += PATIENCE.format(weights=kept, patience=patience) if patience else ""
    lines = f"for epoch in range(1, {epochs + 1}):\n{epoch}{shown}"
    if "order_rng" in epoch:
        lines = (
            f"order_rng = np.random.default_rng({round(settings['start'])})  # draws the order, as nnlib.train does\n{lines}"
        )
    return f'best = np.inf\n{lines}{given_back}\nshow("best")\n' if patience else lines

"""Share one certainty: three neurons, their softmax, and a number that is added to all three and changes nothing."""

import numpy as np

from nnlib.activations import softmax
from nnlib.explorables import panels
from nnlib.explorables.controls import number
from nnlib.explorables.explorable import Explorable
from nnlib.explorables.writing import percent, text

MAX_SUM = 4.0  # of a weighted sum, and of c, up or down
SUBSCRIPTS = "₁₂₃"
ORDINALS = ("first", "second", "third")
WANTED_SHARE = 0.9  # the challenge: the second neuron has at least this share,
MAX_Z2 = 2.0  # and z₂ is at most this


class ShareOneCertainty(Explorable):
    name = "share_one_certainty"
    title = "Share one certainty"
    controls = (
        number("z1", "weighted sum z₁", 1, -MAX_SUM, MAX_SUM, 0.1),
        number("z2", "weighted sum z₂", 2, -MAX_SUM, MAX_SUM, 0.1),
        number("z3", "weighted sum z₃", 4, -MAX_SUM, MAX_SUM, 0.1),
        number("c", "add to all: c", 0, -MAX_SUM, MAX_SUM, 0.1),
    )

    def picture(self, settings, state):
        z, shares = _sums(settings), _shares(settings)
        *powers, total = (f"{power:.4g}" for power in [*np.exp(z), np.exp(z).sum()])  # four digits, of small and large alike
        leaders = _leaders(shares)
        return [
            panels.bars("sums", f"z + c, between {text(-2 * MAX_SUM, 0)} and {text(2 * MAX_SUM, 0)}",
                        [f"z{i} + c" for i in SUBSCRIPTS], z, low=-2 * MAX_SUM, high=2 * MAX_SUM, aspect=2),
            panels.bars("shares", "softmax(z + c), between 0 and 1", [f"a{i}" for i in SUBSCRIPTS], shares,
                        best=leaders[0] if len(leaders) == 1 else None, aspect=2),
            panels.equations("powers", "The powers and their sum", [
                *(f"exp({text(one, 1)}) = {power}" for one, power in zip(z, powers, strict=True)), f"sum = {total}"]),
            panels.equations("quotients", "Each power divided by the sum", [
                f"a{i} = {power} / {total} = {text(a, 3)}" for i, power, a in zip(SUBSCRIPTS, powers, shares, strict=True)]),
        ]  # fmt: skip

    def describe(self, settings, state):
        shares = _shares(settings)
        names = " and the ".join(ORDINALS[i] for i in _leaders(shares))
        leading = {
            1: f"the {names} neuron has the largest share of the certainty, {percent(shares.max(), 1)}",
            2: f"the {names} neuron have the largest shares of the certainty, {percent(shares.max(), 1)} each",
            3: f"the neurons have equal shares of the certainty, {percent(shares.max(), 1)} each",
        }
        return f"With {text(settings['c'], 1)} added to each weighted sum, {leading[len(_leaders(shares))]}."

    def challenge(self, settings, state):
        share = _shares(settings)[1]
        z2, lowest = settings["z2"], -MAX_SUM
        most = softmax(np.array([lowest, z2, lowest]))[1]
        if most < WANTED_SHARE:
            return f"With z₂ = {text(z2, 1)} its share is {percent(most, 1)} at most, whatever the others are: raise z₂.", False
        task = (
            f"Give the second neuron at least {percent(WANTED_SHARE)} of the certainty, and leave z₂ at {MAX_Z2:g} or below; "
            f"now its share is {percent(share, 1)}{', and z₂ is too large' if z2 > MAX_Z2 else ''}."
        )
        return task, bool(round(share, 3) >= WANTED_SHARE and z2 <= MAX_Z2)

    def code(self, settings, steps):
        return f"""\
import numpy as np

from nnlib.activations import softmax

z = np.array({[settings["z1"], settings["z2"], settings["z3"]]!r})
c = {settings["c"]!r}
print("z + c:         ", *(f"{{z_i:.9f}}" for z_i in z + c))
print("softmax(z + c):", *(f"{{a_i:.9f}}" for a_i in softmax(z + c)))
print("softmax(z):    ", *(f"{{a_i:.9f}}" for a_i in softmax(z)))
"""


def _sums(settings):
    """Return z + c, (3,)."""
    return np.array([settings["z1"], settings["z2"], settings["z3"]]) + settings["c"]


def _shares(settings):
    """Return softmax(z + c), (3,)."""
    return softmax(_sums(settings))


def _leaders(shares):
    """Return the indices of the largest share: several where they are equal but for rounding."""
    return np.flatnonzero(np.isclose(shares, shares.max(), rtol=0, atol=1e-9)).tolist()

"""One artificial neuron: a weighted sum of its inputs, a bias, and an activation: a = φ(x · w + b)."""

from nnlib.activations import ACTIVATIONS
from nnlib.arrays import as_matrix, as_number, as_numbers, as_vector, choose
from nnlib.wording.foreign import our_arguments
from nnlib.wording.printable import printable

#: The activations but softmax, which shares one certainty among several neurons; a single one would always answer 1.
OF_ONE_NEURON = {name: pair for name, pair in ACTIVATIONS.items() if name != "softmax"}


class Neuron:
    """An artificial neuron (McCulloch and Pitts, 1943; with any weights and activation).

    Parameters
    ----------
    weights : array (features,)
        One weight for each input.
    bias : float
        What is added to the weighted sum: the boundary z = 0 passes through the origin where it is 0.
    activation : str
        A name from `nnlib.activations.ACTIVATIONS`, other than "softmax".

    Examples
    --------
    >>> both = Neuron([1, 1], bias=-1.5, activation="step")
    >>> both
    Neuron(2 → 1): a = step(1·x₁ + 1·x₂ − 1.5)
    >>> both([1, 1])
    1.0
    """

    @our_arguments
    def __init__(self, weights, bias=0.0, activation="sigmoid"):
        self.weights = as_vector(weights, name="weights").copy()
        self.bias = as_number(bias, "bias")
        choose(activation, OF_ONE_NEURON, "activation")
        self.activation = activation

    def net_input(self, x):
        """Return the weighted sum z = x · w + b: a float for one row (features,), (samples,) for a batch of rows."""
        x = as_numbers(x, "x")
        if x.ndim < 2:
            return float(as_vector(x, len(self.weights)) @ self.weights + self.bias)
        return as_matrix(x, len(self.weights), "x") @ self.weights + self.bias

    def __call__(self, x):
        """Return the output a = φ(z): a float for one row (features,), (samples,) for a batch (samples, features)."""
        z = self.net_input(x)
        a = OF_ONE_NEURON[self.activation].function(z)
        return float(a) if isinstance(z, float) else a

    def __repr__(self):
        inputs = len(self.weights)
        terms = [f"{w:+g}·x{str(i).translate(SUBSCRIPTS)}" for i, w in enumerate(self.weights, start=1)]
        terms = terms if inputs <= 4 else [*terms[:2], "+…", terms[-1]]
        terms = [*terms, f"{self.bias:+g}"] if self.bias else terms
        first, *others = terms
        z = " ".join([first.removeprefix("+"), *(f"{term[0]} {term[1:]}" for term in others)]).replace("-", "−")
        return printable(f"Neuron({inputs} → 1): a = {self.activation}({z})")


SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")

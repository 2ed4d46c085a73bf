"""A network is layers in a row, and one vector that holds the parameters of them all.

The layers' weights and biases are views of `network.parameters`, their gradients views of `network.gradients`: what an
optimizer does to the one vector, in place, it does to every layer at once.
"""

import copy
import json
import math
import os
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from nnlib.arrays import Array, as_count, as_matrix, as_number, as_precision, as_rng, choose, is_finite, one_hot, quiet
from nnlib.doors import as_flag, as_list, as_optimizer, as_path, checked
from nnlib.initializers import initializer_for
from nnlib.layers import Activation, Dense, Dropout, Layer, as_batch
from nnlib.losses import LOSSES
from nnlib.normalization import BatchNorm, LayerNorm
from nnlib.wording.foreign import our_arguments, words
from nnlib.wording.printable import printable
from nnlib.wording.refusing import shape_of, shown

MEMORY = "optimizer."  # what the names of an optimizer's arrays begin with in a file
CHUNK = 384  # rows that predicting takes at a time: what they need stays in the processor's cache

#: The losses whose targets are like what a network answers by nature, by its output.
BY_NATURE = {loss.partner: name for name, loss in LOSSES.items() if loss.partner not in (None, "identity")}


class Terms(NamedTuple):
    """What `predict` answers in.

    Examples
    --------
    >>> Network([Dense(2, 3), Activation("softmax")]).terms
    Terms(loss='cross_entropy', shape=())
    """

    loss: str  #: The loss whose targets the answers are like, labels, zeros and ones, or numbers.
    shape: tuple  #: The shape of the answer to one sample, () for one number.


class _OfTheClass(staticmethod):
    """A function of the class that no instance has: `network.load(path)` would leave the network as it is, in silence."""

    def __get__(self, network, kind=None):
        if network is not None:
            raise AttributeError  # which `__getattr__` answers
        return super().__get__(network, kind)


class Network:
    """Layers, applied one after the other: X (samples, inputs) → ŷ (samples, outputs).

    `parameters` and `gradients` are the vectors; `output` is the name of the last activation, "identity" where there is
    none; `terms` are what `predict` answers in, and training sets them. Raises ValueError or TypeError where a layer is
    none, is in a network already, or does not fit its neighbor.

    Parameters
    ----------
    layers : list of Layer
        At least one of them Dense; each as wide as the one before it, and all in one precision.

    Examples
    --------
    >>> from nnlib import Activation, Dense
    >>> network = Network([Dense(2, 1, weights=[[1], [1]], bias=[-1]), Activation("relu")])
    >>> network.forward([[1, 1], [0, 1]]).tolist()
    [[1.0], [0.0]]
    >>> network.parameters.tolist()
    [1.0, 1.0, -1.0]
    """

    parameters = Layer.parameters

    def __init__(self, layers):
        self.layers = as_list(layers, "layers", "[Dense(2, 4), Dense(4, 1)]", Layer, "a layer, such as Activation('relu')")
        for i, layer in enumerate(self.layers):
            if any(layer is other for other in self.layers[:i]) or layer.in_network:
                raise ValueError(f"layers[{i}], {layer!r}, is in a network already: pass copy.deepcopy(layer).")
        weighted = [i for i, layer in enumerate(self.layers) if layer.inputs]
        if not weighted:
            raise ValueError("layers holds no layer with weights: pass at least one Dense(inputs, outputs).")
        for i, j in pairwise(weighted):
            before, after = self.layers[i], self.layers[j]
            if (before.outputs, before.dtype) != (after.inputs, after.dtype):
                raise ValueError(
                    f"layers[{i}], {before!r}, {before.dtype}, does not fit layers[{j}], {after!r}, {after.dtype}: "
                    "give the second as many inputs as the first has outputs, and the same dtype."
                )
        first = weighted[0]
        last = self.layers[-1]
        self._layers_before = self.layers[:first]
        self._first_dense = self.layers[first]
        self._layers_after = self.layers[first + 1 :]
        self.inputs = self._first_dense.inputs
        self.outputs = self.layers[weighted[-1]].outputs
        self.output = last.name if isinstance(last, Activation) else "identity"
        if self.output == "softmax" and self.outputs == 1:
            raise ValueError("softmax of one output is always 1: end in sigmoid, or in one output for each class.")
        one_number = self.outputs == 1 or self.output == "softmax"
        self.terms = Terms(BY_NATURE.get(self.output, "mse"), () if one_number else (self.outputs,))
        self._gather(self._first_dense.dtype)

    def _gather(self, dtype):
        """Copy the layers' parameters into one vector of this precision, and lend each layer its part of it, a view."""
        parameters = np.concatenate([layer.parameters for layer in self.layers], dtype=dtype)
        self.use(parameters, np.zeros_like(parameters))
        for layer in self.layers:
            layer.in_network = True

    def use(self, parameters, gradients):
        """Keep the parameters and the gradients in these vectors from now on, layer by layer."""
        self._parameters = parameters
        self.gradients = gradients
        self.dtype = parameters.dtype
        start = 0
        for layer in self.layers:
            end = start + layer.parameters.size
            layer.use(parameters[start:end], gradients[start:end])
            start = end

    def forward(self, X, training=False) -> Array:
        """Return ŷ, shape (samples, outputs); dropout acts only in `training`."""
        return self.propagate(as_matrix(X, self.inputs, dtype=self.dtype), training)

    def propagate(self, X, training=False) -> Array:
        """Return ŷ as `forward` does, of an X that has been checked: training checks once, at its own door."""
        for layer in self.layers:
            X = layer.propagate(X, training)
        return X

    def trace(self, X) -> list:
        """Return the output of every layer for X: arrays (samples, …), one a layer; X is not among them, the last is ŷ.

        Nothing is dropped out, and `backward` may follow, as after `forward`.
        """
        outputs = [as_matrix(X, self.inputs, dtype=self.dtype)]
        for layer in self.layers:
            outputs.append(layer.propagate(outputs[-1]))
        return outputs[1:]

    def backward(self, delta, at_z=False, to_input=True):
        """Set every layer's gradients from ∂L/∂ŷ, the shape of ŷ, and return ∂L/∂X.

        With `at_z`, delta is ∂L/∂z, before the output activation. Without `to_input` the walk ends at the first layer
        that has weights, and None is returned: that spares training one of its largest products.
        """
        as_flag(to_input, "to_input")
        past = as_flag(at_z, "at_z") and isinstance(self.layers[-1], Activation)
        for layer in reversed(self._layers_after[:-1] if past else self._layers_after):
            delta = layer.backward(delta)
        delta = self._first_dense.backward(delta, to_input)
        for layer in reversed(self._layers_before if to_input else ()):
            delta = layer.backward(delta)
        return delta

    def predict(self, X) -> Array:
        """Return the answers to X in the shape and terms of the y that the network was last trained on.

        A loss that is a cross-entropy is answered in classes, as y has them: labels, one-hot rows, or zeros and ones; "mse"
        by ŷ itself, but by classes where a softmax or sigmoid was trained on zeros and ones alone. So
        `(network.predict(X) == y).mean()` is the accuracy, `.all(axis=1).mean()` that of one-hot rows, and
        `((network.predict(X) - y) ** 2).mean()` the squared error. `run` gives ŷ itself.

        What neither `train` nor `step` has trained answers by its output: softmax by a label a row, sigmoid by 0 or 1,
        any other by ŷ; shape (samples,), and (samples, outputs) where there are several outputs that are not softmax.
        """
        answer = self._loss().answer
        answers = self.run(X)
        if answer:
            answers = answer(answers)
        if answers.ndim == 1 and math.prod(self.terms.shape) > 1:
            answers = one_hot(answers, self.outputs, int)
        shape = len(answers), *self.terms.shape
        return answers.reshape(shape) if answers.size == math.prod(shape) else answers

    def predict_proba(self, X) -> Array:
        """Return probabilities, shape (samples, outputs).

        The network ends in softmax or sigmoid, or it was trained by a loss that is "…_with_logits", which knows how they
        are made of ŷ. Otherwise ValueError is raised.
        """
        to_probabilities = self._loss().to_probabilities
        if to_probabilities is None and self.output not in BY_NATURE:
            raise ValueError(
                f"the output {self.output!r} gives no probabilities: use predict, or end in softmax or sigmoid, or train "
                'with a loss of logits, such as "cross_entropy_with_logits".'
            )
        return to_probabilities(self.run(X)) if to_probabilities else self.run(X)

    def _loss(self):
        return choose(self.terms.loss, LOSSES, "the loss that this network was trained with")

    @quiet("invalid")  # an infinity in X is answered in words, below
    def run(self, X) -> Array:
        """Return ŷ for any number of rows, shape (samples, outputs), remembering nothing for `backward`."""
        rows = as_matrix(X, self.inputs, dtype=self.dtype, finite=bool(self._layers_before))
        y_hat = np.empty((len(rows), self.outputs), self.dtype)
        for start in range(0, len(rows), CHUNK):
            out = rows[start : start + CHUNK]
            for layer in self.layers:
                out = layer.propagate(out)
                # An infinite or NaN input makes such a z; z is smaller than X, so it is looked at first.
                if layer is self._first_dense and not is_finite(out):
                    self.forget()
                    as_matrix(X, self.inputs, dtype=self.dtype)
            y_hat[start : start + CHUNK] = out
        self.forget()
        return y_hat

    def forget(self):
        """Drop what the last `forward` remembered."""
        for layer in self.layers:
            layer.forget()

    def astype(self, dtype) -> "Network":
        """Return a copy of this network that computes in np.float32 or np.float64."""
        other = copy.deepcopy(self)
        other._gather(as_precision(dtype))
        return other

    def __copy__(self):  # two networks cannot share their layers
        return copy.deepcopy(self)

    def __reduce__(self):  # a copied layer has a vector of its own: a copied network is built anew, and gathers them
        return type(self), (self.layers,), {"terms": self.terms}

    def save(self, path, optimizer=None):
        """Write layers and parameters to `path`, an .npz file without pickles; whatever fails, no half file is left.

        With an `optimizer`, what it remembers is written beside them, so that training can go on: to the same numbers
        where the optimizer has the same settings, and the generators of the order and of dropout, which are not
        written, have gone on likewise.
        """
        layers = json.dumps(self.layers, default=_described)
        terms = json.dumps(self.terms)
        memory = {} if optimizer is None else as_optimizer(optimizer, "state").state()
        beside = f"{as_path(path)}.part"
        try:
            with open(beside, "wb") as file:
                arrays = {"layers": layers, "terms": terms, "parameters": self.parameters}
                np.savez(file, **arrays, **{MEMORY + name: memory[name] for name in memory})
            os.replace(beside, path)
        finally:
            if os.path.exists(beside):
                os.remove(beside)

    @_OfTheClass
    def load(path, optimizer=None) -> "Network":
        """Return the network that `save` wrote; restore the `optimizer`, where one is given, to what was written with it.

        Raises ValueError where the file is damaged or something else, or has nothing for this optimizer.
        """
        with open(as_path(path), "rb") as file:
            try:
                with np.load(file, allow_pickle=False) as saved:
                    layers = json.loads(saved["layers"].item())
                    terms = json.loads(saved["terms"].item()) if "terms" in saved else None
                    parameters = saved["parameters"]
                    memory = {name.removeprefix(MEMORY): saved[name] for name in saved if name.startswith(MEMORY)}
                network = Network([_built(*layer) for layer in layers])
                network.parameters = parameters
                if terms:
                    loss, shape = terms
                    network.terms = Terms(loss, tuple(shape))
            except Exception as error:  # a foreign file fails in any of a dozen ways
                raise ValueError(f"{path} is damaged, or not a network that save wrote: {error}") from error
        if optimizer is not None:
            if not memory:
                cure = printable("save it with optimizer=…, or load the network alone.")
                raise ValueError(f"{path} has no optimizer in it: {cure}")
            restore = as_optimizer(optimizer, "restore").restore
            restore({name: array if array.ndim else array.item() for name, array in memory.items()})
        return network

    def __getattr__(self, name):  # asked only for what is not there
        instead = words("methods").get(name)
        fault = f"{type(self).__name__!r} object has no attribute {name!r}"
        raise AttributeError(printable(f"{fault}: {instead}") if instead else fault, name=name, obj=self)

    def summary(self) -> str:
        """Return a table with a line a layer: the features of its output, and how many parameters it has."""
        rows = [("layer", "output", "parameters")]
        width = self.inputs
        for layer in self.layers:
            width = layer.outputs or width
            rows.append((repr(layer).split(",")[0], width, f"{layer.parameters.size:,}"))
        rows.append(("total", "", f"{self.parameters.size:,}"))
        return "\n".join(f"{name:<22}{width:>8}{count:>12}" for name, width, count in rows)

    def __repr__(self):
        widths = [self.inputs, *(layer.outputs for layer in self.layers if layer.outputs)]
        return printable(f"Network({' → '.join(map(str, widths))}), {self.parameters.size:,} parameters")


@our_arguments
def mlp(sizes, activation="relu", output="softmax", dropout=0.0, dtype=np.float32, rng=None) -> Network:
    """Return a multilayer perceptron: mlp([64, 32, 10]) has 64 inputs, 32 hidden neurons and 10 outputs.

    Every hidden layer is Dense, activation and, where `dropout` is above 0, Dropout; the last is Dense and `output`.
    The weights suit the function that follows them (He for ReLU and its kin, else Xavier); the biases are 0.

    Parameters
    ----------
    sizes : list of int
        The inputs, the neurons of each hidden layer, and the outputs.
    activation, output : str
        The names, in `nnlib.activations.ACTIVATIONS`, of what follows each hidden layer and the last one. The default,
        softmax, needs two outputs or more: for one, pass "sigmoid" or "identity".
    dropout : float
        The share of hidden neurons that are silenced in training, from 0 to 1, and less than 1.
    dtype : numpy.dtype
        np.float32 or np.float64.
    rng : int or numpy.random.Generator, optional
        Where the weights are drawn from, and what dropout silences.

    Examples
    --------
    >>> network = mlp([64, 32, 10], rng=0)
    >>> network.parameters.size
    2410
    >>> mlp([2, 3, 1], output="sigmoid", rng=0).predict_proba([[0, 1]]).shape
    (1, 1)
    """
    if len(shape_of(sizes)) != 1 or len(sizes) < 2:
        raise ValueError(f"sizes must be a list such as [inputs, hidden, outputs]. Got {shown(sizes)} instead.")
    sizes = [as_count(size, f"sizes[{i}]") for i, size in enumerate(sizes)]
    dropout = as_number(dropout, "dropout", 0, 1, open_high=True)
    rng = as_rng(rng)
    layers = []
    activation, output = (Activation(name).name for name in (activation, output))  # refused before a weight is drawn
    for i, (inputs, outputs) in enumerate(pairwise(sizes), start=2):
        name = activation if i < len(sizes) else output
        layers += [Dense(inputs, outputs, initializer_for(name), dtype=dtype, rng=rng), Activation(name)]
        if dropout and i < len(sizes):
            layers.append(Dropout(dropout, rng))
    return Network(layers)


class Residual(Layer):
    """A network with a way around it: x + f(x), f being these layers in a row (He, Zhang, Ren and Sun, 2016).

    Its derivative is 1 + f′: whatever f does to a slope, the 1 brings it through whole.

    Parameters
    ----------
    layers : list of Layer
        As for a `Network`, with as many features after them as before.

    Examples
    --------
    >>> block = Residual([Dense(2, 2, weights=[[0, 1], [0, 0]]), Activation("relu")])
    >>> block
    Residual(2 → 2), 6 parameters
    >>> block.forward([[1, 5], [-1, 5]]).tolist()
    [[1.0, 6.0], [-1.0, 5.0]]
    """

    def __init__(self, layers):
        self.inside = Network(layers)
        self.inputs, self.outputs = self.inside.inputs, self.inside.outputs
        if self.inputs != self.outputs:
            raise ValueError(f"{self!r}, cannot add x to f(x): make its last layer as wide as its first layer's inputs.")
        self.use(self.inside.parameters, self.inside.gradients)

    @property
    def layers(self):
        """The layers of f."""
        return self.inside.layers

    @property
    def settings(self):
        """The arguments that make such a layer again."""
        return {"layers": self.layers}

    def use(self, parameters, gradients):
        """Keep the parameters and the gradients in these vectors from now on."""
        super().use(parameters, gradients)
        self.inside.use(parameters, gradients)
        self.dtype = parameters.dtype

    def forget(self):
        """Drop what the last `forward` remembered, here and in every layer of f."""
        super().forget()
        self.inside.forget()

    @checked(as_batch)
    def forward(self, X, training=False):
        """Return X + f(X)."""
        self._memory = (X + self.inside.propagate(X, training),)
        return self._memory[0]

    def backward(self, delta, to_input=True):
        """Set the gradients of f's layers; return ∂L/∂X = δ + what comes back through f, or None unless `to_input`."""
        delta, _ = self._recall(delta, to_input)
        through = self.inside.backward(delta, to_input=to_input)
        return delta + through if to_input else None

    def __repr__(self):
        return printable(f"Residual({self.inputs} → {self.outputs}), {self.inside.parameters.size:,} parameters")


#: The layers that `Network.save` knows, by their names.
LAYERS = {layer.__name__: layer for layer in (Dense, Activation, Dropout, LayerNorm, BatchNorm, Residual)}


def _described(layer):
    choose(type(layer).__name__, LAYERS, "a layer to save")
    return type(layer).__name__, layer.settings  # where these hold layers, json asks for them in turn


def _built(name, settings):
    inner = {"layers": [_built(*layer) for layer in settings["layers"]]} if "layers" in settings else {}
    return choose(name, LAYERS, "layer")(**settings | inner)

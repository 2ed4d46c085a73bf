"""The checks of a reader's own program: right programs of every style pass, and a planted fault is found by its check."""

import math
import random
from pathlib import Path

import nbformat
import numpy as np
import pytest

from nnlib import SGD, datasets, mlp
from nnlib.activations import sigmoid, softmax
from nnlib.clinic import examine
from nnlib.clinic.gradient import explain
from nnlib.exercises.clinic.tutorials import TUTORIALS
from nnlib.training import step as one_step

XOR = datasets.gate("XOR")
COLUMN = XOR.y[:, None]


class Sigmoids:
    """A network with a hidden layer, as many write it: the base of planted faults."""

    rate, rng = 2.0, np.random.default_rng(0)

    def __init__(self, inputs=2, hidden=4, outputs=1):
        self.W1, self.b1 = self.rng.normal(size=(inputs, hidden)), np.zeros(hidden)
        self.W2, self.b2 = self.rng.normal(size=(hidden, outputs)), np.zeros(outputs)

    def forward(self, X):
        self.hidden = sigmoid(X @ self.W1 + self.b1)
        return sigmoid(self.hidden @ self.W2 + self.b2)

    def slopes(self, X, y, y_hat):
        delta2 = (y_hat - y) * y_hat * (1 - y_hat)
        delta1 = delta2 @ self.W2.T * self.hidden * (1 - self.hidden)
        return X.T @ delta1, delta1.sum(axis=0), self.hidden.T @ delta2, delta2.sum(axis=0)

    def step(self, X, y):
        slopes = self.slopes(X, y, self.forward(X))
        for name, slope in zip(("W1", "b1", "W2", "b2"), slopes, strict=True):
            setattr(self, name, getattr(self, name) - self.rate * slope)


def examined(kind, X=XOR.X, y=COLUMN, rounds=1000):
    return examine(kind, kind.forward, kind.step, X, y, rounds)


# right programs, of many styles: each is (fresh, predict, train, X, y, more)


def functions_and_a_dictionary():
    rng = np.random.default_rng(1)

    def fresh():
        return {"W1": rng.normal(size=(2, 5)), "b1": np.zeros((1, 5)), "W2": rng.normal(size=(5, 1)), "b2": np.zeros((1, 1))}

    def forward(p, X):
        return sigmoid(np.tanh(X @ p["W1"] + p["b1"]) @ p["W2"] + p["b2"])

    def step(p, X, y):
        a = np.tanh(X @ p["W1"] + p["b1"])
        d2 = (forward(p, X) - y) / len(X)
        d1 = d2 @ p["W2"].T * (1 - a**2)
        p["W1"] -= X.T @ d1
        p["b1"] -= d1.sum(axis=0, keepdims=True)
        p["W2"] -= a.T @ d2
        p["b2"] -= d2.sum(axis=0, keepdims=True)
        return float(np.mean(d2**2))

    return fresh, forward, step, XOR.X, COLUMN, {}


def a_tuple_that_is_returned_anew():
    rng = np.random.default_rng(2)

    def fresh():
        return rng.normal(size=(2, 4)), np.zeros(4), rng.normal(size=4), np.zeros(1)

    def forward(p, X):
        return np.tanh(X @ p[0] + p[1]) @ p[2] + p[3]

    def step(p, X, y):
        W, b, v, c = p
        a = np.tanh(X @ W + b)
        d = 2 * (a @ v + c - y) / len(y)
        back = d[:, None] * v * (1 - a**2)
        return W - 0.2 * X.T @ back, b - 0.2 * back.sum(0), v - 0.2 * a.T @ d, c - 0.2 * d.sum()

    return fresh, forward, step, XOR.X, XOR.y.astype(float), {}


def columns_are_samples():
    rng = np.random.default_rng(3)

    class Columns:
        def __init__(self):
            self.weights = [rng.normal(size=(4, 2)), rng.normal(size=(1, 4))]
            self.biases = [rng.normal(size=(4, 1)), rng.normal(size=(1, 1))]

        def forward(self, x):
            self.kept = [x]
            for W, b in zip(self.weights, self.biases, strict=True):
                self.kept.append(sigmoid(W @ self.kept[-1] + b))
            return self.kept[-1]

        def step(self, x, y):
            delta = self.forward(x) - y
            for i in (1, 0):
                W = self.weights[i]
                before = self.kept[i]
                self.weights[i] = W - 0.5 * delta @ before.T
                self.biases[i] = self.biases[i] - 0.5 * delta.sum(axis=1, keepdims=True)
                delta = W.T @ delta * before * (1 - before)

    return Columns, lambda n, X: n.forward(X.T).T, lambda n, X, y: n.step(X.T, y.T), XOR.X, COLUMN, {}


def single_precision():
    rng = np.random.default_rng(4)

    class Single(Sigmoids):
        def __init__(self):
            super().__init__()
            for name in ("W1", "b1", "W2", "b2"):
                setattr(self, name, rng.normal(size=getattr(self, name).shape).astype(np.float32))

        def forward(self, X):
            return super().forward(X.astype(np.float32))

        def step(self, X, y):
            super().step(X.astype(np.float32), y.astype(np.float32))
            assert self.W1.dtype == np.float32

    return Single, Single.forward, Single.step, XOR.X, COLUMN, {}


def plain_python_lists():
    class Lists:
        def __init__(self):
            self.hidden = [[random.uniform(-2, 2) for _ in range(3)] for _ in range(4)]
            self.output = [random.uniform(-2, 2) for _ in range(5)]

        def forward(self, x):
            self.a = [1 / (1 + math.exp(-(w[0] * x[0] + w[1] * x[1] + w[2]))) for w in self.hidden]
            z = sum(v * a for v, a in zip(self.output, [*self.a, 1], strict=True))
            return 1 / (1 + math.exp(-z))

        def step(self, X, y):
            for x, target in zip(X, y, strict=True):
                error = target - self.forward(x)
                old = list(self.output)
                for j, a in enumerate([*self.a, 1]):
                    self.output[j] += 0.5 * error * a
                for j, w in enumerate(self.hidden):
                    back = error * old[j] * self.a[j] * (1 - self.a[j])
                    for i, value in enumerate([x[0], x[1], 1]):
                        w[i] += 0.5 * back * value

    return Lists, lambda n, X: [n.forward(x) for x in X], Lists.step, XOR.X, XOR.y, {}


def three_classes_and_softmax():
    flowers = datasets.iris()
    X, rng = datasets.standardize(flowers.X), np.random.default_rng(5)

    class Softmax:
        def __init__(self):
            self.W1, self.b1 = rng.normal(size=(4, 8)) * 0.7, np.zeros(8)
            self.W2, self.b2 = rng.normal(size=(8, 3)) * 0.4, np.zeros(3)

        def forward(self, X):
            self.z = X @ self.W1 + self.b1
            self.a = np.maximum(self.z, 0)
            return softmax(self.a @ self.W2 + self.b2)

        def step(self, X, y):
            delta = (self.forward(X) - np.eye(3)[y]) / len(y)
            back = delta @ self.W2.T * (self.z > 0)
            self.W2 -= 0.5 * self.a.T @ delta
            self.b2 -= 0.5 * delta.sum(axis=0)
            self.W1 -= 0.5 * X.T @ back
            self.b1 -= 0.5 * back.sum(axis=0)

    return Softmax, Softmax.forward, Softmax.step, X, flowers.y, {}


def one_layer_from_zeros():
    flowers = datasets.iris()

    class Zeros:
        def __init__(self):
            self.W, self.b = np.zeros((4, 3)), np.zeros(3)

        def forward(self, X):
            return softmax(X @ self.W + self.b)

        def step(self, X, y):
            delta = self.forward(X) - y
            self.W -= 0.1 * X.T @ delta / len(X)
            self.b -= 0.1 * delta.mean(axis=0)

    return Zeros, Zeros.forward, Zeros.step, datasets.standardize(flowers.X), np.eye(3)[flowers.y], {}


def a_perceptron():
    class Signs:
        def __init__(self):
            self.weights, self.bias, self.learning_rate = np.zeros(2), 0.0, 0.1

        def predict(self, X):
            return np.where(X @ self.weights + self.bias >= 0, 1, -1)

        def fit(self, X, y):
            for x, target in zip(X, y, strict=True):
                if target * (x @ self.weights + self.bias) <= 0:
                    self.weights = self.weights + self.learning_rate * target * x
                    self.bias += self.learning_rate * target

    flowers = datasets.iris()
    two = flowers.y < 2
    return Signs, Signs.predict, Signs.fit, datasets.standardize(flowers.X[two, :2]), 2 * flowers.y[two] - 1, {}


def a_perceptron_with_zeros_and_ones():
    class Steps:
        def __init__(self):
            self.w, self.b = np.zeros(2), 0

        def predict(self, X):
            return (X @ self.w + self.b >= 0).astype(int)

        def fit(self, X, y):
            for x, target in zip(X, y, strict=True):
                missing = target - int(x @ self.w + self.b >= 0)
                self.w = self.w + missing * x
                self.b = self.b + missing

    return Steps, Steps.predict, Steps.fit, datasets.gate("AND").X, datasets.gate("AND").y, {}


def a_straight_line_through_numbers():
    rng = np.random.default_rng(6)
    X = rng.normal(size=(60, 3))
    y = X @ [1.0, -2.0, 0.5] + 3 + 0.1 * rng.normal(size=60)

    class Line:
        def __init__(self):
            self.w, self.b = np.zeros(3), 0.0

        def predict(self, X):
            return X @ self.w + self.b

        def step(self, X, y):
            error = self.predict(X) - y
            self.w, self.b = self.w - 0.1 * 2 * X.T @ error / len(y), self.b - 0.1 * 2 * error.mean()

    return Line, Line.predict, Line.step, X, y, {}


def a_curve_of_numbers_without_labels():
    X = np.linspace(-2, 2, 30)[:, None]
    return (lambda: Curve(), Curve.forward, Curve.step, X, np.sin(2 * X), {"rounds": 6000})


class Curve:
    rng = np.random.default_rng(7)

    def __init__(self):
        self.params = {
            "layer1": {"W": self.rng.normal(size=(1, 12)), "b": self.rng.normal(size=12)},
            "layer2": {"W": self.rng.normal(size=(12, 1)) * 0.3, "b": np.zeros(1)},
        }

    def forward(self, X):
        first, second = self.params.values()
        self.a = np.tanh(X @ first["W"] + first["b"])
        return self.a @ second["W"] + second["b"]

    def step(self, X, y):
        first, second = self.params.values()
        delta = 2 * (self.forward(X) - y) / y.size
        back = delta @ second["W"].T * (1 - self.a**2)
        second["W"] -= 0.1 * self.a.T @ delta
        second["b"] -= 0.1 * delta.sum(axis=0)
        first["W"] -= 0.1 * X.T @ back
        first["b"] -= 0.1 * back.sum(axis=0)


def adam():
    class Adam(Sigmoids):
        def __init__(self):
            super().__init__()
            self.m, self.v, self.t = [0.0] * 4, [0.0] * 4, 0

        def step(self, X, y):
            self.t += 1
            for i, (name, slope) in enumerate(zip(("W1", "b1", "W2", "b2"), self.slopes(X, y, self.forward(X)), strict=True)):
                self.m[i] = 0.9 * self.m[i] + 0.1 * slope
                self.v[i] = 0.999 * self.v[i] + 0.001 * slope**2
                m, v = self.m[i] / (1 - 0.9**self.t), self.v[i] / (1 - 0.999**self.t)
                setattr(self, name, getattr(self, name) - 0.05 * m / (np.sqrt(v) + 1e-8))

    return Adam, Adam.forward, Adam.step, XOR.X, COLUMN, {}


def momentum_and_weight_decay():
    class Heavy(Sigmoids):
        def __init__(self):
            super().__init__()
            self.velocity = {}

        def step(self, X, y):
            for name, slope in zip(("W1", "b1", "W2", "b2"), self.slopes(X, y, self.forward(X)), strict=True):
                if name.startswith("W"):
                    slope = slope + 1e-4 * getattr(self, name)
                self.velocity[name] = 0.9 * self.velocity.get(name, 0) - 0.3 * slope
                setattr(self, name, getattr(self, name) + self.velocity[name])

    return Heavy, Heavy.forward, Heavy.step, XOR.X, COLUMN, {}


def shuffled_one_by_one():
    class Online(Sigmoids):
        rate = 0.5

        def step(self, X, y):
            for i in np.random.permutation(len(X)):  # noqa: NPY002
                super().step(X[[i]], y[[i]])

    return Online, Online.forward, Online.step, XOR.X, COLUMN, {}


def dropout():
    rng = np.random.default_rng(8)

    class Dropped(Sigmoids):
        def __init__(self):
            super().__init__(hidden=16)

        def step(self, X, y):
            mask = (rng.random(16) < 0.8) / 0.8
            self.forward(X)
            self.hidden = self.hidden * mask
            y_hat = sigmoid(self.hidden @ self.W2 + self.b2)
            delta = y_hat - y
            back = (
                delta @ self.W2.T * mask * (self.hidden / np.where(mask, mask, 1)) * (1 - self.hidden / np.where(mask, mask, 1))
            )
            self.W2 = self.W2 - 0.3 * self.hidden.T @ delta
            self.b2 = self.b2 - 0.3 * delta.sum(axis=0)
            self.W1 = self.W1 - 0.3 * X.T @ back
            self.b1 = self.b1 - 0.3 * back.sum(axis=0)

    return Dropped, Dropped.forward, Dropped.step, XOR.X, COLUMN, {}


def nnlib_itself():
    rng = np.random.default_rng(9)
    moons = datasets.moons(60, noise=0.1, rng=0)

    def fresh():
        return mlp([2, 8, 2], dtype=np.float64, rng=rng)

    def step(network, X, y):
        one_step(network, X, y, "cross_entropy", SGD(0.3))

    return fresh, lambda network, X: network.predict_proba(X), step, *moons, {}


def layers_as_objects():
    rng = np.random.default_rng(10)

    class Layer:
        def __init__(self, n, m):
            self.weights, self.bias = rng.normal(size=(n, m)), rng.normal(size=(1, m))

        def forward(self, X):
            self.input = X
            self.output = np.tanh(X @ self.weights + self.bias)
            return self.output

        def backward(self, gradient, rate):
            delta = gradient * (1 - self.output**2)
            back = delta @ self.weights.T
            self.weights = self.weights - rate * self.input.T @ delta
            self.bias = self.bias - rate * delta.sum(axis=0, keepdims=True)
            return back

    class Layers:
        def __init__(self):
            self.layers = [Layer(2, 6), Layer(6, 6), Layer(6, 1)]

        def predict(self, X):
            for layer in self.layers:
                X = layer.forward(X)
            return X

        def step(self, X, y):
            gradient = 2 * (self.predict(X) - y) / len(X)
            for layer in reversed(self.layers):
                gradient = layer.backward(gradient, 0.1)

    return Layers, Layers.predict, Layers.step, XOR.X, 2 * COLUMN - 1, {}


def a_bias_as_a_weight_of_ones():
    rng = np.random.default_rng(11)

    def ones(X):
        return np.hstack([X, np.ones((len(X), 1))])

    class Ones:
        def __init__(self):
            self.V, self.w = rng.normal(size=(3, 4)), rng.normal(size=(5, 1))

        def forward(self, X):
            self.h = ones(sigmoid(ones(X) @ self.V))
            return sigmoid(self.h @ self.w)

        def step(self, X, y):
            d = self.forward(X) - y
            back = (d @ self.w.T * self.h * (1 - self.h))[:, :-1]
            self.w -= self.h.T @ d
            self.V -= ones(X).T @ back

    return Ones, Ones.forward, Ones.step, XOR.X, COLUMN, {}


RIGHT = [
    *(functions_and_a_dictionary, a_tuple_that_is_returned_anew, columns_are_samples, single_precision, plain_python_lists),
    *(three_classes_and_softmax, one_layer_from_zeros, a_perceptron, a_perceptron_with_zeros_and_ones),
    *(a_straight_line_through_numbers, a_curve_of_numbers_without_labels, adam, momentum_and_weight_decay),
    *(shuffled_one_by_one, dropout, nnlib_itself, layers_as_objects, a_bias_as_a_weight_of_ones),
]


@pytest.mark.parametrize("style", RIGHT, ids=lambda style: style.__name__)
def test_a_right_program_of_any_style_passes(style):
    *program, more = style()
    checklist = examine(*program, **more)
    assert checklist.faults == [], checklist
    assert len(checklist) == 14


# planted faults: each is the first that the checklist names


def test_the_program_that_faults_are_planted_into_is_right():
    assert examined(Sigmoids).passed


def planted(change, X=XOR.X, y=COLUMN):
    """Return what examines a network with a fault: `change` holds methods that take the place of its own."""
    return lambda: examined(type("Planted", (Sigmoids,), change), X, y)


def slopes_with(line):
    """Return `slopes` with one of its lines written otherwise."""
    kept = {
        "delta2": "(y_hat - y) * y_hat * (1 - y_hat)",
        "back": "delta2 @ self.W2.T",
        "delta1": "back * self.hidden * (1 - self.hidden)",
        "result": "X.T @ delta1, delta1.sum(axis=0), self.hidden.T @ delta2, delta2.sum(axis=0)",
    }
    source = "\n".join(f"    {name} = {text}" for name, text in (kept | line).items())
    names = {"sigmoid": sigmoid, "np": np}
    exec(f"def slopes(self, X, y, y_hat):\n{source}\n    return result", names)
    return {"slopes": names["slopes"]}


def biases_by(how):
    """Return `slopes` in which that of the first bias is computed in another way."""
    return slopes_with({"result": f"X.T @ delta1, delta1{how}, self.hidden.T @ delta2, delta2.sum(axis=0)"})


def local_hidden(self, X):
    hidden = sigmoid(X @ self.W1 + self.b1)
    return sigmoid(hidden @ self.W2 + self.b2)


def kept_in_the_constructor(self, *_):
    Sigmoids.__init__(self)
    self.hidden = np.zeros((4, 4))


def equal_weights(self):
    Sigmoids.__init__(self)
    self.W1, self.W2 = np.full((2, 4), 0.5), np.full((4, 1), 0.5)


def without_b1(self, X, y):
    before = self.b1
    Sigmoids.step(self, X, y)
    self.b1 = before


def uphill(self, X, y):
    self.rate = -2.0
    Sigmoids.step(self, X, y)


def early(self, X, y):
    y_hat = self.forward(X)
    delta2 = (y_hat - y) * y_hat * (1 - y_hat)
    self.W2, self.b2 = self.W2 - 2 * self.hidden.T @ delta2, self.b2 - 2 * delta2.sum(axis=0)
    delta1 = delta2 @ self.W2.T * self.hidden * (1 - self.hidden)
    self.W1, self.b1 = self.W1 - 2 * X.T @ delta1, self.b1 - 2 * delta1.sum(axis=0)


def softmax_down(self, X):
    self.hidden = sigmoid(X @ self.W1 + self.b1)
    z = self.hidden @ self.W2 + self.b2
    return np.exp(z) / np.exp(z).sum(axis=0)


def straight(self, X):
    self.hidden = X @ self.W1 + self.b1
    return sigmoid(self.hidden @ self.W2 + self.b2)


def built_in(self, X):
    self.hidden = sigmoid(X @ self.W1 + np.ones((4, 1)) * self.b1)
    return sigmoid(self.hidden @ self.W2 + self.b2)


def not_safe(self, X):
    return np.log(Sigmoids.forward(self, X) - 1)


def wide(self):
    Sigmoids.__init__(self)
    self.W1, self.b1 = np.full((2, 4), 40.0), np.full(4, 50.0)
    self.W2, self.b2 = np.full((4, 1), 60.0), np.full(1, 80.0)


def two_outputs(self):
    Sigmoids.__init__(self, 2, 4, 2)


def square(self):
    Sigmoids.__init__(self, 2, 3, 3)


class Alone:
    """One neuron with a sigmoid."""

    def __init__(self):
        self.w, self.b = np.zeros(2), 0.0

    def forward(self, X):
        return sigmoid(X @ self.w + self.b)

    def step(self, X, y):
        missing = y - self.forward(X)
        self.w, self.b = self.w + X.T @ missing, self.b + missing.sum()


class Table(Alone):
    """One neuron that answers a column and is told a row of targets."""

    def __init__(self):
        self.w, self.b = np.zeros((2, 1)), np.zeros(1)

    def step(self, X, y):
        missing = (self.forward(X) - y).mean(axis=1, keepdims=True)
        self.w, self.b = self.w - X.T @ missing, self.b - missing.sum()


class Signs:
    """A perceptron for −1 and 1."""

    def __init__(self):
        self.w, self.b = np.zeros(2), 0.0

    def forward(self, X):
        return np.where(X @ self.w + self.b > 0, 1, -1)

    def step(self, X, y):
        for x, label in zip(X, y, strict=True):
            if label * (x @ self.w + self.b) <= 0:
                self.w, self.b = self.w + label * x, self.b + label


class Half(Signs):
    """A perceptron that says 0 and 1, and learns as if they were −1 and 1."""

    def forward(self, X):
        return (X @ self.w + self.b > 0).astype(int)


class TooFast:
    """A line through numbers, with steps that are too long."""

    def __init__(self):
        self.w, self.b = np.zeros(2), 0.0

    def forward(self, X):
        return X @ self.w + self.b

    def step(self, X, y):
        error = self.forward(X) - y
        self.w, self.b = self.w - 5 * X.T @ error, self.b - 5 * error.sum()


class NoBiases(Sigmoids):
    def forward(self, X):
        self.hidden = np.tanh(X @ self.W1)
        return sigmoid(self.hidden @ self.W2)

    def step(self, X, y):
        delta2 = self.forward(X) - y
        delta1 = delta2 @ self.W2.T * (1 - self.hidden**2)
        self.W2, self.W1 = self.W2 - 0.3 * self.hidden.T @ delta2, self.W1 - 0.3 * X.T @ delta1


class Stored(Sigmoids):
    def forward(self, X):
        return super().forward(XOR.X)


class GlobalLabels(Sigmoids):
    def slopes(self, X, y, y_hat):
        return super().slopes(X, COLUMN[: len(X)], y_hat)


NEVER_FILLED = {"__init__": kept_in_the_constructor, "forward": local_hidden}
NOT_TURNED = {"__init__": square} | slopes_with({"back": "delta2 @ self.W2"})
STRAIGHT = {"forward": straight} | slopes_with({"delta1": "back"})
TWICE = "back * sigmoid(self.hidden) * (1 - sigmoid(self.hidden))"
MOONS = datasets.moons(60, noise=0.1, rng=0)


class SawThemAll(Sigmoids):
    def step(self, X, y):
        super().step(MOONS.X, MOONS.y[:, None] if len(X) > 2 else y)


PLANTED = {
    "an attribute that is never set": ("runs", planted({"forward": local_hidden})),
    "the logarithm of a negative number": ("runs", planted({"forward": not_safe})),
    "a bias with a row a sample": ("shapes", planted(biases_by(""))),
    "a column minus a row": ("shapes", lambda: examined(Table, *datasets.gate("OR"))),
    "two answers for one target": ("shapes", planted({"__init__": two_outputs}, y=COLUMN / 2)),
    "answers in rows": ("shapes", lambda: examine(Sigmoids, lambda n, X: n.forward(X).T, None, XOR.X, COLUMN)),
    "stored data": ("asked row by row", lambda: examined(Stored)),
    "a softmax down the columns": ("asked row by row", planted({"forward": softmax_down})),
    "the number of samples built in": ("asked row by row", planted({"forward": built_in})),
    "targets of -1 for a sigmoid": ("targets in reach", planted({}, y=2 * COLUMN - 1)),
    "labels 0 and 1 for signs": ("targets in reach", lambda: examined(Signs, *datasets.gate("AND"))),
    "zeros that correct nothing": ("every label teaches", lambda: examined(Half, *datasets.gate("AND"))),
    "an error that is multiplied by its target": ("every label teaches", planted(slopes_with({"delta2": "y * (y_hat - y)"}))),
    "a bias that is not moved": ("every parameter moves", planted({"step": without_b1})),
    "no training": ("every parameter moves", lambda: examine(Sigmoids, Sigmoids.forward, None, XOR.X, COLUMN)),
    "a cache that is made and never filled": ("every parameter moves", planted(NEVER_FILLED)),
    "weights that begin alike": ("hidden neurons differ", planted({"__init__": equal_weights})),
    "all saturated": ("awake at the start", planted({"__init__": wide}, X=100 + XOR.X)),
    "uphill": ("one step, downhill", planted({"step": uphill})),
    "no slope of the hidden activation": ("one step, downhill", planted(slopes_with({"delta1": "back"}))),
    "a slope of what is no weighted sum": ("one step, downhill", planted(slopes_with({"delta1": TWICE}))),
    "a transpose that is missing": ("one step, downhill", planted(NOT_TURNED, y=np.eye(3)[[0, 1, 2, 0]])),
    "weights that move before they are used": ("one step, downhill", planted({"step": early})),
    "a mean where the others sum": ("one step, downhill", planted(biases_by(".mean(axis=0)"))),
    "steps that are too long": ("overfits twenty", lambda: examined(TooFast, 3 * MOONS.X, MOONS.X @ [1.0, 2.0] + 1)),
    "no hidden layer": ("more than one line", lambda: examined(Alone, XOR.X, XOR.y)),
    "a hidden layer without an activation": ("more than one line", planted(STRAIGHT)),
    "no biases": ("biases", lambda: examined(NoBiases, 2 * XOR.X - 1, COLUMN)),
    "labels out of a global variable": ("taught by its targets", lambda: examined(GlobalLabels)),
    "samples out of a global variable": ("taught by its targets", lambda: examined(SawThemAll, MOONS.X, MOONS.y[:, None])),
}  # fmt: skip


@pytest.mark.parametrize(("check", "examination"), PLANTED.values(), ids=PLANTED)
def test_a_planted_fault_is_the_first_that_the_checklist_names(check, examination):
    checklist = examination()
    assert checklist.faults[:1] == [check], checklist
    assert checklist[check].means and checklist[check].look


# what the checklist says, and what it leaves alone


def test_the_checks_say_what_they_saw_in_numbers_that_can_be_worked_out():
    """One neuron with w = (0, 0), b = 0 answers σ(0) = 1/2: its steepest slope is σ′(0) · 1 = 1/4."""
    checklist = examine(Alone, Alone.forward, Alone.step, *datasets.gate("AND"))
    assert checklist.passed
    assert checklist["awake at the start"].saw == "The steepest slope of an answer in a parameter is 0.25."
    assert checklist["every parameter moves"].saw.startswith("3 numbers that the answers depend on, in w, b; ")
    assert repr(checklist).startswith("14 of 14 checks find nothing wrong.\n\n✓ runs: ")


def test_a_checklist_names_the_fault_to_begin_with_and_fits_a_narrow_column():
    text = repr(examined(Alone, XOR.X, XOR.y))
    assert "Begin with: more than one line." in text
    assert max(map(len, text.splitlines())) <= 72


def test_a_step_is_explained_by_slopes_and_what_contradicts_them_is_named():
    before = {"w": np.zeros(2), "b": np.zeros(1)}
    slopes = {"w": np.array([[1.0], [2.0]]), "b": np.array([[1.0]])}
    right = explain(before, {"w": np.array([0.3, 0.6]), "b": np.array([0.3])}, slopes, 1e-3)
    assert right.kind == "plain" and right.pulls == pytest.approx([0.3]) and right.rest < 1e-12
    wrong = explain(before, {"w": np.array([0.3, 0.6]), "b": np.array([-0.3])}, slopes, 1e-3)
    assert wrong.kind == "wrong" and list(wrong.wrong) == ["w"]  # the later one is believed
    assert explain(before, {"w": np.array([0.1, 0.1]), "b": np.array([0.1])}, slopes, 1e-3).kind == "even"


def test_what_the_program_prints_and_draws_is_its_own_affair(capsys):
    class Loud(Sigmoids):
        def __init__(self):
            super().__init__()
            self.W1, self.W2 = np.random.randn(2, 4), np.random.randn(4, 1)  # noqa: NPY002
            print("made", random.random())

    np.random.seed(5)  # noqa: NPY002
    random.seed(5)
    wanted = np.random.rand(), random.random()  # noqa: NPY002
    np.random.seed(5)  # noqa: NPY002
    random.seed(5)
    said = [repr(examine(Loud, Loud.forward, None, XOR.X, COLUMN)) for _ in range(2)]
    assert (np.random.rand(), random.random()) == wanted  # noqa: NPY002
    assert said[0] == said[1]
    assert capsys.readouterr().out == ""


def test_an_interrupt_ends_the_examination():
    def stop(network, X):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        examine(Sigmoids, stop, None, XOR.X, COLUMN)


@pytest.mark.parametrize(("X", "y", "words"), [([0, 1], [0, 1], "reshape"), (XOR.X, [0, 1], "a target for each row of X")])
def test_samples_that_do_not_go_together_are_refused(X, y, words):
    with pytest.raises(ValueError, match=words):
        examine(Sigmoids, Sigmoids.forward, None, X, y)


def test_a_whole_training_handed_over_as_a_step_is_no_wrong_gradient():
    def all_of_it(network, X, y):
        for _ in range(500):
            network.step(X, y)

    found = examine(Sigmoids, Sigmoids.forward, all_of_it, XOR.X, COLUMN, rounds=50)["one step, downhill"]
    assert found.passed is None and "many steps" in found.saw


# the five tutorials


def run_of(name):
    """Run a tutorial as it is loaded, and return its names."""
    names = {}
    exec(TUTORIALS[name].text, names)
    return names


FIRST = {
    "no hidden layer": ["more than one line", "overfits twenty"],
    "labels that the rule does not know": ["targets in reach", "every label teaches", "overfits twenty"],
    "no training": ["every parameter moves"],
    "an attribute that is never set": ["runs"],
    "stored data and no biases": ["asked row by row", "taught by its targets", "biases", "overfits twenty"],
}


@pytest.mark.parametrize("name", TUTORIALS)
def test_the_checklist_of_a_tutorial_names_its_faults(name, capsys):
    assert run_of(name)["report"].faults == FIRST[name]
    assert "Begin with" in capsys.readouterr().out


def test_the_first_patient_answers_one_half_four_times_and_learns_what_a_line_separates():
    kind = run_of("no hidden layer")["XorNetwork"]
    for seed in range(3):
        network = kind(np.random.default_rng(seed))
        network.train(XOR.X, COLUMN, 10_000)
        np.testing.assert_allclose(network.think(XOR.X), 0.5, atol=1e-3)
    for gate in ("AND", "OR"):
        X, y = datasets.gate(gate)
        network = kind(np.random.default_rng(0))
        network.train(X, y[:, None], 2000)
        assert ((network.think(X).ravel() > 0.5) == y).all()


def test_the_second_patient_says_1_to_everything_with_0_and_1_and_learns_with_signs():
    kind = run_of("labels that the rule does not know")["SignPerceptron"]
    X, y = datasets.gate("AND")
    model = kind(2)
    model.fit(X, y, 100)
    assert model.predict(X).tolist() == [1, 1, 1, 1]
    model = kind(2)
    model.fit(X, 2 * y - 1, 100)
    assert model.predict(X).tolist() == [-1, -1, -1, 1]


def test_the_third_patient_answers_something_else_with_each_seed():
    names = run_of("no training")
    answers = [names["ScoreNetwork"](np.random.default_rng(seed)).predict(names["X"]) for seed in range(3)]
    assert min(abs(answers[i] - answers[j]).max() for i in range(3) for j in range(i)) > 0.05


def test_the_fourth_patient_stops_at_its_first_step():
    names = run_of("an attribute that is never set")
    with pytest.raises(AttributeError, match="has no attribute 'hidden'"):
        names["BackwardNetwork"](np.random.default_rng(0)).train(names["X"], names["y"], 1)


def test_the_fifth_patient_learns_the_corners_0_and_1_and_not_the_corners_of_signs():
    kind = run_of("stored data and no biases")["StoredNetwork"]
    for X, learns in ((XOR.X, True), (2 * XOR.X - 1, False)):
        network = kind(X, COLUMN, np.random.default_rng(0))
        network.train(10_000)
        assert np.allclose(network.feedforward(), COLUMN, atol=0.1) is learns
    np.testing.assert_allclose(network.feedforward(), 0.5, atol=1e-3)


def test_opposite_corners_have_one_sum_without_biases_as_the_paper_exercise_proves():
    rng = np.random.default_rng(0)
    x, W, v = rng.normal(size=(9, 2)), rng.normal(size=(2, 7)), rng.normal(size=7)
    for activation, total in ((sigmoid, v.sum()), (np.tanh, 0.0)):
        np.testing.assert_allclose(activation(x @ W) @ v + activation(-x @ W) @ v, total, atol=1e-12)
    W, v = np.array([[1.0, -1, 1, -1], [-1, 1, 1, -1]]), np.array([1.0, 1, -1, -1])
    assert (np.maximum((2 * XOR.X - 1) @ W, 0) @ v).tolist() == [-2, 2, 2, -2]


def test_the_programs_of_the_chapter_are_the_tutorials():
    """The chapter shows them in its cells, the checklist loads them, and the figure asks for them: as one and the same text."""
    path = Path(__file__).parents[2] / "chapters" / "clinic.ipynb"
    cells = [cell.source for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]
    for one in TUTORIALS.values():
        assert any(one.program.strip() in source and "exercises.check" not in source for source in cells), one.name
    text = TUTORIALS["no hidden layer"].text
    assert any(source.startswith(text.rstrip()) for source in cells)

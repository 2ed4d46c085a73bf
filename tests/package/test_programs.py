"""Six programs that tutorials are fond of, built and run with nnlib, each with its result.

1. One layer of sigmoids on XOR, which ends at one half four times.
2. The perceptron on a gate and on two species of iris.
3. Three neurons in a row with random weights, which only predict.
4. XOR by two hidden sigmoids, from many starts.
5. XOR by four.
6. 784-128-10 with dropout, parameter by parameter.
"""

import math

import numpy as np
import pytest

from nnlib import SGD, Adam, Dense, Network, Neuron, Perceptron, datasets, mlp, train
from nnlib.layers import Activation

XOR, BITS = datasets.xor()


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


# 1. One layer


@pytest.mark.parametrize("seed", range(3))
def test_one_layer_of_sigmoids_ends_at_one_half_on_all_four_rows_of_xor(seed):
    network = mlp([2, 1], output="sigmoid", dtype=np.float64, rng=seed)
    assert abs(network.forward(XOR) - 0.5).max() > 0.1
    *_, last = train(network, XOR, BITS, loss="mse", optimizer=SGD(1.0), epochs=10_000)
    # Where all weights are 0, every answer is σ(0) = ½, every error ±½, and every slope 0: for each input the errors of
    # the rows in which it is 1 cancel, as do those of all rows for the bias. The loss is (½)².
    np.testing.assert_allclose(network.forward(XOR)[:, 0], [0.5, 0.5, 0.5, 0.5], rtol=0, atol=1e-12)
    np.testing.assert_allclose(network.parameters, 0, atol=1e-12)
    assert last.loss == pytest.approx(0.25, abs=1e-12)


# 2. The perceptron


def test_a_perceptron_learns_or_as_worked_by_hand():
    # η = 1; rows (0, 0) → −1, (0, 1), (1, 0), (1, 1) → +1; a mistake is z ≤ 0 for +1, z ≥ 0 for −1. After each mistake:
    # epoch 1: (0, 0): b = −1; (0, 1): w = (0, 1), b = 0; (1, 0): w = (1, 1), b = 1
    # epoch 2: (0, 0): b = 0
    # epoch 3: (0, 0): b = −1; (0, 1): w = (1, 2), b = 0
    # epoch 4: (0, 0): b = −1; (1, 0): w = (2, 2), b = 0
    # epoch 5: (0, 0): b = −1
    # epoch 6: z is −1, 1, 1, 3, and all are right
    X, y = datasets.gate("or")
    perceptron = Perceptron(learning_rate=1).fit(X, 2 * y - 1)
    assert perceptron.mistakes == [3, 1, 2, 2, 1, 0]
    assert (perceptron.weights.tolist(), perceptron.bias) == ([2, 2], -1)
    assert perceptron.net_input(X).tolist() == [-1, 1, 1, 3]
    assert perceptron.predict(X).tolist() == [-1, 1, 1, 1]


def test_a_perceptron_tells_setosa_from_versicolor_without_a_mistake_after_ten():
    X, y = datasets.iris()
    X, y = X[:100, [0, 2]], np.where(y[:100] == 0, -1, 1)  # the lengths of sepals and petals
    perceptron = Perceptron(learning_rate=0.1).fit(X, y)
    assert (perceptron.predict(X) == y).all()
    assert sum(perceptron.mistakes) == 10 and len(perceptron.mistakes) == 6


# 3. Three neurons that only predict


def predict_only(rng):
    """Return the answers on all four corners of two inputs, one hidden neuron and one output, with random weights."""
    rng = np.random.default_rng(rng)
    hidden = Neuron(rng.normal(size=2), bias=rng.normal())
    output = Neuron(rng.normal(size=1), bias=rng.normal())
    return output(hidden(XOR)[:, None])


def test_neurons_with_random_weights_give_arbitrary_answers_the_same_for_the_same_rng_alone():
    answers = np.array([predict_only(seed) for seed in range(100)])
    assert (answers == [predict_only(seed) for seed in range(100)]).all()
    assert len({tuple(row) for row in answers}) == 100
    assert ((answers > 0) & (answers < 1)).all()
    yes = (answers > 0.5).mean(axis=0)  # each corner is answered yes by some of the networks and no by others
    assert ((yes > 0.2) & (yes < 0.8)).all()


def test_three_neurons_by_hand():
    # Hidden: z = 1·1 − 1·0 + 0 = 1, a = σ(1). Output: z = 2 σ(1) − 1 = tanh(½), as σ(2t) = (1 + tanh t) / 2.
    hidden, output = Neuron([1, -1]), Neuron([2], bias=-1)
    assert hidden([1, 0]) == pytest.approx(1 / (1 + math.exp(-1)))
    assert output([hidden([1, 0])]) == pytest.approx(1 / (1 + math.exp(-math.tanh(0.5))))


# 4. Two hidden units


def start(seed):
    """Return the weights of the plain program: uniform in [0, 1), hidden layer first; its biases begin at 0."""
    rng = np.random.RandomState(seed)
    return rng.uniform(size=(2, 2)), rng.uniform(size=(2, 1))


def plain(seeds, steps=10_000, rate=0.1):
    """Run the plain program from all starts at once; return weights and biases, each with an axis for the starts."""
    W1, W2 = map(np.array, zip(*map(start, seeds), strict=True))
    b1, b2, y = np.zeros((len(W1), 1, 2)), np.zeros((len(W1), 1, 1)), BITS[:, None]
    for _ in range(steps):
        hidden = sigmoid(XOR @ W1 + b1)  # kept, for the way back needs it
        y_hat = sigmoid(hidden @ W2 + b2)
        delta2 = (y_hat - y) * y_hat * (1 - y_hat)
        delta1 = delta2 @ W2.swapaxes(1, 2) * hidden * (1 - hidden)
        W2 -= rate * hidden.swapaxes(1, 2) @ delta2
        b2 -= rate * delta2.sum(axis=1, keepdims=True)
        W1 -= rate * XOR.T @ delta1
        b1 -= rate * delta1.sum(axis=1, keepdims=True)
    return W1, b1, W2, b2


def solved(W1, b1, W2, b2):
    return ((sigmoid(sigmoid(XOR @ W1 + b1) @ W2 + b2) > 0.5) == BITS[:, None]).all(axis=(1, 2))


def test_the_plain_program_solves_xor_from_189_of_200_starts():
    assert solved(*plain(range(200))).sum() == 189


def test_two_hidden_units_take_the_same_steps_in_nnlib_and_solve_xor_from_10_of_12_starts():
    # The plain program goes down the slope (ŷ − y) of half the summed squared error, without the 2 that the square
    # brings. nnlib's mean over four rows has the slope 2 (ŷ − y) / 4: twice the learning rate makes the same step.
    seeds, right = range(24, 36), []
    for seed, *theirs in zip(seeds, *plain(seeds), strict=True):
        W1, W2 = start(seed)
        layers = [Dense(2, 2, W1, dtype=np.float64), Activation("sigmoid"), Dense(2, 1, W2, dtype=np.float64)]
        network = Network([*layers, Activation("sigmoid")])
        for _ in train(network, XOR, BITS, loss="mse", optimizer=SGD(2 * 0.1), epochs=10_000):
            pass
        np.testing.assert_allclose(network.parameters, np.concatenate([array.ravel() for array in theirs]), atol=1e-8)
        right.append((network.predict(XOR) == BITS).all())
    assert [seed for seed, solves in zip(seeds, right, strict=True) if not solves] == [28, 32]


# 5. Four hidden units


def test_four_hidden_units_solve_xor_from_every_one_of_20_starts():
    # The slope of the summed squared error, 2 (ŷ − y), is four times that of the mean over four rows: with the learning
    # rate 1 of a sum, the mean needs 4. 17 parameters: 2·4 + 4, and 4·1 + 1.
    for seed in range(20):
        network = mlp([2, 4, 1], "sigmoid", "sigmoid", dtype=np.float64, rng=seed)
        assert network.parameters.size == 17
        for _ in train(network, XOR, BITS, loss="mse", optimizer=SGD(4.0), epochs=1500):
            pass
        assert abs(network.forward(XOR)[:, 0] - BITS).max() < 0.05


# 6. The classic network for digits


def as_28_by_28(X):
    """Return images of 8 × 8 as images of 28 × 28, rows of 784: each pixel three times as wide, in a margin of two."""
    images = np.kron(X.reshape(-1, 8, 8), np.ones((3, 3)))
    return np.pad(images, [(0, 0), (2, 2), (2, 2)]).reshape(-1, 784)


def test_the_classic_network_has_101770_parameters_layer_by_layer_and_reads_95_percent_after_five_epochs():
    network = mlp([784, 128, 10], dropout=0.2, rng=0)
    # 784·128 + 128 = 100,480, and 128·10 + 10 = 1,290; dropout has none.
    assert [layer.parameters.size for layer in network.layers] == [100_480, 0, 0, 1_290, 0]
    assert network.parameters.size == 101_770
    assert network.parameters.dtype == np.float32
    X, y = datasets.digits()
    training, _, (X_test, y_test) = datasets.split(as_28_by_28(X / 16), y, rng=0)
    epochs = list(train(network, *training, loss="cross_entropy", optimizer=Adam(), epochs=5, batch_size=32, rng=0))
    assert epochs[-1].loss < epochs[0].loss / 4
    assert (network.predict(X_test) == y_test).mean() > 0.95

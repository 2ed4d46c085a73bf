#!/bin/sh
# scikit-learn 1.9.1: an MLPRegressor of k outputs steps by k times the slope of its `loss_`; its `alpha` shrinks with the batch.
#
# Guess beforehand: a step of plain gradient descent goes down the loss that `loss_` tells, whatever the outputs. A penalty of
# alpha = 0.1 takes the same share off a weight in every batch, as weight decay does.
# Seen: `loss_` is half the mean of the squares over samples and outputs, and the steps are those of half the sum over the
# outputs: with 1, 2 and 10 outputs they are 1, 2 and 10 times the slope of the loss. A rate that is found for one output is
# ten times too high for ten, and the penalty weighs ten times less beside the data than the loss says. The penalty is divided by the
# samples of the *batch* as well: 0.1, 0.01, 0.001 in batches of 1, 10 and 100.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check scikit-learn==1.9.1 numpy==2.4.6
"$folder/env/bin/python" - <<'PY'
import numpy as np
from sklearn.neural_network import MLPRegressor


def step(bias, rate, samples=3, alpha=0.0):
    """Return a network whose last bias is at 1, or at `bias` in its first output, after one step towards 0."""
    settings = {"hidden_layer_sizes": 1, "solver": "sgd", "momentum": 0, "alpha": alpha, "random_state": 0}
    model = MLPRegressor(**settings, learning_rate_init=rate, batch_size=samples)
    X, y = np.zeros((samples, 1)), np.zeros((samples, len(bias)) if len(bias) > 1 else samples)
    model.partial_fit(X, y)
    model.coefs_[0][:], model.coefs_[1][:], model.intercepts_[0][:] = 1, 0, -1  # the hidden ReLU is at 0
    model.intercepts_[1][:] = bias
    return model.partial_fit(X, y)


times = {}
for outputs in (1, 2, 10):
    bias, h = np.ones(outputs), 1e-4 * np.eye(outputs)[0]
    slope = (step(bias + h, 1e-12).loss_ - step(bias - h, 1e-12).loss_) / 2e-4
    times[outputs] = (1 - step(bias, 1.0).intercepts_[1][0]) / slope
    print(f"{outputs:2} outputs: the slope of loss_ is {slope:.3f}, and the step {times[outputs]:.3f} times that")
assert all(abs(factor - outputs) < 1e-3 for outputs, factor in times.items()), times

off = {samples: 1 - step(np.zeros(2), 1.0, samples, 0.1).coefs_[0].item() for samples in (1, 10, 100)}
for samples, share in off.items():
    print(f"a batch of {samples:3}: alpha=0.1 takes {share:.4f} off a weight of 1")
    assert abs(share - 0.1 / samples) < 1e-9
PY

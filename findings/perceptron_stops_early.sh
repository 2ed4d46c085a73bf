#!/bin/sh
# scikit-learn 1.9.1: a Perceptron gives up on a task that it could solve, and says nothing.
#
# Guess beforehand: on data that a line separates, `Perceptron()` runs on until no mistake is left, as Rosenblatt's
# theorem promises, or warns after max_iter = 1,000 epochs.
# Seen: with the defaults it stops when its loss has not fallen by tol = 0.001 for 5 epochs in a row, mistakes or not.
# On 40 points in two parallel rows, 0.2 apart, that is after 6 to 19 epochs: in 9 of 10 orders with half of the points
# wrong, no ConvergenceWarning. With `tol=None` every order ends without a mistake.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check scikit-learn==1.9.1 numpy==2.4.6
"$folder/env/bin/python" -W error - <<'PY'
import numpy as np
from sklearn.linear_model import Perceptron

x = np.linspace(2, 4, 20)
X = np.vstack([np.column_stack([x, x / 2 + 1.6]), np.column_stack([x, x / 2 + 1.4])])
y = np.repeat([1, 0], 20)
print("seed  epochs  wrong  wrong with tol=None")
stopped = 0
for seed in range(10):
    quick = Perceptron(random_state=seed).fit(X, y)
    patient = Perceptron(random_state=seed, tol=None, max_iter=100_000).fit(X, y)
    wrong, right = (int((model.predict(X) != y).sum()) for model in (quick, patient))
    print(f"{seed:4} {quick.n_iter_:7} {wrong:6} {right:6}")
    assert right == 0, "With tol=None, a mistake is left."
    stopped += wrong > 0 and quick.n_iter_ < 1000
assert stopped >= 8, f"It stopped with mistakes in {stopped} of 10 orders only."
PY

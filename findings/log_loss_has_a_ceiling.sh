#!/bin/sh
# scikit-learn 1.9.1: the worst possible log loss depends on the type that the probabilities come in.
#
# Guess beforehand: `log_loss` of a class that was given probability 0 is one large number, or an error, for any type.
# Seen: probabilities are kept away from 0 by the machine epsilon of their own type, so that the same certain mistake
# costs 36.04 in float64, 15.94 in float32 (which a network of PyTorch or Keras hands over) and 6.93 in float16: a model
# can look five times better by rounding its answers.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check scikit-learn==1.9.1 numpy==2.4.6
"$folder/env/bin/python" - <<'PY'
import numpy as np
from sklearn.metrics import log_loss

for kind, worst in (("float64", 36.04), ("float32", 15.94), ("float16", 6.93)):
    sure_of_class_1 = np.array([[0.0, 1.0]], dtype=kind)
    loss = log_loss([0], sure_of_class_1, labels=[0, 1])
    print(f"{kind}: {loss:.2f}, and -ln(eps) = {-np.log(np.finfo(kind).eps.astype(float)):.2f}")
    assert abs(loss - worst) < 0.01, (kind, loss)
PY

#!/bin/sh
# Keras 3.15.1, JAX 0.10.2, PyTorch 2.13.0: "leaky ReLU" leaks 0.01, 0.2 or 0.3 by default, twice differently in Keras.
#
# Guess beforehand: 0.01 everywhere, as Maas et al. (2013) had it; in Keras 0.3, in the layer and as a function.
# Seen: of −1 is left −0.01 in JAX and PyTorch, −0.3 after the layer `LeakyReLU()` of Keras, and −0.2 after
# `activation="leaky_relu"`, its function of the same name. Weights that were trained with one are wrong with the other.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check keras==3.15.1 jax==0.10.2 torch==2.13.0
KERAS_BACKEND=jax "$folder/env/bin/python" - <<'PY'
import jax
import keras
import numpy as np
import torch

one = np.array([-1.0], dtype="float32")
left = {
    'Keras, activation="leaky_relu"': keras.activations.get("leaky_relu")(one),
    "Keras, LeakyReLU()": keras.layers.LeakyReLU()(one),
    "JAX, nn.leaky_relu": jax.nn.leaky_relu(one),
    "PyTorch, LeakyReLU()": torch.nn.LeakyReLU()(torch.from_numpy(one)),
}
for name, value in left.items():
    print(f"{name}: {float(value[0]):.2f}")
assert [round(float(value[0]), 3) for value in left.values()] == [-0.2, -0.3, -0.01, -0.01]
PY

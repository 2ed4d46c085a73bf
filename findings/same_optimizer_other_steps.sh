#!/bin/sh
# PyTorch 2.13.0, Keras 3.15.1, Optax 0.2.8: optimizers of one name take other steps, and decay other things.
#
# Guess beforehand: Adam is Adam. With the same rate, the first step is the same in all of them, and weight_decay=0.1 does
# to a weight what it does elsewhere.
# Seen: Keras adds ε to the uncorrected root, so for a slope of 1e-8 Adam's first step is 3.2e-6 where it is 5.0e-4 in
# PyTorch and Optax. RMSprop of Keras and Optax has ε in the root: 3.2e-8 and 1.0e-7 where PyTorch has 9.1e-4. When the
# rate falls from 0.1 to 0.01, momentum rolls on at the old rate in Keras alone: −0.19, elsewhere −0.109. And
# Adam(weight_decay=0.1) in Keras is what PyTorch calls AdamW: without a slope, a weight of 1 loses 1e-4 at the rate
# 0.001. PyTorch's Adam moves it by 1e-3, ten times as far, because the penalty is divided by its own size.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check torch==2.13.0 optax==0.2.8 keras==3.15.1 jax==0.10.2
KERAS_BACKEND=jax "$folder/env/bin/python" - <<'PY'
import keras
import numpy as np
import optax
import torch
from jax import numpy as jnp


def by_torch(make, slopes, start=0.0, rates=None):
    w = torch.tensor([start], dtype=torch.float64, requires_grad=True)
    optimizer = make([w])
    for number, g in enumerate(slopes):
        for group in optimizer.param_groups:
            group["lr"] = rates[number] if rates else group["lr"]
        w.grad = torch.tensor([g], dtype=torch.float64)
        optimizer.step()
    return w.item()


def by_keras(optimizer, slopes, start=0.0, rates=None):
    w = keras.Variable([start])
    optimizer.build([w])
    for number, g in enumerate(slopes):
        if rates:
            optimizer.learning_rate = rates[number]
        optimizer.apply([keras.ops.convert_to_tensor([g])], [w])
    return float(w.value[0])


def by_optax(transform, slopes):
    w = jnp.array([0.0])
    state = transform.init(w)
    for g in slopes:
        update, state = transform.update(jnp.array([g]), state, w)
        w = w + update
    return float(w[0])


adam, rmsprop = torch.optim.Adam, torch.optim.RMSprop
seen = {
    "Adam, g = 1e-8": (
        by_torch(lambda w: adam(w, lr=0.001), [1e-8]),
        by_keras(keras.optimizers.Adam(0.001), [1e-8]),
        by_optax(optax.adam(0.001), [1e-8]),
    ),
    "RMSprop, g = 1e-8": (
        by_torch(lambda w: rmsprop(w, lr=0.001), [1e-8]),
        by_keras(keras.optimizers.RMSprop(0.001), [1e-8]),
        by_optax(optax.rmsprop(0.001), [1e-8]),
    ),
    "momentum, rate 0.1, then 0.01": (
        by_torch(lambda w: torch.optim.SGD(w, lr=0.1, momentum=0.9), [1.0, 0.0], rates=[0.1, 0.01]),
        by_keras(keras.optimizers.SGD(0.1, momentum=0.9), [1.0, 0.0], rates=[0.1, 0.01]),
        by_optax(optax.sgd(lambda step: jnp.where(step < 1, 0.1, 0.01), momentum=0.9), [1.0, 0.0]),
    ),
    "Adam, weight_decay=0.1, from 1": (
        by_torch(lambda w: adam(w, lr=0.001, weight_decay=0.1), [0.0], 1.0) - 1,
        by_keras(keras.optimizers.Adam(0.001, weight_decay=0.1), [0.0], 1.0) - 1,
        np.nan,  # it has none
    ),
}
print(f"{'':32} {'PyTorch':>10} {'Keras':>10} {'Optax':>10}")
for what, steps in seen.items():
    print(f"{what:32}", *(f"{step:10.2e}" for step in steps))
wanted = [[-5e-4, -3.152e-6, -5e-4], [-9.09e-4, -3.16e-8, -1e-7], [-0.109, -0.19, -0.109], [-1e-3, -1e-4, np.nan]]
assert np.allclose([*seen.values()], wanted, rtol=0.01, atol=0, equal_nan=True)
PY

"""AdamW's decay where none is given

A weight of 1 has no slope at all: how far does one step move it, at the rate 0.001?
"""

import numpy as np

NONE = {"playground": "plain steps, and penalties", "scikit_learn": "no AdamW"}


def nnlib():
    """0.01 times the rate; biases too"""
    from nnlib import AdamW

    w = np.ones(1)
    AdamW(0.001).step(w, np.zeros(1))
    assert np.isclose(w[0] - 1, -0.001 * 0.01)
    return f"{w[0] - 1:.1e}"


def pytorch():
    """0.01 times the rate; biases too"""
    import torch

    w = torch.ones(1, dtype=torch.float64)
    w.grad = torch.zeros_like(w)
    torch.optim.AdamW([w], lr=0.001).step()
    assert np.isclose(w.item() - 1, -0.001 * 0.01)
    return f"{w.item() - 1:.1e}"


def keras():
    """0.004 times the rate; biases too, unless `exclude_from_weight_decay` names them"""
    import keras

    w = keras.Variable([1.0])
    keras.optimizers.AdamW(0.001).apply([keras.ops.zeros(1)], [w])
    moved = float(w.numpy()[0]) - 1
    assert np.isclose(moved, -0.001 * 0.004, rtol=0.05)  # to float32's last digit, 6e-8
    return f"{moved:.0e}"


def jax():
    """0.0001 times the rate; biases too, unless a `mask` leaves them out"""
    import optax
    from jax import numpy as jnp

    adamw, w = optax.adamw(0.001), jnp.ones(1)
    step, _ = adamw.update(jnp.zeros(1), adamw.init(w), w)
    assert np.isclose(step[0], -0.001 * 0.0001)
    return f"{step[0]:.1e}"

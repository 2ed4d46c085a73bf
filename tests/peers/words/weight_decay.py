"""`weight_decay` of Adam

A weight of 1 has no slope at all: how far does one step move it, at the rate 0.001 with a weight decay of 0.1?
"""

import numpy as np

NONE = {
    "playground": "plain steps, and penalties",
    "jax": "`adam` has none; `adamw` does",
    "scikit_learn": "none: its penalty is `alpha`, below",
}


def nnlib():
    """a penalty in the gradient (L2), which Adam then divides by its own size: the whole rate, however small it is"""
    from nnlib import Adam

    w = np.ones(1)
    Adam(0.001, weight_decay=0.1).step(w, np.zeros(1))
    assert np.isclose(w[0] - 1, -0.001)
    return f"{w[0] - 1:.1e}"


def pytorch():
    """a penalty in the gradient (L2), which Adam then divides by its own size: the whole rate, however small it is"""
    import torch

    w = torch.ones(1, dtype=torch.float64)
    w.grad = torch.zeros_like(w)
    torch.optim.Adam([w], lr=0.001, weight_decay=0.1).step()
    assert np.isclose(w.item() - 1, -0.001)
    return f"{w.item() - 1:.1e}"


def keras():
    """apart from the gradient, times the rate: Keras's Adam with a weight decay is AdamW"""
    import keras

    w = keras.Variable([1.0])
    keras.optimizers.Adam(0.001, weight_decay=0.1).apply([keras.ops.zeros(1)], [w])
    moved = float(w.numpy()[0]) - 1
    assert np.isclose(moved, -0.001 * 0.1, rtol=0.01)
    return f"{moved:.1e}"

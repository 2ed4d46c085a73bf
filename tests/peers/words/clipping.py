"""Clipping gradients

Two layers have the gradients 3 and 4, together of length 5, clipped to 1 by their length: what is left of each?
"""

import numpy as np

NONE = {"playground": "no clipping", "nnlib": "no clipping", "scikit_learn": "no clipping by length"}


def pytorch():
    """`clip_grad_norm_` takes all of them for one arrow, and keeps its direction"""
    import torch

    layers = [torch.zeros(1), torch.zeros(1)]
    layers[0].grad, layers[1].grad = torch.tensor([3.0]), torch.tensor([4.0])
    torch.nn.utils.clip_grad_norm_(layers, 1.0)
    left = [layer.grad.item() for layer in layers]
    assert np.allclose(left, [0.6, 0.8])
    return "{:.1f}, {:.1f}".format(*left)


def keras():
    """`clipnorm` clips each by itself, and so turns the step; `global_clipnorm` is the one of PyTorch"""
    import keras

    left = {}
    for name in ("clipnorm", "global_clipnorm"):
        layers = [keras.Variable([0.0]), keras.Variable([0.0])]
        sgd = keras.optimizers.SGD(1.0, **{name: 1.0})
        sgd.apply([keras.ops.convert_to_tensor([3.0]), keras.ops.convert_to_tensor([4.0])], layers)
        left[name] = [-float(layer.numpy()[0]) for layer in layers]
    assert np.allclose(left["clipnorm"], [1, 1]) and np.allclose(left["global_clipnorm"], [0.6, 0.8])
    return "{:.1f}, {:.1f}".format(*left["clipnorm"])


def jax():
    """`clip_by_global_norm` takes all of them for one arrow, and keeps its direction"""
    import optax
    from jax import numpy as jnp

    clip = optax.clip_by_global_norm(1.0)
    left, _ = clip.update([jnp.array([3.0]), jnp.array([4.0])], clip.init(None))
    assert np.allclose(left, [[0.6], [0.8]])
    return "{:.1f}, {:.1f}".format(*(float(layer[0]) for layer in left))

"""The learning rate where none is given

Of plain SGD, of RMSProp and of Adam.
"""

READ = {"playground": ("0.03, for its plain steps", "src/state.ts, State")}


def nnlib():
    """SGD wants one; RMSProp and Adam have PyTorch's"""
    import pytest

    from nnlib import SGD, Adam, RMSProp

    with pytest.raises(TypeError, match="learning_rate"):
        SGD()
    return f"none, {RMSProp().learning_rate}, {Adam().learning_rate}"


def pytorch():
    """RMSprop's is ten times the others'"""
    import torch

    rates = [kind([torch.zeros(1)]).defaults["lr"] for kind in (torch.optim.SGD, torch.optim.RMSprop, torch.optim.Adam)]
    assert rates == [0.001, 0.01, 0.001]
    return "{}, {}, {}".format(*rates)


def keras():
    """SGD's is ten times the others'"""
    import keras

    kinds = (keras.optimizers.SGD, keras.optimizers.RMSprop, keras.optimizers.Adam)
    rates = [round(float(kind().learning_rate), 6) for kind in kinds]
    assert rates == [0.01, 0.001, 0.001]
    return "{}, {}, {}".format(*rates)


def jax():
    """each wants one"""
    import optax
    import pytest

    for kind in (optax.sgd, optax.rmsprop, optax.adam):
        with pytest.raises(TypeError, match="learning_rate"):
            kind()
    return "none"


def scikit_learn():
    """one for both of its networks' solvers; it has no RMSProp"""
    from sklearn.neural_network import MLPClassifier

    rates = [MLPClassifier(solver=solver).learning_rate_init for solver in ("sgd", "adam")]
    assert rates == [0.001, 0.001]
    return "{}, –, {}".format(*rates)

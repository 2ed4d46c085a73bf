"""The samples that are left over

Ten samples in batches of four, an epoch: how large are the batches?
"""

import numpy as np

NONE = {"jax": "no loop: it is yours"}
READ = {"playground": ("4, 4, and 2 wait for the next epoch's first batch: then 6, 4", "src/playground.ts, oneStep")}


def nnlib():
    """the last batch is smaller; each mean counts by its samples in the loss that is told"""
    from nnlib import SGD, Network, fit
    from nnlib.layers import Dense

    seen = []

    class Watched(Dense):
        def forward(self, X, training=False):
            seen.append(len(X))
            return super().forward(X, training)

    settings = {"loss": "mse", "optimizer": SGD(0.1), "epochs": 1, "batch_size": 4, "progress": False}
    fit(Network([Watched(1, 1)]), np.zeros((10, 1)), np.zeros(10), **settings)
    assert seen == [4, 4, 2]
    return "{}, {}, {}".format(*seen)


def pytorch():
    """the last batch is smaller, unless `drop_last=True`"""
    from torch.utils.data import DataLoader

    seen = [len(batch) for batch in DataLoader(range(10), batch_size=4)]
    assert seen == [4, 4, 2] and len(DataLoader(range(10), batch_size=4, drop_last=True)) == 2
    return "{}, {}, {}".format(*seen)


def keras():
    """the last batch is smaller; each mean counts by its samples in the loss that is told"""
    import keras

    y = np.array([0.0] * 8 + [1.0] * 2)
    model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1, kernel_initializer="zeros")])
    model.compile(keras.optimizers.SGD(1e-12), "mse")
    [loss] = model.fit(np.zeros((10, 1)), y, batch_size=4, shuffle=False, verbose=0).history["loss"]
    assert int(model.optimizer.iterations.value) == 3 and np.isclose(loss, 2 / 10)  # not (0 + 0 + 1) / 3
    return "4, 4, 2"


def scikit_learn():
    """the last batch is smaller; each mean counts by its samples in the loss that is told"""
    from sklearn.neural_network import MLPRegressor

    model = MLPRegressor(solver="adam", batch_size=4).partial_fit(np.zeros((10, 1)), np.zeros(10))
    assert model._optimizer.t == 3  # Adam counts its steps
    return "4, 4, 2"

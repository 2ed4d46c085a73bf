"""The order of the samples

Are they shuffled where nobody asks, and anew in each epoch?
"""

import numpy as np

NONE = {"jax": "no loop: it is yours"}
READ = {"playground": ("once, when the data are made; then each epoch has the same order", "src/playground.ts, generateData")}


def nnlib():
    """shuffled anew in each epoch, whenever a batch is less than all"""
    from nnlib import SGD, Network, fit
    from nnlib.layers import Dense

    seen = []

    class Watched(Dense):
        def forward(self, X, training=False):
            seen.append(int(X[0, 0]))
            return super().forward(X, training)

    data = {"X": np.arange(6.0)[:, None], "y": np.zeros(6)}
    fit(Network([Watched(1, 1)]), **data, loss="mse", optimizer=SGD(1e-9), epochs=2, batch_size=1, rng=0, progress=False)
    assert sorted(seen[:6]) == sorted(seen[6:]) == list(range(6)) and seen[:6] != seen[6:]
    return "yes, yes"


def pytorch():
    """as they stand, unless the `DataLoader` is told `shuffle=True`"""
    from torch.utils.data import DataLoader

    loader = DataLoader(range(6))
    assert [int(batch) for batch in loader] == [int(batch) for batch in loader] == list(range(6))
    return "no"


def keras():
    """shuffled anew in each epoch of `fit`, also where a batch is all"""
    import keras

    seen = []

    class Watched(keras.callbacks.Callback):
        def on_train_batch_end(self, batch, logs=None):
            seen.append(float(self.model.layers[0].get_weights()[1][0]))

    model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1, kernel_initializer="zeros")])
    model.compile(keras.optimizers.SGD(0.5), "mse")  # after each step the bias is the target that was seen
    keras.utils.set_random_seed(0)
    model.fit(np.zeros((6, 1)), np.arange(6.0), epochs=2, batch_size=1, callbacks=[Watched()], verbose=0)
    assert sorted(seen[:6]) == sorted(seen[6:]) == list(range(6)) and seen[:6] != seen[6:]
    return "yes, yes"


def scikit_learn():
    """shuffled anew in each epoch of `fit`, with the solvers that take batches"""
    import warnings
    from unittest import mock

    from sklearn.neural_network import MLPRegressor, _multilayer_perceptron

    shuffle = "sklearn.neural_network._multilayer_perceptron.shuffle"
    with mock.patch(shuffle, side_effect=_multilayer_perceptron.shuffle) as shuffled, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it would like more epochs
        MLPRegressor(max_iter=3).fit(np.zeros((6, 1)), np.zeros(6))
    assert shuffled.call_count == 3
    return "yes, yes"

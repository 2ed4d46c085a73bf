"""Where a validation set is cut off

Ten samples, a fifth of them to validate with: which ones?
"""

import numpy as np

NONE = {"nnlib": "you hand it over, `validation=(X, y)`", "pytorch": "you cut it, with `random_split`", "jax": "you cut it"}
READ = {"playground": ("half of the points, after a shuffling", "src/playground.ts, generateData")}


def keras():
    """`validation_split`: the last rows as they stand, before any shuffling; with sorted
    labels, a class that was never trained"""
    import keras

    y = np.array([0.0] * 8 + [1.0] * 2)
    model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1, kernel_initializer="zeros")])
    model.compile(keras.optimizers.SGD(1e-12), "mse")
    losses = model.fit(np.zeros((10, 1)), y, validation_split=0.2, verbose=0).history
    assert losses["loss"] == [0] and losses["val_loss"] == [1]
    return "the last two"


def scikit_learn():
    """`validation_fraction`, 0.1 where none is given: drawn at random, classes by their shares; with
    `early_stopping=True` alone"""
    import warnings
    from unittest import mock

    from sklearn.neural_network import MLPClassifier, _multilayer_perceptron

    split = "sklearn.neural_network._multilayer_perceptron.train_test_split"
    y = np.array([0, 1] * 5)
    with mock.patch(split, side_effect=_multilayer_perceptron.train_test_split) as cut, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it would like more epochs
        model = MLPClassifier(early_stopping=True, validation_fraction=0.2, max_iter=1)
        model.fit(np.arange(10.0)[:, None], y)
    [call] = cut.call_args_list
    assert call.kwargs["test_size"] == 0.2 and (np.ravel(call.kwargs["stratify"]) == y).all()
    return "two, at random"

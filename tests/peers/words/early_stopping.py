"""Early stopping: the epochs, and the weights

The validation loss rises from the first epoch on, and the patience is 2. How many epochs are run, and which weights are left?
"""

import numpy as np

NONE = {"playground": "it runs until it is stopped", "pytorch": "no loop: it is yours", "jax": "no loop: it is yours"}


def nnlib():
    """`patience`: as many epochs without a new lowest loss, and the weights of the lowest come back"""
    from nnlib import SGD, fit, mlp

    network = mlp([1, 1], output="identity", dtype=np.float64, rng=0)
    settings = {"loss": "mse", "optimizer": SGD(0.25), "epochs": 9, "patience": 2, "progress": False}
    epochs = fit(network, np.zeros((1, 1)), [1.0], validation=(np.zeros((1, 1)), [-1.0]), **settings)
    assert np.isclose(network.layers[0].bias[0], 1 / 2)  # after the first step
    return f"{len(epochs)}; the best"


def keras():
    """`EarlyStopping(patience=2)`: as many epochs without a new lowest loss; the last weights stay,
    unless `restore_best_weights=True`"""
    import keras

    model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)])
    model.compile(keras.optimizers.SGD(0.25), "mse")
    X, stop = np.zeros((1, 1)), keras.callbacks.EarlyStopping(patience=2)
    data = {"x": X, "y": np.ones((1, 1)), "validation_data": (X, -np.ones((1, 1)))}
    losses = model.fit(**data, epochs=9, callbacks=[stop], verbose=0).history["val_loss"]
    assert losses == sorted(losses) and np.isclose(model.layers[0].get_weights()[1][0], 7 / 8)  # after the third step
    return f"{len(losses)}; the last"


def scikit_learn():
    """`n_iter_no_change=2`: one epoch more; the weights of the best score come back, a share of right answers or R²"""
    from unittest import mock

    from sklearn.neural_network import MLPClassifier, _multilayer_perceptron

    split, cut = _multilayer_perceptron.train_test_split, []
    place = "sklearn.neural_network._multilayer_perceptron.train_test_split"
    with mock.patch(place, side_effect=lambda *a, **k: cut.append(split(*a, **k)) or cut[-1]):
        rng = np.random.default_rng(0)
        X, y = rng.normal(size=(200, 2)), rng.integers(2, size=200)
        model = MLPClassifier(early_stopping=True, n_iter_no_change=2, learning_rate_init=0.1, random_state=1).fit(X, y)
    _, X_left, _, y_left = cut[0]
    scores = np.array(model.validation_scores_)
    assert np.mean(model.predict(X_left) == y_left.ravel()) == scores.max() > scores[-1]
    return f"{len(scores) - scores.argmax()}; the best"

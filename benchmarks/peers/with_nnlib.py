"""nnlib, as its readers write it."""

from peers.tasks import adding_up, right

import nnlib


def jobs(task, X, y):
    """Return {row: (what is timed, the score of its result)}."""
    if task.kind == "perceptron":
        return {"nnlib": (lambda: nnlib.Perceptron(1.0, task.epochs).fit(X, y), lambda model: right(model.predict(X), y))}
    activation, output, loss = ("sigmoid", "sigmoid", "mse") if task.kind == "xor" else ("relu", "softmax", "cross_entropy")
    optimizer = nnlib.SGD if task.kind == "xor" else nnlib.Adam

    def make():
        return nnlib.mlp(task.sizes, activation, output, dtype=task.dtype, rng=0)

    def train():
        network, how = make(), {"epochs": task.epochs, "batch_size": task.batch_size, "rng": 0}
        for _ in nnlib.train(network, X, y, loss=loss, optimizer=optimizer(task.learning_rate), **how):
            pass
        return network

    if task.kind == "predict":
        network = make()
        return {"nnlib": (lambda: network.predict_proba(X), adding_up)}
    return {"nnlib": (train, lambda network: right(network.predict(X), y))}

"""nnlib in the page's own Python, as its readers write it: in float64, one loop over `train`.

Beside nnlib as it is stand the slower ways that it could have taken.
"""

import numpy as np
import ways

from nnlib import SGD, mlp, train


class Trainer:
    """A network and its data; `way` is the only one that it may take, or "" where nnlib has its choice."""

    def __init__(self, task, way):
        self.way = way
        network = mlp(task["sizes"], "tanh", "tanh", dtype=np.float64, rng=0)
        network.parameters = np.array(task["start"])
        self.network, self.answers = network, None
        X, y, *test = (np.array(task[part][of]) for part in ("training", "test") for of in "Xy")
        how = {"optimizer": SGD(task["rate"]), "batch_size": task["batch"], "rng": task["seed"], "epochs": 10**9}
        test = test[0], test[1][:, None]
        self.epochs = train(network, X, y[:, None], loss="mse", validation=test, **how)

    def train(self, epochs):
        """Train for so many epochs; return the losses of the last."""
        with ways.only(self.way):
            for _ in range(epochs):
                epoch = next(self.epochs)
        return [epoch.loss, epoch.validation_loss]

    def maps(self, X, times):
        """Return nothing, but make so many times what each neuron answers to each row of X."""
        from nnlib.recording.answers import Answers  # which an older nnlib does not have

        if self.answers is None:
            self.answers = Answers(self.network, np.array(X.to_py()), every=True)
        with ways.only(self.way):
            for _ in range(times):
                self.answers.run()

    def parameters(self):
        """Return the parameters, as a list."""
        return self.network.parameters.tolist()


def trainers(task):
    """Return {name: trainer} of the ways that there are."""
    return {f"nnlib{way and ', '}{way}": Trainer(task, way) for way in ("", *ways.SLOWER)}

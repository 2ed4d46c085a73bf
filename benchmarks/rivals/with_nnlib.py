"""nnlib in the page's own Python, as its readers write it: in float64, one loop over `train`."""

import numpy as np

from nnlib import SGD, mlp, train


class Trainer:
    """A network and its data; `train` goes on where it ended."""

    def __init__(self, task):
        self.task = task
        self.network = mlp(task["sizes"], "tanh", "tanh", dtype=np.float64, rng=0)
        self.network.parameters = np.array(task["start"])
        self.rng = np.random.default_rng(task["seed"])
        self.sets = [(np.array(one["X"]), np.array(one["y"])[:, None]) for one in (task["training"], task["test"])]

    def train(self, epochs):
        """Train for so many epochs; return the losses of the last."""
        how = {"loss": "mse", "optimizer": SGD(self.task["rate"]), "batch_size": self.task["batch"], "rng": self.rng}
        for epoch in train(self.network, *self.sets[0], **how, epochs=epochs, validation=self.sets[1]):
            losses = [epoch.loss, epoch.validation_loss]
        return losses

    def parameters(self):
        """Return the parameters, as a list."""
        return self.network.parameters.tolist()

    def way(self):
        """Return which way the training took."""
        return "plain"

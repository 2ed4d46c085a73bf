"""PyTorch: plainly, as its tutorials have it, and tuned: a fused Adam, and batches gathered by `index_select`."""

import torch
from peers.tasks import adding_up, right
from torch import nn


def jobs(task, X, y):
    """Return {row: (what is timed, the score of its result)}."""
    if task.kind == "perceptron":
        return {}
    X, labels, (inputs, hidden, outputs) = torch.from_numpy(X), torch.from_numpy(y), task.sizes
    sigmoids = task.kind == "xor"

    def make():
        torch.manual_seed(1)
        layers = [nn.Linear(inputs, hidden), nn.Sigmoid() if sigmoids else nn.ReLU(), nn.Linear(hidden, outputs)]
        return nn.Sequential(*layers, *[nn.Sigmoid()] * sigmoids).to(X.dtype)

    def step(network, loss, optimizer, x, target):
        optimizer.zero_grad()
        value = loss(network(x), target)
        value.backward()
        optimizer.step()
        return value

    def xor():
        network = make()
        optimizer = torch.optim.SGD(network.parameters(), lr=task.learning_rate)
        for _ in range(task.epochs):
            step(network, nn.functional.mse_loss, optimizer, X, labels)
        return network

    def classes(tuned):
        network = make()
        optimizer = torch.optim.Adam(network.parameters(), lr=task.learning_rate, fused=tuned or None)
        for _ in range(task.epochs):
            loss = 0.0
            for rows in torch.randperm(len(X)).split(task.batch_size):
                x, target = (X.index_select(0, rows), labels.index_select(0, rows)) if tuned else (X[rows], labels[rows])
                value = step(network, nn.functional.cross_entropy, optimizer, x, target)
                loss += value.item() * len(rows)  # the epoch's mean loss, which nnlib reports as well
        return network

    @torch.inference_mode()
    def probabilities(network, rows):
        return torch.cat([network(x).softmax(dim=1) for x in X.split(rows)]).numpy()

    @torch.inference_mode()
    def score(network):
        answers = network(X)
        return right(answers if sigmoids else answers.argmax(dim=1), y)

    if task.kind == "xor":
        return {"PyTorch": (xor, score)}
    if task.kind == "predict":
        network = make()
        rows = {"PyTorch": len(X), "PyTorch tuned": 1024}  # a thousand rows at a time stay in the processor's cache
        return {name: (lambda n=n: probabilities(network, n), adding_up) for name, n in rows.items()}
    return {"PyTorch": (lambda: classes(False), score), "PyTorch tuned": (lambda: classes(True), score)}

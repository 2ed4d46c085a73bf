"""The network of a hundred tutorials in PyTorch."""

import sys

import numpy as np
import torch
from torch import nn

start = {name: torch.tensor(array) for name, array in np.load(sys.argv[1]).items()}
X, y, X_test = start["X"], start["y"], start["X_test"]
torch.set_default_dtype(X.dtype)


class Classic(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Sequential(nn.Flatten(), nn.Linear(784, 128), nn.ReLU())
        self.output = nn.Linear(128, 10)  # no softmax: the loss has it

    def forward(self, X, mask=1):  # for nn.Dropout(0.2), which would draw its own
        return self.output(self.hidden(X) * mask)


model, loss_of = Classic(), nn.CrossEntropyLoss()
W1, b1, W2, b2 = (start[name] for name in ("W1", "b1", "W2", "b2"))
with torch.no_grad():
    for ours, value in zip(model.parameters(), (W1.t(), b1, W2.t(), b2), strict=True):
        ours.copy_(value)  # PyTorch keeps weights as (outputs, inputs)
    outputs = model(X_test).softmax(dim=1).numpy()

options = {"eps": start["epsilon"].item()} if "epsilon" in start else {}
adam = torch.optim.Adam(model.parameters(), lr=0.001, **options)
losses, gradients = [], None
for order, masks in zip(start["orders"], start["masks"], strict=True):
    total = 0.0
    for rows, mask in zip(order.split(32), masks.split(32), strict=True):
        adam.zero_grad()
        loss = loss_of(model(X[rows], mask), y[rows])
        loss.backward()
        if gradients is None:
            gradients = [ours.grad.t().numpy().ravel() for ours in model.parameters()]
        adam.step()
        total += loss.item() * len(rows)
    losses.append(total / len(X))

answers = model(X_test).argmax(dim=1)
gradients = np.concatenate(gradients)
found = {"outputs": outputs, "gradients": gradients, "losses": losses, "answers": answers}
np.savez(sys.argv[2], **found)

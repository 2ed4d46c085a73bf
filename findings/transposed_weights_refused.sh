#!/bin/sh
# PyTorch 2.13.0: weights that are taken over as `torch.tensor(W.T)` train with Adam, but L-BFGS refuses them.
#
# Guess beforehand: `torch.tensor` copies, so that what it makes lies in memory like any other tensor.
# Seen: the copy keeps NumPy's transposed order, and so does `clone`. Adam, saving and loading do not mind; L-BFGS and
# `parameters_to_vector` end in "view size is not compatible with input tensor's size and stride". The layers of NumPy,
# Keras and JAX have (inputs, outputs), PyTorch's (outputs, inputs): whoever carries weights over transposes them. Copied into
# the memory that is there, `weight.data[:] = torch.tensor(W.T)`, they are refused by nothing.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check torch==2.13.0 numpy==2.4.6
"$folder/env/bin/python" - <<'PY'
import numpy as np
import torch

W, X = np.arange(6.0).reshape(2, 3), torch.ones(4, 2, dtype=torch.float64)


def step(model, kind):
    optimizer = kind(model.parameters())

    def loss():
        optimizer.zero_grad()
        value = model(X).square().mean()
        value.backward()
        return value

    optimizer.step(loss)


def refused(assign):
    found = []
    for name, act in {
        "Adam": lambda model: step(model, torch.optim.Adam),
        "L-BFGS": lambda model: step(model, torch.optim.LBFGS),
        "parameters_to_vector": lambda model: torch.nn.utils.parameters_to_vector(model.parameters()),
    }.items():
        model = torch.nn.Linear(2, 3, dtype=torch.float64)
        assign(model)
        try:
            act(model)
        except RuntimeError as error:
            assert "view size is not compatible" in str(error)
            found.append(name)
    return found


def put(model):
    model.weight.data = torch.tensor(W.T)


def put_a_clone(model):
    model.weight.data = torch.from_numpy(W.T).clone()


def copy_into(model):
    model.weight.data[:] = torch.tensor(W.T)


print(f"refused: {refused(put)}; of a clone: {refused(put_a_clone)}; copied into its place: {refused(copy_into)}")
assert refused(put) == refused(put_a_clone) == ["L-BFGS", "parameters_to_vector"]
assert refused(copy_into) == []
PY

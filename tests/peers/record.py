"""Record what PyTorch and scikit-learn compute, into recorded.json, with which tests/package/test_parity.py compares nnlib.

Both are large, and neither the package nor its tests need them: `make peers` gives them an environment of their own,
.cache/peers, with the versions in requirements.txt beside this file, computes all of this anew, into _build/peers.json,
and has nnlib compared with that. nnlib is not imported here, so that the numbers owe nothing to it. To renew the record:

    .cache/peers/bin/python tests/peers/record.py

All is float64. Everything that a case starts from is recorded with it, its parameters and its batch, so that the tests
draw nothing anew. Parameters and gradients are in nnlib's order: layer by layer, the weights (inputs, outputs) row by
row, then the bias. Functions, losses and optimizers have nnlib's names, and no setting is passed that a case does not
name: the defaults are compared as well.
"""

import hashlib
import json
import sys
from itertools import pairwise
from pathlib import Path

import numpy as np

RECORD = Path(__file__).with_name("recorded.json")
SAMPLES, STEPS = 5, 50

# Kinks, both tails, and what lies between; softplus apart, where PyTorch rounds it off.
POINTS = [-1000.0, -40.0, -8.0, -2.5, -1.0, -0.001, 0.0, 0.001, 0.3, 1.0, 2.5, 8.0, 19.0, 40.0, 1000.0]
ABOVE_20 = [20.01, 21.0, 24.0]

NETWORKS = [  # the place in this list is the seed of the parameters and the batch
    ([3, 4, 2], "tanh", "cross_entropy"),  # this one the optimizers train
    ([3, 4, 2], "relu", "mse"),
    ([3, 4, 2], "sigmoid", "binary_cross_entropy"),
    ([3, 4, 2], "leaky_relu", "cross_entropy"),
    ([3, 4, 2], "elu", "mse"),
    ([3, 4, 2], "gelu", "binary_cross_entropy"),
    ([3, 4, 2], "gelu_tanh", "cross_entropy"),
    ([3, 4, 2], "silu", "mse"),
    ([3, 4, 2], "softplus", "binary_cross_entropy"),
    ([3, 4, 4, 3], "tanh", "cross_entropy"),
    ([3, 4, 4, 1], "relu", "binary_cross_entropy"),
    ([3, 4, 4, 1], "gelu", "mse"),
]

BETAS = {"beta1": 0.8, "beta2": 0.95}
OPTIMIZERS = [
    ("SGD", {"learning_rate": 0.1}),
    ("SGD", {"learning_rate": 0.05, "weight_decay": 0.1}),
    ("SGD", {"learning_rate": 0.1, "momentum": 0.9}),
    ("SGD", {"learning_rate": 0.05, "momentum": 0.5, "weight_decay": 0.1}),
    ("SGD", {"learning_rate": 0.1, "momentum": 0.9, "nesterov": True}),
    ("SGD", {"learning_rate": 0.05, "momentum": 0.5, "nesterov": True, "weight_decay": 0.1}),
    ("RMSProp", {}),
    ("RMSProp", {"learning_rate": 0.003, "alpha": 0.9, "epsilon": 1e-4, "weight_decay": 0.1}),
    ("Adam", {}),
    ("Adam", {"learning_rate": 0.01, **BETAS, "epsilon": 1e-4, "weight_decay": 0.1}),
    ("AdamW", {}),
    ("AdamW", {"learning_rate": 0.01, **BETAS, "epsilon": 1e-4, "weight_decay": 0.1}),
]


def activation_of(name):
    """Return PyTorch's layer of nnlib's name."""
    from torch import nn

    names = {"identity": "Identity", "tanh": "Tanh", "relu": "ReLU", "sigmoid": "Sigmoid", "leaky_relu": "LeakyReLU"}
    names |= {"elu": "ELU", "gelu": "GELU", "silu": "SiLU", "softplus": "Softplus"}
    if name == "gelu_tanh":
        return nn.GELU(approximate="tanh")
    return nn.Softmax(dim=-1) if name == "softmax" else getattr(nn, names[name])()


def loss_of(name):
    """Return the output activation that belongs to a loss, and PyTorch's loss as a function of z, before it."""
    from torch import nn

    return {
        "mse": ("identity", nn.MSELoss()),
        "binary_cross_entropy": ("sigmoid", nn.BCEWithLogitsLoss()),
        "cross_entropy": ("softmax", nn.CrossEntropyLoss()),
    }[name]


def points(name, z):
    """Return an activation and its slope at the points z."""
    import torch

    z = torch.tensor(z, requires_grad=True)
    a = activation_of(name)(z)
    a.sum().backward()
    return {"activation": name, "z": z.tolist(), "a": a.tolist(), "slope": z.grad.tolist()}


def start(seed, sizes, loss):
    """Return the parameters, uniform in ±1, the batch X, uniform in ±2, and the targets y of a case."""
    rng = np.random.default_rng(seed)
    parameters = rng.uniform(-1, 1, sum((i + 1) * o for i, o in pairwise(sizes)))
    X, shape = rng.uniform(-2, 2, (SAMPLES, sizes[0])), (SAMPLES, sizes[-1])
    targets = {
        "mse": lambda: rng.uniform(-1, 1, shape),
        "binary_cross_entropy": lambda: rng.integers(0, 2, shape),
        "cross_entropy": lambda: rng.integers(0, sizes[-1], SAMPLES),
    }
    return parameters, X, targets[loss]()


def model_of(sizes, activation, parameters):
    """Return PyTorch's network up to z, before the output activation, with these parameters."""
    import torch

    layers, used = [], 0
    for inputs, outputs in pairwise(sizes):
        linear = torch.nn.Linear(inputs, outputs)
        weights, bias = np.split(parameters[used : used + (inputs + 1) * outputs], [inputs * outputs])
        linear.weight.data = torch.tensor(weights.reshape(inputs, outputs).T.copy())
        linear.bias.data = torch.tensor(bias)
        layers += [linear, activation_of(activation)]
        used += (inputs + 1) * outputs
    return torch.nn.Sequential(*layers[:-1])


def flat(model, field):
    """Return the model's parameters ("data") or their gradients ("grad") as one list in nnlib's order."""
    tensors = [getattr(parameter, field).numpy() for parameter in model.parameters()]  # PyTorch's weights are (outputs, inputs)
    return np.concatenate([tensor.T.ravel() for tensor in tensors]).tolist()


def network(seed, sizes, activation, loss):
    """Return a case: what it starts from, and PyTorch's ŷ, loss, and gradients in the parameters and in X."""
    import torch

    (output, value_of), (parameters, X, y) = loss_of(loss), start(seed, sizes, loss)
    model, batch = model_of(sizes, activation, parameters), torch.tensor(X, requires_grad=True)
    z = model(batch)
    value = value_of(z, torch.tensor(y, dtype=torch.long if loss == "cross_entropy" else torch.float64))
    value.backward()
    case = {"sizes": sizes, "activation": activation, "output": output, "loss": loss, "seed": seed}
    case |= {"parameters": parameters.tolist(), "X": X.tolist(), "y": y.tolist()}
    found = {"y_hat": activation_of(output)(z).tolist(), "value": value.item()}
    return case | found | {"gradients": flat(model, "grad"), "X_gradient": batch.grad.tolist()}


def normalization(name):
    """Return a case of BatchNorm or LayerNorm: a batch in training and its way back, and another in predicting."""
    import torch

    rng = np.random.default_rng(200)
    gain, bias = rng.uniform(-1, 1, (2, 4))
    X, other, delta = rng.uniform(-2, 2, (3, SAMPLES, 4))
    layer = torch.nn.BatchNorm1d(4) if name == "BatchNorm" else torch.nn.LayerNorm(4)
    layer.weight.data, layer.bias.data = torch.tensor(gain), torch.tensor(bias)
    batch = torch.tensor(X, requires_grad=True)
    z = layer(batch)
    z.backward(torch.tensor(delta))
    case = {"layer": name, "gain": gain, "bias": bias, "X": X, "other": other, "delta": delta, "z": z.detach().numpy()}
    case |= {
        "X_gradient": batch.grad.numpy(),
        "gain_gradient": layer.weight.grad.numpy(),
        "bias_gradient": layer.bias.grad.numpy(),
    }
    if name == "BatchNorm":
        case |= {"mean": layer.running_mean.numpy(), "variance": layer.running_var.numpy()}
    case["predicted"] = layer.eval()(torch.tensor(other)).detach().numpy()
    return {key: value if isinstance(value, str) else value.tolist() for key, value in case.items()}


def optimizer(name, settings):
    """Return the parameters of the first network after full-batch steps of an optimizer."""
    import torch

    sizes, activation, loss = NETWORKS[0]
    parameters, X, y = start(0, sizes, loss)
    model, (_, value_of) = model_of(sizes, activation, parameters), loss_of(loss)
    theirs = {{"learning_rate": "lr", "epsilon": "eps"}.get(key, key): value for key, value in settings.items()}
    if "beta1" in theirs:
        theirs["betas"] = (theirs.pop("beta1"), theirs.pop("beta2"))
    steps = getattr(torch.optim, "RMSprop" if name == "RMSProp" else name)(model.parameters(), **theirs)
    for _ in range(STEPS):
        steps.zero_grad()
        value_of(model(torch.tensor(X)), torch.tensor(y)).backward()
        steps.step()
    return {"optimizer": name, "settings": settings, "steps": STEPS, "parameters": flat(model, "data")}


def digest(X, y):
    """Return the SHA-256 checksum of samples and labels."""
    return hashlib.sha256(X.astype("<f8").tobytes() + y.astype("<i8").tobytes()).hexdigest()


def scikit_learn():
    """Return what scikit-learn computes of losses, of scaling, and the checksums of its data sets."""
    from sklearn import datasets, metrics, preprocessing

    rng = np.random.default_rng(100)
    bits, p = rng.integers(0, 2, 8), rng.uniform(0.01, 0.99, 8)
    labels, rows = np.array([0, 1, 2, 2, 1, 0, 1, 2]), rng.uniform(0.01, 1, (8, 3))
    rows /= rows.sum(axis=1, keepdims=True)
    values, guesses = rng.uniform(-3, 3, (2, 8))
    X_train, X_test = rng.uniform(-5, 5, (8, 4)) * [1, 1e-3, 1e3, 0] + [0, 7, -40, 0.1], rng.uniform(-5, 5, (3, 4))
    scaler = preprocessing.StandardScaler().fit(X_train)
    losses = [
        ("binary_cross_entropy", p, bits, metrics.log_loss(bits, p)),
        ("cross_entropy", rows, labels, metrics.log_loss(labels, rows)),
        ("mse", guesses, values, metrics.mean_squared_error(values, guesses)),
    ]
    scaled = [scaler.transform(X).tolist() for X in (X_train, X_test)]
    return {
        "losses": [
            {"loss": name, "y_hat": y_hat.tolist(), "y": y.tolist(), "value": float(value)} for name, y_hat, y, value in losses
        ],
        "standardize": {"X_train": X_train.tolist(), "X_test": X_test.tolist(), "scaled": scaled},
        "sha256": {
            "iris": digest(*datasets.load_iris(return_X_y=True)),
            "digits": digest(*datasets.load_digits(return_X_y=True)),
        },
    }


def compute():
    """Return all that the peers compute, with their versions."""
    import sklearn
    import torch

    torch.set_num_threads(1)
    torch.set_default_dtype(torch.float64)
    activations = sorted({activation for _, activation, _ in NETWORKS})
    return {
        "versions": {"torch": torch.__version__, "scikit-learn": sklearn.__version__, "numpy": np.__version__},
        "points": [points(name, POINTS) for name in activations],
        "softplus_above_20": points("softplus", ABOVE_20),
        "networks": [network(seed, *case) for seed, case in enumerate(NETWORKS)],
        "normalization": [normalization(name) for name in ("BatchNorm", "LayerNorm")],
        "optimizers": [optimizer(*case) for case in OPTIMIZERS],
        "scikit-learn": scikit_learn(),
    }


def main(path=RECORD):
    """Write what the peers compute to the file `path`, a line for each case, and say with which versions."""
    lines, computed = [], compute()
    for name, value in computed.items():
        rows = isinstance(value, list)
        told = "[\n" + ",\n".join(map(json.dumps, value)) + "\n]" if rows else json.dumps(value)
        lines.append(f'"{name}": {told}')
    told = ", ".join(f"{name} {version}" for name, version in computed["versions"].items())
    Path(path).write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
    print(f"{path}: {len(NETWORKS)} networks and {len(OPTIMIZERS)} optimizers, computed by {told}")


if __name__ == "__main__":
    main(*sys.argv[1:])

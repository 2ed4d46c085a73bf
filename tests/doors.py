"""Every public callable of nnlib, each with a call that is right, for tests that put something wrong into one argument of it.

The callables are found, not listed: a new function is tried as soon as it is there, by the names of its arguments, and where
these are new as well, `right` says what is missing. What is left out stands in `TRUSTS`, with the reason.
"""

import importlib
import inspect
import pkgutil

import numpy as np

import nnlib
from nnlib import SGD, Activation, Adam, BatchNorm, Dense, Dropout, LayerNorm, Neuron, Perceptron, Residual, mlp
from nnlib.autodiff import Value
from nnlib.biology import SpikingNeuron
from nnlib.gradients import check_gradients
from nnlib.training import Epoch, History

#: What is not tried, and why.
TRUSTS = {
    "recording": "takes over where training has checked",
    "wording": "has words for errors, and is called by those who raise them",
    "palette": "has colors alone",
    "explorables": "takes settings, which the browser's tests make odd",
    "live": "takes settings, which the browser's tests make odd",
    "activations.Pair": "is a record that nnlib makes, of functions that trust",
    "doors": "has checks, which are made at doors that are tried",
    "arrays.quiet": "decorates functions of nnlib",
    "arrays.as_array": "takes what a recorded step has as well",
    "arrays.is_finite": "takes an array that has been checked",
    "arrays.same_length": "compares what has been checked",
    "arrays.choose": "takes a table of nnlib's own",
    "autodiff.Value.ways": "is the tape's own",
    "autodiff.gathered": "is the tape's own",
    "datasets.fitted": "is the drawing's own",
    "datasets.stored": "reads nnlib's own files",
    "initializers.initializer_for": "answers any name",
    "layers.as_batch": "is the layers' own check",
    "layers.kept": "makes properties of nnlib",
    "layers.product": "multiplies what has been checked",
    "losses.as_bits": "is the losses' own check",
    "losses.as_classes": "is the losses' own check",
    "losses.as_values": "is the losses' own check",
    "losses.cross_entropy_delta": "is the formula that training uses once it has checked",
    "propagate": "is forward for what has been checked",
    "training.History.__getitem__": "is a list's own",
    "use": "is how a network lends arrays to its layers",
    "statistics": "is a part of forward, on what has been checked",
    "perceptron.find_mistakes": "is the search within fit",
    "training.Training": "is made by train",
    "training.as_samples": "is training's own check",
    "training.backpropagate": "is a part of the step, on what has been checked",
    "training.loss_for": "is training's own check",
    "clinic.Case": "is made by examine",
    "exercises.Result": "is made by check",
    "clinic.Checklist": "is made by examine",
    "clinic.Program": "is made by examine",
    "clinic.examine_case": "is the part of examine that trusts",
    "clinic.Finding": "is made by examine",
}
OPERATORS = ("__call__", "__add__", "__mul__", "__pow__", "__matmul__", "__sub__", "__truediv__", "__getitem__")


def moved(network):
    """Return a network, or a layer, that has just gone forward, and can go back."""
    network.forward(np.array([[0.5, -1.0], [1.5, 0.25], [-0.5, 0.75]]), True)
    return network


def trained():
    """Return an optimizer that has made a step."""
    optimizer = Adam()
    optimizer.step(np.array([1.0, 2.0]), np.array([0.5, -0.5]))
    return optimizer


def fitted_perceptron():
    """Return a perceptron that has learned something."""
    return Perceptron(1.0, 10).fit([[0.0, 1.0], [1.0, 0.5], [2.0, 0.0]], [-1, -1, 1])


def history():
    """Return a short History."""
    return History([Epoch(1, 0.5, 0.5, None, None, 0.1), Epoch(2, 0.25, 0.75, None, None, 0.1)])


def saved():
    """Return the path of a network that has been saved, here."""
    mlp([2, 4, 3], rng=0).save("saved.npz")
    return "saved.npz"


#: How an instance of a class is made, whose methods are tried.
MADE = {
    "Dense": lambda: Dense(2, 3, rng=0),
    "Activation": lambda: Activation("tanh"),
    "Dropout": lambda: Dropout(0.5, rng=0),
    "LayerNorm": lambda: LayerNorm(2),
    "BatchNorm": lambda: BatchNorm(2),
    "Residual": lambda: Residual([Dense(2, 2, rng=0)]),
    "Network": lambda: mlp([2, 4, 3], rng=0),
    "Neuron": lambda: Neuron([1.0, -2.0], 0.5),
    "Perceptron": fitted_perceptron,
    "SpikingNeuron": SpikingNeuron,
    "Value": lambda: Value([[1.0, 2.0], [3.0, 4.0]]),
    "History": history,
    "SGD": lambda: SGD(0.1, momentum=0.9),
    "RMSProp": lambda: nnlib.RMSProp(),
    "Adam": trained,
    "AdamW": lambda: nnlib.AdamW(),
    "GradientReport": lambda: check_gradients(mlp([2, 3, 2], dtype="float64", rng=0), np.eye(2), [0, 1], "cross_entropy"),
    "Data": nnlib.datasets.xor,
}
#: A right value for an argument, by its name; a function that makes a new one where it can be changed.
ARGUMENTS = {
    "X": lambda: np.array([[0.5, -1.0], [1.5, 0.25], [-0.5, 0.75], [0.1, 2.0]]),
    "X_train": lambda: np.array([[0.5, -1.0], [1.5, 0.25], [-0.5, 0.75]]),
    "others": lambda: np.array([[0.5, -1.0]]),
    "x": lambda: np.array([0.5, -1.0]),
    "z": lambda: np.array([[0.5, -1.0], [1.5, 0.25]]),
    "a": None,
    "y": lambda: np.array([0, 1, 2, 1]),
    "y_hat": lambda: np.array([[0.5, 0.25, 0.25], [0.2, 0.7, 0.1], [0.3, 0.3, 0.4], [0.6, 0.2, 0.2]]),
    "predicted": lambda: np.array([0, 2, 2, 1]),
    "labels": lambda: [0, 2, 1],
    "values": lambda: np.array([1.0, 2.0]),
    "value": 3,
    "name": "tanh",
    "names": ("X", "y"),
    "seed": 0,
    "rng": lambda: np.random.default_rng(0),
    "dtype": "float64",
    "inputs": 2,
    "outputs": 3,
    "features": 3,
    "rate": 0.25,
    "bias": 0.5,
    "weights": lambda: np.array([1.0, -2.0]),
    "training": True,
    "layers": lambda: [Dense(2, 2, rng=0), Activation("relu")],
    "delta": lambda: np.array([[0.5, -1.0, 0.25], [1.5, 0.25, 0.5], [-0.5, 0.75, 1.0]]),
    "network": lambda: mlp([2, 4, 3], dtype="float64", rng=0),
    "loss": "cross_entropy",
    "optimizer": lambda: SGD(0.1),
    "epochs": 2,
    "batch_size": 2,
    "sizes": lambda: [2, 4, 3],
    "learning_rate": 0.1,
    "momentum": 0.9,
    "beta": 0.9,
    "weight_decay": 0.01,
    "parameters": lambda: np.array([1.0, 2.0]),
    "gradients": lambda: np.array([0.5, -0.5]),
    "step": 3,
    "steps": 10,
    "every": 2,
    "samples": 12,
    "classes": 3,
    "start": 0,
    "current": 2.0,
    "spikes": lambda: np.array([1.0, 2.0]),
    "times": lambda: np.array([0.0, 1.0, 2.0, 3.0]),
    "points": lambda: [[50.0, 100.0, 50.0, 0.0]],
    "data": lambda: [[1.0, 2.0], [3.0, 4.0]],
    "other": lambda: Value([[1.0, 0.5], [0.25, 2.0]]),
    "power": 2,
    "index": 0,
    "activation": "relu",
    "path": "network.npz",
    "arrays": lambda: [np.ones((2, 4)), np.ones(4), np.ones((4, 3)), np.ones(3)],
    "state": lambda: {"steps": 0},
    "history": history,
    "model": fitted_perceptron,
    "f": lambda: lambda x: float((x**2).sum()),
    "grid": lambda: {"width": [1, 2], "height": [3, 5]},
    "run": lambda: lambda **settings: len(settings),
}


def bits(**more):
    """Return right arguments of a loss of zeros and ones."""
    return {"y_hat": np.array([[0.75], [0.25]]), "y": np.array([[1], [0]]), **more}


LABELS = {"y": lambda: np.array([0, 1, 2, 1])}
SIGNS = {"y": lambda: np.array([-1, 1, 1, 1])}
#: Where an argument must be another one, by the end of the callable's name.
OVERRIDES = {
    "mse": {"y": lambda: np.zeros((4, 3))},
    "mse_gradient": {"y": lambda: np.zeros((4, 3))},
    "binary_cross_entropy": bits(),
    "binary_cross_entropy_gradient": bits(),
    "binary_cross_entropy_with_logits": {"z": np.array([[2.0], [-1.0]]), "y": np.array([[1], [0]])},
    "binary_cross_entropy_with_logits_gradient": {"z": np.array([[2.0], [-1.0]]), "y": np.array([[1], [0]])},
    "cross_entropy_with_logits": {"y": lambda: np.array([0, 1])},
    "cross_entropy_with_logits_gradient": {"y": lambda: np.array([0, 1])},
    "Dense": {"weights": "he"},
    "Network": {"layers": lambda: [Dense(2, 3, rng=0), Activation("relu")]},
    "Activation.backward": {"delta": lambda: np.ones((3, 2))},
    "Dropout.backward": {"delta": lambda: np.ones((3, 2))},
    "LayerNorm.backward": {"delta": lambda: np.ones((3, 2))},
    "BatchNorm.backward": {"delta": lambda: np.ones((3, 2))},
    "Residual.backward": {"delta": lambda: np.ones((3, 2))},
    "Dense.weights": {"value": lambda: np.ones((2, 3))},
    "Dense.bias": {"value": lambda: np.ones(3)},
    "Dense.parameters": {"value": lambda: np.ones(9)},
    "Dropout.parameters": {"value": lambda: np.ones(0)},
    "Activation.parameters": {"value": lambda: np.ones(0)},
    "Residual.parameters": {"value": lambda: np.ones(6)},
    "LayerNorm.parameters": {"value": lambda: np.ones(4)},
    "BatchNorm.parameters": {"value": lambda: np.ones(4)},
    "Network.parameters": {"value": lambda: np.ones(27)},
    "LayerNorm.gain": {"value": lambda: np.ones(2)},
    "BatchNorm.gain": {"value": lambda: np.ones(2)},
    "LayerNorm.bias": {"value": lambda: np.ones(2)},
    "BatchNorm.bias": {"value": lambda: np.ones(2)},
    "BatchNorm.mean": {"value": lambda: np.ones(2)},
    "BatchNorm.variance": {"value": lambda: np.ones(2)},
    "perceptron.next_mistake": SIGNS,
    "perceptron.margin": SIGNS,
    "perceptron.novikoff_bound": {"X": [[0.0, 0.0], [1.0, 1.0]], "y": [-1, 1], "weights": [1.0, 1.0], "bias": -1.0},
    "perceptron.signed_rows": SIGNS,
    "perceptron.update": {"y": 1},
    "Perceptron.fit": SIGNS,
    "optimizers.step_decay": {"factor": 0.5},
    "optimizers.Optimizer": {"shares": 0.5},
    "Optimizer.learning_rate": {"value": 0.1},
    "gate": {"name": "xor"},
    "exercises.check": {"name": "neuron-boundary", "answer": lambda: lambda x1, weights, bias: x1},
    "exercises.hint": {"name": "neuron-boundary"},
    "exercises.solution": {"name": "neuron-boundary"},
    "split": {"X": lambda: np.arange(24.0).reshape(12, 2), "y": lambda: np.arange(12) % 2},
    "clinic.examine": {
        "fresh": lambda: lambda: {"w": np.zeros(2)},
        "predict": lambda: lambda net, X: np.asarray(X) @ net["w"],
        "train": None,
        "rounds": 5,
    },
    "plotting.weights": {"weights": lambda: np.ones((4, 3)), "shape": (2, 2)},
    "plotting.digits": {"X": lambda: np.ones((4, 64))},
    "plotting.plane": {"y": lambda: np.array([0, 1, 1, 0])},
    "from_torch": {"arrays": lambda: [np.ones((4, 2)), np.ones(4), np.ones((3, 4)), np.ones(3)]},
    "arrays.as_labels": {"y": lambda: np.array([0, 1, 2, 1])},
    "arrays.as_numbers": {"name": "x"},
    "arrays.as_count": {"value": 3, "name": "epochs"},
    "arrays.as_number": {"value": 3, "name": "rate"},
    "arrays.as_precision": {"dtype": "float32"},
    "training.train": LABELS,
    "training.fit": {**LABELS, **{name: ARGUMENTS[name] for name in ("loss", "optimizer", "rng")}, "progress": False},
    "History.__add__": {"other": history},
    "Network.load": {"path": saved},
    "SpikingNeuron.simulate": {"duration": 5.0},
    "Value.sum": {"axis": 0},
    "Value.mean": {"axis": 0},
}


def modules():
    """Return the modules of nnlib whose names are public and that are not left out, packages as their `__init__` shows them."""
    names = [module.name for module in pkgutil.iter_modules(nnlib.__path__) if module.name not in TRUSTS]
    return {name: importlib.import_module(f"nnlib.{name}") for name in names}


def doors():
    """Return {name: (the callable, a function that makes the object it is called on)} of all that is public."""
    found = {}
    for name, module in modules().items():
        for called, thing in vars(module).items():
            here = getattr(thing, "__module__", None) == module.__name__ or called in getattr(module, "__all__", ())
            if called.startswith("_") or not here:
                continue
            if inspect.isclass(thing):
                found |= _of_class(f"{name}.{called}", thing)
            elif callable(thing) and _asked(thing):
                found[f"{name}.{called}"] = (thing, None)
    return {name: door for name, door in found.items() if not _is_trusted(name)}


def _of_class(name, kind):
    """Return the constructor of a class, its methods, and its settings that can be assigned."""
    found, make = {}, MADE.get(kind.__name__)
    if not issubclass(kind, tuple | list | Exception):
        found[name] = (kind, None)
    for called in [
        *vars(kind),
        *(more for base in kind.__mro__[1:-1] for more in vars(base) if base.__module__.startswith("nnlib")),
    ]:
        thing = inspect.getattr_static(kind, called)
        if called.startswith("_") and called not in OPERATORS:
            continue
        if isinstance(thing, property) and thing.fset:
            found[f"{name}.{called}"] = (_assigning(called), make)
        elif inspect.isfunction(thing) and _asked(thing, method=True):
            found[f"{name}.{called}"] = (thing, make)
        elif isinstance(thing, staticmethod):
            found[f"{name}.{called}"] = (getattr(kind, called), None)
    return found if make or (name in found and len(found) == 1) else {name: found[name]} if name in found else {}


def _assigning(name):
    def assign(self, value):
        setattr(self, name, value)

    return assign


def _asked(function, method=False):
    """Return the parameters of a function that can be made odd."""
    parameters = [one for one in inspect.signature(function).parameters.values() if one.kind != one.VAR_KEYWORD]
    return parameters[1:] if method else parameters


def _is_trusted(name):
    parts = name.split(".")
    return parts[-1] in TRUSTS or any(".".join(parts[:end]) in TRUSTS for end in range(1, len(parts) + 1))


def right(name, door):
    """Return a right call of a door: the object that it is called on, or None, and its arguments by name, all new."""
    function, make = door
    own = next((given for end, given in OVERRIDES.items() if f".{name}".endswith(f".{end}")), {})
    parameters = _asked(function, method=make is not None)
    parameters = parameters[:1] if name.startswith("arrays.as_") else parameters  # a check's others are nnlib's own
    arguments = {}
    for parameter in parameters:
        if f"{name}.{parameter.name}" in TRUSTS:
            continue
        if parameter.name in own:
            value = own[parameter.name]
        elif parameter.default is not inspect.Parameter.empty:
            value = parameter.default
        elif parameter.name in ARGUMENTS:
            value = ARGUMENTS[parameter.name]
        else:
            raise LookupError(f"{name}: add a right value of {parameter.name!r} to ARGUMENTS, or to OVERRIDES.")
        arguments[parameter.name] = _new(value)
    arguments |= {more: _new(value) for more, value in own.items() if more not in arguments}
    target = make() if make else None
    return moved(target) if name.endswith(".backward") else target, arguments


def _new(value):
    makes = inspect.isfunction(value) and (value.__name__ == "<lambda>" or value in (history, fitted_perceptron, saved))
    return value() if makes else value

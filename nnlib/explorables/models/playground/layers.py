"""What the settings say of single layers: which ones there are, the activation of each, and which ones are frozen."""

from nnlib.explorables.models.playground.task import SEVERAL, task_of

MOST, OUTPUT = 6, "output"
NAMES = (*(str(i + 1) for i in range(MOST)), OUTPUT)  # of the layers with weights
AS_ALL = "as all"  # the activation of a layer that has none of its own


def names_of(settings) -> list:
    """Return the names of the layers with weights, the output's last."""
    return [*NAMES[: len(settings["layers"])], OUTPUT]


def sizes_of(settings, task) -> list:
    """Return the inputs, the neurons of the hidden layers, and the outputs."""
    return [len(task.inputs), *settings["layers"], len(task.classes) if task.kind == SEVERAL else 1]


def activations_of(settings) -> list:
    """Return the activation of each hidden layer, its own or that of all.

    Examples
    --------
    >>> activations_of({"layers": [4, 2, 2], "activation": "tanh", "activations": ["as all", "relu"]})
    ['tanh', 'relu', 'tanh']
    """
    own = [*settings["activations"], *[AS_ALL] * len(settings["layers"])]
    return [settings["activation"] if one == AS_ALL else one for one, _ in zip(own, settings["layers"], strict=False)]


def frozen_of(settings) -> list:
    """Return which of the layers with weights are frozen, counted from 0.

    Examples
    --------
    >>> frozen_of({"layers": [4, 2], "frozen": ["1", "output"]})
    [0, 2]
    """
    return [i for i, name in enumerate(names_of(settings)) if name in settings["frozen"]]


def all_frozen(settings) -> bool:
    """Return whether there is no layer that learns."""
    return len(frozen_of(settings)) == len(names_of(settings))


def frozen_said(settings) -> str:
    """Return which layers are frozen, in words, such as "layer 1 and the output are frozen"; "" where none is.

    Examples
    --------
    >>> frozen_said({"layers": [4, 2], "frozen": ["1", "output"]})
    'layer 1 and the output are frozen'
    >>> frozen_said({"layers": [4, 4, 4], "frozen": ["1", "2", "3"]})
    'layers 1, 2 and 3 are frozen'
    """
    if all_frozen(settings):
        return "every layer is frozen, so nothing is learned"
    *others, last = [name for name in names_of(settings) if name in settings["frozen"] and name != OUTPUT] or [""]
    told = [f"layers {', '.join(others)} and {last}" if others else f"layer {last}"] * bool(last)
    told += ["the output"] * (OUTPUT in settings["frozen"])
    return f"{' and '.join(told)} {'are' if others or len(told) > 1 else 'is'} frozen" if told else ""


def own_said(settings) -> str:
    """Return which layers have an activation that is not that of all, in words; "" where none has.

    Examples
    --------
    >>> own_said({"layers": [4, 2], "activation": "tanh", "activations": ["as all", "relu"]})
    'layer 2 has relu'
    """
    own = enumerate(activations_of(settings), 1)
    return ", ".join(f"layer {i} has {one}" for i, one in own if one != settings["activation"])


def within(settings) -> dict:
    """Return settings of which none is about a layer, or a neuron, that the network has not."""
    count, names = len(settings["layers"]), names_of(settings)
    own = settings["activations"][:count]
    while own and own[-1] == AS_ALL:
        own = own[:-1]
    settings = settings | {"activations": own, "frozen": [name for name in settings["frozen"] if name in names]}
    if "layer" in settings:
        settings["layer"] = min(settings["layer"], count + 1.0)
        if settings["neuron"] > 1:
            size = sizes_of(settings, task_of(settings))[round(settings["layer"])]
            settings["neuron"] = min(settings["neuron"], float(size))
    return settings

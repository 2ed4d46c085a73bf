"""The playground as a program for PyTorch, with the numbers that nnlib has."""

from nnlib.explorables.models.playground.layers import activations_of, frozen_of, sizes_of
from nnlib.explorables.models.playground.peers import WEIGHTS, bias_of, indented, loop
from nnlib.explorables.models.playground.programs import PRINTS, counted, data, product
from nnlib.explorables.models.playground.run import output_of
from nnlib.explorables.models.playground.task import task_of
from nnlib.explorables.writing import literal

PYTORCH = """\
# The playground's network in PyTorch, after {epochs}, with the numbers that nnlib has.
import numpy as np
import torch

torch.set_default_dtype(torch.float64)

{data}X, y, X_test, y_test = map(torch.tensor, (X, y, X_test, y_test))

# The network, and its first weights, which NumPy draws as for nnlib
rng = np.random.default_rng({start})
{dropout}model = torch.nn.Sequential(
{layers}
)
dense = [layer for layer in model if isinstance(layer, torch.nn.Linear)]
for layer in dense:
    outputs, inputs = layer.weight.shape  # the other way around than in nnlib
    {weights}
    layer.weight.data[:] = torch.tensor(weights.T)
    layer.bias.data.fill_({bias})
{frozen}loss = torch.nn.{loss}()
optimizer = torch.optim.{optimizer}


def losses():
    model.eval()
    with torch.no_grad():
        training, test = loss(model(X), y), loss(model(X_test), y_test)
    model.train()
    return training.item(), test.item()


{prints}{training}"""
TORCH_BEST = (
    "torch.nn.utils.parameters_to_vector(model.parameters())",
    "torch.nn.utils.vector_to_parameters(best_weights, model.parameters())",
)
TORCH_FROZEN = """\
for layer in {layers}:
    layer.requires_grad_(False)  # it is frozen: no gradient, no step
"""
TORCH_LOSSES = {
    "mse": "MSELoss",
    "binary_cross_entropy": "BCEWithLogitsLoss",
    "cross_entropy": "CrossEntropyLoss",
}
TORCH_LAYERS = {
    "tanh": "Tanh()",
    "relu": "ReLU()",
    "sigmoid": "Sigmoid()",
    "identity": "Identity()",
    "leaky_relu": "LeakyReLU(0.01)",
    "elu": "ELU()",
    "gelu": "GELU()",
    "gelu_tanh": 'GELU(approximate="tanh")',
    "silu": "SiLU()",
    "softmax": "Softmax(dim=1)",
}
TORCH_DROPOUT = """

class Dropout(torch.nn.Module):  # torch.nn.Dropout has a generator of its own, and would silence others
    def forward(self, a):
        return a * torch.tensor(rng.random(a.shape) >= {rate}) / (1 - {rate}) if self.training else a


"""
TORCH_OPTIMIZERS = {
    "SGD": "SGD(model.parameters(), {rate})",
    "momentum": "SGD(model.parameters(), {rate}, momentum=0.9)",
    "RMSProp": "RMSprop(model.parameters(), {rate})",
    "Adam": "Adam(model.parameters(), {rate})",
}
TORCH_PULLS = {  # the penalty's part of a step, before the optimizer's and after it
    "none": ("", ""),
    "L1": ("", "layer.weight -= layer.weight.clip(-{most}, {most})"),
    "L2": ("layer.weight -= {most} * layer.weight", ""),
}
TORCH_PULL = """\
with torch.no_grad():
    for layer in {dense}:  # the penalty: on the weights, not on the biases
        {pull}
"""


def pytorch_program(settings, epochs) -> str | None:
    """Return the program in PyTorch, which prints what the figure shows after so many epochs; None where there are no data."""
    task = task_of(settings)
    if task.trouble:
        return None
    output, loss = output_of(task.kind, settings["loss"])
    of_z = loss != "mse"
    rate = literal(settings["dropout"]) if settings["dropout"] and settings["layers"] else None
    sizes, frozen, lines = sizes_of(settings, task), frozen_of(settings), []
    for i, then in enumerate([*activations_of(settings), output], 1):
        hidden = i < len(sizes) - 1
        line = f"    torch.nn.Linear({sizes[i - 1]}, {sizes[i]}),"
        line += "" if not hidden and (of_z or then == "identity") else f" torch.nn.{TORCH_LAYERS[then]},"
        lines.append(line + (" Dropout()," if rate and hidden else ""))
    if of_z:
        lines[-1] += "  # the loss makes probabilities of what comes out"
    return PYTORCH.format(
        epochs=counted(epochs),
        data=data(settings, task, output, loss),
        start=round(settings["start"]),
        dropout=TORCH_DROPOUT.format(rate=rate) if rate else "",
        layers="\n".join(lines),
        weights=WEIGHTS[settings["weights"]],
        bias=bias_of(settings),
        frozen=TORCH_FROZEN.format(layers=_some(frozen)) if frozen else "",
        loss=TORCH_LOSSES[loss],
        optimizer=TORCH_OPTIMIZERS[settings["optimizer"]].format(rate=literal(settings["learning_rate"])),
        prints=PRINTS,
        training=loop(settings, epochs, _torch_epoch(settings, task), TORCH_BEST),
    )


def _some(layers):
    """Return in Python these of the layers with weights, counted from 0."""
    return f"[{', '.join(f'dense[{i}]' for i in layers)}]"


def _torch_epoch(settings, task):
    frozen = frozen_of(settings)
    learning = _some([i for i in range(len(settings["layers"]) + 1) if i not in frozen]) if frozen else "dense"
    before, after = (
        TORCH_PULL.format(dense=learning, pull=pull.format(most=product(settings))) if pull else ""
        for pull in TORCH_PULLS[settings["penalty"]]
    )
    step = "optimizer.zero_grad()\nloss(model({X}), {y}).backward()\n" + before + "optimizer.step()\n" + after
    size = round(settings["batch_size"])
    if size >= len(task.X):
        return indented(step.format(X="X", y="y"))
    batch = f"order = order_rng.permutation(len(X))\nfor start in range(0, len(X), {size}):\n"
    batch += f"    rows = order[start : start + {size}]\n" + indented(step.format(X="X[rows]", y="y[rows]"))
    return indented(batch)
